//! What outcomes claim: the codes, messages and statuses by which answers are told, in the lists of
//! an outcome or by an example. What counts is how one and the same answer was read and is read now,
//! wherever that stands.

use crate::{
    change::{
        Affected::{Readers, Testers},
        Change, Class, Kind, Said,
    },
    claim::{Claim, Claimed},
    comparison::{Comparison, Revision},
    difference::{Difference, Relation},
    effect::{Effect, READ_OTHERWISE, SAME, major, minor, patch},
    located::LocatedNode,
};

pub(crate) const CODES: &str = "{outcomes}/*/codes/*";
pub(crate) const MESSAGES: &str = "{outcomes}/*/messages/*";
pub(crate) const STATUSES: &str = "{outcomes}/*/statuses/*";

/// A code, message or status that an outcome gains or loses, or that is written another way.
pub(crate) fn claim(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    vec![match claims_at(comparison, difference, "") {
        [Some(was), None] => gone(comparison, was),
        [None, Some(is)] => added(comparison, is),
        // The same code with another source, or the same message with other punctuation.
        [Some(_), Some(_)] => difference.change(SAME),
        // It claims nothing in a form that is known.
        [None, None] => difference.unknown(),
    }]
}

/// The claim of each side whose pointer, followed by `below`, is that of the difference.
fn claims_at<'c, 'n>(
    comparison: &'c Comparison<'n>,
    difference: &Difference<'n>,
    below: &str,
) -> [Option<&'c Claimed<'n>>; 2] {
    let at = |revision: &'c Revision<'n>, side: &Option<LocatedNode<'n>>| {
        let pointer = &side.as_ref()?.pointer;
        revision.outcomes.at(pointer.strip_suffix(below)?)
    };
    let Comparison { was, is, .. } = comparison;
    [at(was, &difference.was), at(is, &difference.is)]
}

/// What becomes of answers that fit a claim which is no longer there.
pub(crate) fn gone(comparison: &Comparison<'_>, old: &Claimed<'_>) -> Change {
    let Comparison { was, is, .. } = comparison;
    if let Some(new) = is.outcomes.find(&old.claim) {
        return moved(old, new);
    }
    let now = is.outcomes.outcome_of(&old.claim);
    let effect = match now {
        // One that was never asked is not missed either.
        Some(_) if now == was.outcomes.outcome_of(&old.claim) => {
            patch("its answers mean the same without it")
        }
        Some(_) => READ_OTHERWISE,
        None => major(Readers, "the same answer has no outcome any more"),
    };
    let said = [Some(claimed(old)), now.map(Said::derived)];
    change(Kind::Gone, old, said, effect)
}

/// What becomes of answers that fit a claim which was not there.
pub(crate) fn added(comparison: &Comparison<'_>, new: &Claimed<'_>) -> Change {
    let Comparison { was, is, .. } = comparison;
    if let Some(old) = was.outcomes.find(&new.claim) {
        return moved(old, new);
    }
    let known = was.outcomes.by_message(&new.claim);
    let effect = if known.is_some() && known != is.outcomes.by_message(&new.claim) {
        READ_OTHERWISE
    } else {
        minor(Readers, "it was not known before")
    };
    let before = was.outcomes.outcome_of(&new.claim);
    let said = [before.map(Said::derived), Some(claimed(new))];
    change(Kind::Added, new, said, effect)
}

/// A claim that both have, in different places. It is told the same from either place.
fn moved(old: &Claimed<'_>, new: &Claimed<'_>) -> Change {
    let effect = if old.outcome == new.outcome {
        patch("it stands elsewhere, and means the same")
    } else {
        READ_OTHERWISE
    };
    let said = [old, new].map(|side| Some(claimed(side)));
    change(Kind::Moved, new, said, effect)
}

/// The outcome that a claim is of, where it stands.
fn claimed(claimed: &Claimed<'_>) -> Said {
    claimed.located.says(&claimed.outcome)
}

fn change(kind: Kind, claimed: &Claimed<'_>, said: [Option<Said>; 2], effect: Effect) -> Change {
    let rule = match claimed.claim {
        Claim::Code(_) => CODES,
        Claim::Message { .. } | Claim::Containing { .. } => MESSAGES,
        Claim::Status(_) => STATUSES,
    };
    let [was, is] = said;
    Change {
        subject: claimed.claim.subject(),
        kind,
        pointer: claimed.located.pointer.clone(),
        was,
        is,
        rule: Some(rule),
        ..effect.change()
    }
}

/// A response example that comes or goes. Its pair of code and message may have meant something
/// else before.
pub(crate) fn example(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    if difference.was.is_some() || difference.relation == Relation::Renamed {
        let why = "a sandbox that is asked for it by its name has none";
        return vec![difference.change(major(Testers, why))];
    }
    let [_, new] = claims_at(comparison, difference, "");
    let pair = new.map(|new| added(comparison, new));
    let pair = pair.filter(|change| change.class == Class::Major);
    let example = difference.change(minor(Testers, "one more answer can be tried"));
    [example].into_iter().chain(pair).collect()
}

/// Another message of an example: the pair that it had may mean something else now, and so may the
/// one that it has.
pub(crate) fn example_message(
    comparison: &Comparison<'_>,
    difference: &Difference<'_>,
) -> Vec<Change> {
    vec![match claims_at(comparison, difference, "/value/message") {
        [Some(was), Some(is)] if was.claim == is.claim => difference.change(SAME),
        [Some(was), Some(is)] => {
            let why = "the example answers with another message";
            let pairs = [gone(comparison, was), added(comparison, is)];
            let graver = pairs.iter().find(|pair| pair.class == Class::Major);
            difference.change(graver.map_or(minor(Testers, why), Effect::of))
        }
        _ => difference.unknown(),
    }]
}
