//! The outcomes: what answers mean to those who act on them.

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
        "whoever has many calls to make stops at this answer",
        "whoever stopped at this answer goes on calling")),
    value("{outcomes}/*/charge", "outcome {0}: charge", Depends(charge)),
    value(DEFAULT, "outcome {0}: default", Changes(default)),
    entries("{outcomes}/*/codes", "codes of {0}", Claim),
    value(CODES, "code {1} of {0}", Changes(claim)),
    entries("{outcomes}/*/messages", "messages of {0}", Claim),
    value(MESSAGES, "message {1} of {0}", Changes(claim)),
    entries("{outcomes}/*/statuses", "statuses of {0}", Claim),
    value(STATUSES, "status {1} of {0}", Changes(claim)),
    // What is left is the key of the effect.
    value("{outcomes}/*/*", "outcome {0}: {1}", Depends(effect)),
];

/// An outcome that comes or goes. One that is only added to, in the platform's list, is no outcome
/// by itself: what counts is what it claims.
fn outcome(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let (was, is) = (&comparison.was.outcomes, &comparison.is.outcomes);
    match (&difference.was, &difference.is) {
        (None, Some(new)) => {
            let claims = Claimed::of_outcome(new).into_iter();
            let claims = claims.map(|new| added(comparison, &new));
            if !is.defines(new) {
                return [addition(difference)].into_iter().chain(claims).collect();
            }
            let named = minor(Readers, "some answers have a name that had none");
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
            let moved = patch("it stands in the other list, and means the same");
            vec![difference.change(moved)]
        }
        _ => {
            let unnamed = major(Readers, "code that names the outcome does not compile");
            vec![difference.change(unnamed)]
        }
    }
}

/// An entry of the platform's list that adds to an outcome of the operation.
fn addition(difference: &Difference<'_>) -> Change {
    let effect = patch("an entry that adds to this outcome; what it adds is listed by itself");
    let name = difference.names.last().cloned();
    Change {
        subject: Subject::new("entry of the platform for {0}", name),
        ..difference.change(effect)
    }
}

/// Whether a platform's entry only adds to an outcome of the operation, on both sides: then its own
/// words count for nothing.
fn only_adds(comparison: &Comparison<'_>, difference: &Difference<'_>) -> bool {
    let defines = |revision: &Revision<'_>, side: &Option<LocatedNode<'_>>| {
        let name = difference.names.iter().rev().nth(1);
        let definition = name.and_then(|name| revision.outcomes.definition(name));
        let entry = side.as_ref().and_then(|side| side.pointer.rsplit_once('/'));
        match (definition, entry) {
            (Some(definition), Some((entry, _))) => definition.pointer == entry,
            // Neither is there.
            _ => false,
        }
    };
    !defines(&comparison.was, &difference.was) && !defines(&comparison.is, &difference.is)
}

const OWN_WORDS: Effect = patch("the operation's own words stand");

fn effect(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    if only_adds(comparison, difference) {
        return OWN_WORDS;
    }
    // That of a new operation, or of one that gains it; any other key is not known.
    let is_named = |name: &String| comparison.has_effect(name);
    if difference.was.is_none() && difference.names.last().is_some_and(is_named) {
        return minor(Readers, "it says of one more effect whether it is there");
    }
    let why = "it says something else of whether the call took effect";
    major(Readers, why)
}

/// Where it was said under which condition a server answers so, sandboxes go by it.
fn condition(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    match difference.was {
        None => minor(Testers, "a sandbox answers so by itself"),
        Some(_) => major(Testers, "a sandbox answers otherwise to the same request"),
    }
}

/// To be told never where one was told to repeat leaves callers without what they waited for; one
/// way to repeat is no better than another; and where nothing helped, something may now.
fn retry(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    if only_adds(comparison, difference) {
        return OWN_WORDS;
    }
    match difference.values().map(|node| node.and_then(Node::as_str)) {
        [Some("never"), Some(_)] => minor(Readers, "a repeated call can help now"),
        [_, Some("never")] => major(Readers, "a call that was repeated is given up"),
        _ => major(Readers, "the call is repeated another way"),
    }
}

/// A call that may cost more than was said; not known stands between free and pay.
fn charge(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let cost = |node: Option<&Node>| match node.and_then(Node::as_str) {
        Some("free") => 0,
        None => 1,
        Some(_) => 2,
    };
    let [was, is] = difference.values().map(cost);
    if is > was {
        major(Readers, "a call may cost what it did not")
    } else {
        minor(Readers, "a call costs no more than was said")
    }
}

fn default(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    vec![other_default(comparison).unwrap_or_else(|| difference.change(SAME))]
}

/// The default outcome, if it is another one.
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
        "answers that nothing else matches are read as another outcome",
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
