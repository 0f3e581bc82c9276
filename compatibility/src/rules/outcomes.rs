//! The rules for outcomes, that is, for code that handles answers.

use face_search_enroll_contract::yaml::Node;

use super::{
    claims::{CODES, MESSAGES, STATUSES, added, claim, gone},
    rule::{
        Judge::{Changes, Depends},
        Row,
        Rule::Outcomes,
        adds, each, entries, row, value, words,
    },
};
use crate::{
    change::{
        Affected::{Readers, Testers},
        Change, Class, Subject,
    },
    claim::Claimed,
    comparison::{Comparison, Revision},
    difference::{Difference, Relation},
    effect::{Effect, SAME, major, minor, patch},
    located::LocatedNode,
    matching::MatchBy::Claim,
    outcome_lookup::is_default,
};

const DEFAULT: &str = "{outcomes}/*/default";

#[rustfmt::skip] // A table is read across.
pub(crate) const ROWS: &[Row] = &[
    row("{outcomes}", "outcomes", Outcomes),
    each("{outcomes}/*", "outcome {0}", Changes(outcome)),
    words("{outcomes}/*/summary", "outcome {0}: summary"),
    words("{outcomes}/*/action", "outcome {0}: action"),
    words("{outcomes}/*/source", "outcome {0}: source"),
    value("{outcomes}/*/when", "outcome {0}: condition", Depends(condition)),
    value("{outcomes}/*/retry", "outcome {0}: retry", Depends(retry)),
    value("{outcomes}/*/scope", "outcome {0}: scope", adds(Readers,
        "bulk runs stop at this answer",
        "bulk runs no longer stop at this answer")),
    value("{outcomes}/*/charge", "outcome {0}: charge", Depends(charge)),
    value(DEFAULT, "outcome {0}: default", Changes(default)),
    entries("{outcomes}/*/codes", "codes of {0}", Claim),
    value(CODES, "code {1} of {0}", Changes(claim)),
    entries("{outcomes}/*/messages", "messages of {0}", Claim),
    value(MESSAGES, "message {1} of {0}", Changes(claim)),
    entries("{outcomes}/*/statuses", "statuses of {0}", Claim),
    value(STATUSES, "status {1} of {0}", Changes(claim)),
    // Any other key is the key of an effect.
    value("{outcomes}/*/*", "outcome {0}: {1}", Depends(effect)),
];

/// An outcome that was added or removed. An entry in the list of the platform that only adds to an
/// outcome is not an outcome, so only its claims count.
fn outcome(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let (was, is) = (&comparison.was.outcomes, &comparison.is.outcomes);
    match (&difference.was, &difference.is) {
        (None, Some(new)) => {
            let claims = Claimed::of_outcome(new).into_iter();
            let claims = claims.map(|new| added(comparison, &new));
            if !is.defines(new) {
                return [addition(difference)].into_iter().chain(claims).collect();
            }
            let named = minor(Readers, "some answers get an outcome of their own");
            let mut changes = vec![difference.change(named)];
            changes.extend(claims.filter(|change| change.class == Class::Major));
            if is_default(new.node) {
                changes.extend(other_default(comparison));
            }
            changes
        }
        (Some(old), None) if !was.defines(old) => {
            let claims = Claimed::of_outcome(old).into_iter();
            let claims = claims.map(|old| gone(comparison, &old));
            [addition(difference)].into_iter().chain(claims).collect()
        }
        _ if difference.relation == Relation::Moved => {
            let moved = patch("it moved to the other list, and means the same");
            vec![difference.change(moved)]
        }
        _ => {
            let unnamed = major(Readers, "code that uses the outcome no longer compiles");
            vec![difference.change(unnamed)]
        }
    }
}

/// An entry in the list of the platform that adds to an outcome of the operation.
fn addition(difference: &Difference<'_>) -> Change {
    let effect = patch("an entry that adds to this outcome; what it adds is listed separately");
    let name = difference.names.last().cloned();
    Change {
        subject: Subject::new("entry of the platform for {0}", name),
        ..difference.change(effect)
    }
}

/// Whether an entry of the platform only adds to an outcome of the operation, on both sides. Its
/// other values then have no effect.
fn only_adds(comparison: &Comparison<'_>, difference: &Difference<'_>) -> bool {
    let defines = |revision: &Revision<'_>, side: &Option<LocatedNode<'_>>| {
        let name = difference.names.iter().rev().nth(1);
        let definition = name.and_then(|name| revision.outcomes.definition(name));
        let entry = side.as_ref().and_then(|side| side.pointer.rsplit_once('/'));
        match (definition, entry) {
            (Some(definition), Some((entry, _))) => definition.pointer == entry,
            // The entry is missing on this side.
            _ => false,
        }
    };
    !defines(&comparison.was, &difference.was) && !defines(&comparison.is, &difference.is)
}

const OPERATION_APPLIES: Effect = patch("the values of the operation's own outcome apply");

fn effect(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    if only_adds(comparison, difference) {
        return OPERATION_APPLIES;
    }
    // The key of a new effect. Any other key is unknown.
    let is_named = |name: &String| comparison.has_effect(name);
    if difference.was.is_none() && difference.names.last().is_some_and(is_named) {
        return minor(
            Readers,
            "it also states whether an additional effect took place",
        );
    }
    let why = "it states differently whether the call took effect";
    major(Readers, why)
}

/// Sandboxes follow the condition under which a server answers so.
fn condition(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    match difference.was {
        None => minor(Testers, "a sandbox now gives this answer"),
        Some(_) => major(
            Testers,
            "a sandbox gives another answer to the same request",
        ),
    }
}

/// From any retry to `never`: callers no longer get the result that they waited for. From `never`
/// to any retry: a call that failed may succeed now. Any other change is a different kind of retry.
fn retry(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    if only_adds(comparison, difference) {
        return OPERATION_APPLIES;
    }
    match difference.values().map(|node| node.and_then(Node::as_str)) {
        [Some("never"), Some(_)] => minor(Readers, "a retry can help now"),
        [_, Some("never")] => major(
            Readers,
            "a call that was retried before is no longer retried",
        ),
        _ => major(Readers, "the call is retried in another way"),
    }
}

/// A call that may cost more than stated before. An unknown charge is between `free` and `pay`.
fn charge(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let cost = |node: Option<&Node>| match node.and_then(Node::as_str) {
        Some("free") => 0,
        None => 1,
        Some(_) => 2,
    };
    let [was, is] = difference.values().map(cost);
    if is > was {
        major(Readers, "a call may be charged that was not charged before")
    } else {
        minor(Readers, "a call costs no more than stated before")
    }
}

fn default(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    vec![other_default(comparison).unwrap_or_else(|| difference.change(SAME))]
}

/// The change of the default outcome, if it is another one.
fn other_default(comparison: &Comparison<'_>) -> Option<Change> {
    let [was, is] = [&comparison.was, &comparison.is].map(|side| side.outcomes.default.as_ref());
    if was.map(|outcome| &outcome.name) == is.map(|outcome| &outcome.name) {
        return None;
    }
    let said = |outcome: &LocatedNode<'_>| {
        let flag = outcome.get("default");
        flag.as_ref().unwrap_or(outcome).says(&outcome.name)
    };
    let effect = major(
        Readers,
        "answers that match no other outcome have another outcome",
    );
    Some(Change {
        subject: Subject::plain("default outcome"),
        pointer: is.or(was).map_or_else(String::new, |outcome| {
            format!("{}/default", outcome.pointer)
        }),
        was: was.map(said),
        is: is.map(said),
        rule: Some(DEFAULT),
        ..effect.change()
    })
}
