//! The rules for claims: the codes, messages and statuses in the lists of an outcome, and the
//! examples. A change matters if the same answer has another outcome than before, wherever the
//! claim is written.

use crate::{
    change::{
        Affected::{Readers, Testers},
        Change, Class, Kind, Said,
    },
    claim::{Claim, Claimed},
    comparison::{Comparison, Revision},
    difference::{Difference, Relation},
    effect::{Effect, OTHER_OUTCOME, SAME, major, minor, patch},
    located::LocatedNode,
};

pub(crate) const CODES: &str = "{outcomes}/*/codes/*";
pub(crate) const MESSAGES: &str = "{outcomes}/*/messages/*";
pub(crate) const STATUSES: &str = "{outcomes}/*/statuses/*";

/// A code, message or status that was added to an outcome, removed from it, or written differently.
pub(crate) fn claim(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    vec![match claims_at(comparison, difference, "") {
        [Some(was), None] => gone(comparison, was),
        [None, Some(is)] => added(comparison, is),
        // The same code with another source, or the same message with other punctuation.
        [Some(_), Some(_)] => difference.change(SAME),
        // The item does not have the form of a claim.
        [None, None] => difference.unknown(),
    }]
}

/// The claim on each side. Its pointer followed by `below` is the pointer of the difference.
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

/// What happens to answers that fit a removed claim.
pub(crate) fn gone(comparison: &Comparison<'_>, old: &Claimed<'_>) -> Change {
    let Comparison { was, is, .. } = comparison;
    if let Some(new) = is.outcomes.find(&old.claim) {
        return moved(old, new);
    }
    let now = is.outcomes.outcome_of(&old.claim);
    let effect = match now {
        // The claim had no influence before, so it is not missed.
        Some(_) if now == was.outcomes.outcome_of(&old.claim) => {
            patch("its answers have the same outcome without it")
        }
        Some(_) => OTHER_OUTCOME,
        None => major(Readers, "the same answer no longer has an outcome"),
    };
    let said = [Some(claimed(old)), now.map(Said::derived)];
    change(Kind::Gone, old, said, effect)
}

/// What happens to answers that fit a new claim.
pub(crate) fn added(comparison: &Comparison<'_>, new: &Claimed<'_>) -> Change {
    let Comparison { was, is, .. } = comparison;
    if let Some(old) = was.outcomes.find(&new.claim) {
        return moved(old, new);
    }
    let known = was.outcomes.by_message(&new.claim);
    let effect = if known.is_some() && known != is.outcomes.by_message(&new.claim) {
        OTHER_OUTCOME
    } else {
        minor(Readers, "it was unknown before")
    };
    let before = was.outcomes.outcome_of(&new.claim);
    let said = [before.map(Said::derived), Some(claimed(new))];
    change(Kind::Added, new, said, effect)
}

/// A claim that both have in different places. Both places give the same change.
fn moved(old: &Claimed<'_>, new: &Claimed<'_>) -> Change {
    let effect = if old.outcome == new.outcome {
        patch("it moved, and means the same")
    } else {
        OTHER_OUTCOME
    };
    let said = [old, new].map(|side| Some(claimed(side)));
    change(Kind::Moved, new, said, effect)
}

/// The outcome of a claim, at the position of the claim.
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

/// A response example that was added or removed. Its code and message may have had another outcome
/// before.
pub(crate) fn example(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    if difference.was.is_some() || difference.relation == Relation::Renamed {
        let why = "a sandbox no longer has an example with this name";
        return vec![difference.change(major(Testers, why))];
    }
    let [_, new] = claims_at(comparison, difference, "");
    let pair = new.map(|new| added(comparison, new));
    let pair = pair.filter(|change| change.class == Class::Major);
    let example = difference.change(minor(Testers, "a sandbox has an additional example"));
    [example].into_iter().chain(pair).collect()
}

/// A changed message of an example. Both the old and the new pair of code and message may have
/// another outcome now.
pub(crate) fn example_message(
    comparison: &Comparison<'_>,
    difference: &Difference<'_>,
) -> Vec<Change> {
    vec![match claims_at(comparison, difference, "/value/message") {
        [Some(was), Some(is)] if was.claim == is.claim => difference.change(SAME),
        [Some(was), Some(is)] => {
            let why = "the example has another message";
            let pairs = [gone(comparison, was), added(comparison, is)];
            let graver = pairs.iter().find(|pair| pair.class == Class::Major);
            difference.change(graver.map_or(minor(Testers, why), Effect::of))
        }
        _ => difference.unknown(),
    }]
}
