//! The outcomes: what answers mean to those who act on them.

use face_search_enroll_contract::yaml::Node;
use serde_json::Value as Json;

use super::{
    super::{
        change::{
            Affected::{People, Readers},
            Change, Class, Kind, Said, Subject,
        },
        meanings::{claims_of, is_default},
        pair::{self, By, Pair},
        spot::{Difference, Relation, Spot},
    },
    Both,
    Judge::{Adds, Breaks, By as Depends, Words},
    Row,
    Rule::{Each, Entries, Outcomes, Value},
    Side,
    claims::{CODES, MESSAGES, STATUSES, added, claim, gone},
    row, same,
};

const DEFAULT: &str = "{outcomes}/*/default";

pub(super) const ROWS: &[Row] = &[
    row("{outcomes}", "outcomes", Outcomes),
    row(
        "{outcomes}/*",
        "outcome {0}",
        Each(By::Key, Depends(outcome)),
    ),
    row("{outcomes}/*/summary", "outcome {0}: summary", Value(Words)),
    row("{outcomes}/*/action", "outcome {0}: action", Value(Words)),
    row("{outcomes}/*/source", "outcome {0}: source", Value(Words)),
    row(
        "{outcomes}/*/enrolled",
        "outcome {0}: enrolled",
        Value(Breaks(
            Readers,
            "it says something else of whether the face is enrolled",
        )),
    ),
    row(
        "{outcomes}/*/retry",
        "outcome {0}: retry",
        Value(Depends(retry)),
    ),
    row(
        "{outcomes}/*/scope",
        "outcome {0}: scope",
        Value(Adds {
            affected: Readers,
            added: "whoever has many calls to make stops at this answer",
            broken: "whoever stopped at this answer goes on calling",
        }),
    ),
    row(
        "{outcomes}/*/charge",
        "outcome {0}: charge",
        Value(Depends(charge)),
    ),
    row(DEFAULT, "outcome {0}: default", Value(Depends(default))),
    row("{outcomes}/*/codes", "codes of {0}", Entries(By::Claim)),
    row(CODES, "code {1} of {0}", Value(Depends(claim))),
    row(
        "{outcomes}/*/messages",
        "messages of {0}",
        Entries(By::Claim),
    ),
    row(MESSAGES, "message {1} of {0}", Value(Depends(claim))),
    row(
        "{outcomes}/*/statuses",
        "statuses of {0}",
        Entries(By::Claim),
    ),
    row(STATUSES, "status {1} of {0}", Value(Depends(claim))),
];

/// Pairs outcomes: an entry that defines one with one that does, in whichever list, and an entry
/// that adds to one with one that adds.
pub(in super::super) fn pairs<'n>(
    both: &Both<'n>,
    was: Vec<Spot<'n>>,
    is: Vec<Spot<'n>>,
) -> Vec<Pair<'n>> {
    let (old, old_additions): (Vec<_>, Vec<_>) =
        was.into_iter().partition(|spot| defines(&both.was, spot));
    let (new, new_additions): (Vec<_>, Vec<_>) =
        is.into_iter().partition(|spot| defines(&both.is, spot));

    // One that is defined in the other list now; from there it is not looked at again.
    let here = |list: &[Spot<'n>], name: &str| list.iter().any(|spot| spot.name == name);
    let (stayed, left): (Vec<_>, Vec<_>) = old.into_iter().partition(|spot| {
        here(&new, &spot.name) || both.is.meanings.definition(&spot.name).is_none()
    });
    let came = |spot: &Spot<'n>| {
        !here(&stayed, &spot.name) && both.was.meanings.definition(&spot.name).is_some()
    };
    let new: Vec<_> = new.into_iter().filter(|spot| !came(spot)).collect();

    let mut all = pair::pairs(By::KeyOrContent, stayed, new);
    all.extend(left.into_iter().map(|old| Pair {
        is: both.is.meanings.definition(&old.name).cloned(),
        was: Some(old),
        relation: Relation::Moved,
    }));
    all.extend(pair::pairs(By::Key, old_additions, new_additions));
    // As the contract has them, and then what is gone.
    all.sort_by_key(|pair| {
        pair.is
            .as_ref()
            .map_or((true, None), |is| (false, Some(is.at)))
    });
    all
}

