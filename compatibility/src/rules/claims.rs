//! What outcomes claim: the codes, messages and statuses by which answers are told, in the lists of
//! an outcome or by an example. What counts is how one and the same answer was read and is read now,
//! wherever that stands.

use serde_json::Value as Json;

use super::{
    super::{
        change::{
            Affected::{self, People, Readers, Testers},
            Change, Class, Kind, Said,
        },
        meanings::{Claim, Claimed},
        spot::{Difference, Relation, Spot},
    },
    Both, same, unknown,
};

pub(super) const CODES: &str = "{outcomes}/*/codes/*";
pub(super) const MESSAGES: &str = "{outcomes}/*/messages/*";
pub(super) const STATUSES: &str = "{outcomes}/*/statuses/*";

/// A code, message or status that an outcome gains or loses, or that is written another way.
pub(super) fn claim(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let was = difference.was.as_ref();
    let was = was.and_then(|spot| both.was.meanings.at(&spot.pointer));
    let is = difference.is.as_ref();
    let is = is.and_then(|spot| both.is.meanings.at(&spot.pointer));
    vec![match (was, is) {
        (Some(was), None) => gone(both, was),
        (None, Some(is)) => added(both, is),
        // The same code with another source, or the same message with other punctuation.
        (Some(_), Some(_)) => same(difference),
        // It claims nothing in a form that is known.
        (None, None) => unknown(difference),
    }]
}

/// What becomes of answers that fit a claim which is no longer there.
pub(super) fn gone(both: &Both<'_>, old: &Claimed<'_>) -> Change {
    if let Some(new) = both.is.meanings.find(&old.claim) {
        return moved(old, new);
    }
    let before = both.was.meanings.read(&old.claim);
    let now = both.is.meanings.read(&old.claim);
    let verdict = match now {
        // One that was never asked is not missed either.
        Some(_) if now == before => (Class::Patch, People, "its answers mean the same without it"),
        Some(_) => (Class::Major, Readers, OTHERWISE),
        None => (
            Class::Major,
            Readers,
            "the same answer has no outcome any more",
        ),
    };
    let now = now.map(|outcome| reading(outcome, None));
    let was = reading(&old.outcome, Some(&old.spot));
    of_claim(Kind::Gone, old, Some(was), now, verdict)
}

/// What becomes of answers that fit a claim which was not there.
pub(super) fn added(both: &Both<'_>, new: &Claimed<'_>) -> Change {
    if let Some(old) = both.was.meanings.find(&new.claim) {
        return moved(old, new);
    }
    let known = both.was.meanings.by_message(&new.claim);
    let now = both.is.meanings.by_message(&new.claim);
    let verdict = if known.is_some() && known != now {
        (Class::Major, Readers, OTHERWISE)
    } else {
        (Class::Minor, Readers, "it was not known before")
    };
    let before = both.was.meanings.read(&new.claim);
    let before = before.map(|outcome| reading(outcome, None));
    let is = reading(&new.outcome, Some(&new.spot));
    of_claim(Kind::Added, new, before, Some(is), verdict)
}

/// A claim that both have, in different places. It is told the same from either place.
fn moved(old: &Claimed<'_>, new: &Claimed<'_>) -> Change {
    let verdict = if old.outcome == new.outcome {
        (
            Class::Patch,
            People,
            "it stands elsewhere, and means the same",
        )
    } else {
        (Class::Major, Readers, OTHERWISE)
    };
    let was = reading(&old.outcome, Some(&old.spot));
    let is = reading(&new.outcome, Some(&new.spot));
    of_claim(Kind::Moved, new, Some(was), Some(is), verdict)
}

pub(super) const OTHERWISE: &str = "the same answer is read as another outcome";

pub(super) fn reading(outcome: &str, spot: Option<&Spot<'_>>) -> Said {
    Said {
        value: Json::from(outcome),
        at: spot.map(|spot| spot.at),
    }
}

fn of_claim(
    kind: Kind,
    claimed: &Claimed<'_>,
    was: Option<Said>,
    is: Option<Said>,
    (class, affected, why): (Class, Affected, &'static str),
) -> Change {
    let rule = match claimed.claim {
        Claim::Code(_) => CODES,
        Claim::Message { .. } | Claim::Containing { .. } => MESSAGES,
        Claim::Status(_) => STATUSES,
    };
    Change {
        class,
        subject: claimed.claim.subject(),
        kind,
        pointer: claimed.spot.pointer.clone(),
        was,
        is,
        affected,
        why: why.into(),
        rule: Some(rule),
    }
}

/// A response example that comes or goes. Its pair of code and message may have meant something
/// else before.
pub(super) fn example(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let Some(new) = difference
        .is
        .as_ref()
        .filter(|_| difference.relation != Relation::Renamed)
    else {
        let why = "a sandbox that is asked for it by its name has none";
        return vec![difference.change(Class::Major, Testers, why)];
    };
    let mut changes =
        vec![difference.change(Class::Minor, Testers, "one more answer can be tried")];
    let claimed = both.is.meanings.at(&new.pointer);
    let pair = claimed.map(|claimed| added(both, claimed));
    changes.extend(pair.filter(|change| change.class == Class::Major));
    changes
}

/// Another message of an example: the pair that it had may mean something else now, and so may the
/// one that it has.
pub(super) fn example_message(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let example = |pointer: &str| pointer.strip_suffix("/value/message").map(str::to_owned);
    let was = difference.was.as_ref();
    let was = was.and_then(|spot| both.was.meanings.at(&example(&spot.pointer)?));
    let is = difference.is.as_ref();
    let is = is.and_then(|spot| both.is.meanings.at(&example(&spot.pointer)?));
    let (Some(was), Some(is)) = (was, is) else {
        return vec![unknown(difference)];
    };
    if was.claim == is.claim {
        return vec![same(difference)];
    }
    let mut change = difference.change(
        Class::Minor,
        Testers,
        "the example answers with another message",
    );
    let pairs = [gone(both, was), added(both, is)];
    if let Some(graver) = pairs.into_iter().find(|pair| pair.class == Class::Major) {
        (change.class, change.affected) = (graver.class, graver.affected);
        change.why = graver.why;
    }
    vec![change]
}