/// Whether the entry defines its outcome, and does not only add to one of the other list.
fn defines(side: &Side<'_>, spot: &Spot<'_>) -> bool {
    let definition = side.meanings.definition(&spot.name);
    definition.is_some_and(|definition| definition.pointer == spot.pointer)
}

/// An outcome that comes or goes. One that is only added to, in the platform's list, is no outcome
/// by itself: what counts is what it claims.
fn outcome(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let Difference { was, is, .. } = difference;
    let mut changes = Vec::new();
    match (was, is) {
        (None, Some(new)) => {
            let claims = claims_of(new);
            let claims = claims.iter().map(|new| added(both, new));
            if defines(&both.is, new) {
                changes.push(difference.change(
                    Class::Minor,
                    Readers,
                    "some answers have a name that had none",
                ));
                changes.extend(claims.filter(|change| change.class == Class::Major));
                if is_default(new.node) {
                    changes.extend(other_default(both));
                }
            } else {
                changes.push(words_of_platform(difference));
                changes.extend(claims);
            }
        }
        (Some(old), None) if !defines(&both.was, old) => {
            changes.push(words_of_platform(difference));
            changes.extend(claims_of(old).iter().map(|old| gone(both, old)));
        }
        _ if difference.relation == Relation::Moved => changes.push(difference.change(
            Class::Patch,
            People,
            "it stands in the other list, and means the same",
        )),
        _ => changes.push(difference.change(
            Class::Major,
            Readers,
            "code that names the outcome does not compile",
        )),
    }
    changes
}

fn words_of_platform(difference: &Difference<'_>) -> Change {
    let mut change = difference.change(
        Class::Patch,
        People,
        "an entry that adds to this outcome; what it adds is listed by itself",
    );
    change.subject = Subject::new(
        "entry of the platform for {0}",
        difference.names.last().cloned(),
    );
    change
}

/// To be told never where one was told to repeat leaves callers without what they waited for; one
/// way to repeat is no better than another; and where nothing helped, something may now.
fn retry(_: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let (was, is) = difference.values();
    let word = |node: Option<&Node>| node.and_then(Node::as_str).map(str::to_owned);
    let change = match (word(was).as_deref(), word(is).as_deref()) {
        (Some("never"), Some(_)) => {
            difference.change(Class::Minor, Readers, "a repeated call can help now")
        }
        (_, Some("never")) => difference.change(
            Class::Major,
            Readers,
            "a call that was repeated is given up",
        ),
        _ => difference.change(Class::Major, Readers, "the call is repeated another way"),
    };
    vec![change]
}

/// A call that may cost more than was said; not known stands between free and pay.
fn charge(_: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let (was, is) = difference.values();
    let cost = |node: Option<&Node>| match node.and_then(Node::as_str) {
        Some("free") => 0,
        None => 1,
        Some(_) => 2,
    };
    let change = if cost(is) > cost(was) {
        difference.change(Class::Major, Readers, "a call may cost what it did not")
    } else {
        difference.change(Class::Minor, Readers, "a call costs no more than was said")
    };
    vec![change]
}

fn default(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    vec![other_default(both).unwrap_or_else(|| same(difference))]
}

/// The default outcome, if it is another one.
fn other_default(both: &Both<'_>) -> Option<Change> {
    let (was, is) = (&both.was.meanings.default, &both.is.meanings.default);
    let name = |spot: &Option<Spot<'_>>| spot.as_ref().map(|spot| spot.name.clone());
    let said = |spot: &Spot<'_>| Said {
        value: Json::from(spot.name.as_str()),
        at: Some(spot.get("default").map_or(spot.at, |flag| flag.at)),
    };
    (name(was) != name(is)).then(|| Change {
        class: Class::Major,
        subject: Subject::plain("default outcome"),
        kind: Kind::Changed,
        pointer: is
            .as_ref()
            .or(was.as_ref())
            .map_or_else(String::new, |spot| format!("{}/default", spot.pointer)),
        was: was.as_ref().map(said),
        is: is.as_ref().map(said),
        affected: Readers,
        why: "answers that nothing else matches are read as another outcome".into(),
        rule: Some(DEFAULT),
    })
}
