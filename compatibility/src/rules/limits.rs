//! The limits of values. A tighter one breaks those who send, since what they send may be refused;
//! a looser one breaks those who read, since they may have relied on it.

use std::{cmp::Ordering, collections::BTreeSet};

use face_search_enroll_contract::yaml::Node;

use super::{
    super::{
        change::{Affected::Callers, Change, Class},
        pair::By,
        roles::Role,
        spot::Difference,
    },
    Both,
    Judge::By as Depends,
    Row,
    Rule::{Entries, Value},
    flags, row, same,
    schemas::{gravest, roles},
};

pub(super) const ROWS: &[Row] = &[
    row(
        "{schema}/minLength",
        "{0}: minLength",
        Value(Depends(least)),
    ),
    row("{schema}/minimum", "{0}: minimum", Value(Depends(least))),
    row("{schema}/minItems", "{0}: minItems", Value(Depends(least))),
    row(
        "{schema}/maxLength",
        "{0}: maxLength",
        Value(Depends(greatest)),
    ),
    row("{schema}/maximum", "{0}: maximum", Value(Depends(greatest))),
    row(
        "{schema}/maxItems",
        "{0}: maxItems",
        Value(Depends(greatest)),
    ),
    row("{schema}/pattern", "{0}: pattern", Value(Depends(pattern))),
    row("{schema}/enum", "{0}: enum", Value(Depends(enumeration))),
    row(
        "{schema}/nullable",
        "{0}: nullable",
        Value(Depends(nullable)),
    ),
    row("{schema}/required", "what {0} requires", Entries(By::Value)),
    row(
        "{schema}/required/*",
        "field {1} of {0}: required",
        Value(Depends(required)),
    ),
];

/// Which way a limit turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Tighter,
    Looser,
    /// Some values are let in, others are kept out.
    Both,
    Nowhere,
}

fn turned(both: &Both<'_>, difference: &Difference<'_>, turn: Turn) -> Vec<Change> {
    let changes = roles(both, difference).into_iter().map(|role| {
        let (class, why) = match (role, turn) {
            (Role::Request, Turn::Tighter | Turn::Both) => (
                Class::Major,
                "a request that was accepted may be refused now",
            ),
            (Role::Request, Turn::Looser) => (Class::Minor, "more requests are accepted"),
            (Role::Response, Turn::Looser | Turn::Both) => (
                Class::Major,
                "an answer may hold what callers did not have to expect",
            ),
            (Role::Response, Turn::Tighter) => (Class::Minor, "answers promise more"),
            (_, Turn::Nowhere) => return same(difference),
        };
        difference.change(class, Callers, why)
    });
    gravest(changes)
}

/// Without a limit anything goes, so that one who has none is looser than any.
fn bound(both: &Both<'_>, difference: &Difference<'_>, tighter: Ordering) -> Vec<Change> {
    let number = |node: &Node| node.to_json().as_f64();
    let turn = match difference.values() {
        (None, Some(_)) => Turn::Tighter,
        (Some(_), None) => Turn::Looser,
        (Some(was), Some(is)) => match number(is).partial_cmp(&number(was)) {
            Some(Ordering::Equal) => Turn::Nowhere,
            Some(order) if order == tighter => Turn::Tighter,
            Some(_) => Turn::Looser,
            None => Turn::Both,
        },
        (None, None) => Turn::Nowhere,
    };
    turned(both, difference, turn)
}

fn least(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    bound(both, difference, Ordering::Greater)
}

fn greatest(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    bound(both, difference, Ordering::Less)
}

fn pattern(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let turn = match difference.values() {
        (None, _) => Turn::Tighter,
        (_, None) => Turn::Looser,
        (Some(_), Some(_)) => Turn::Both,
    };
    turned(both, difference, turn)
}

fn enumeration(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let values = |node: &Node| -> BTreeSet<String> {
        let items = node.items().iter();
        items.map(|item| item.to_json().to_string()).collect()
    };
    let turn = match difference.values() {
        (None, _) => Turn::Tighter,
        (_, None) => Turn::Looser,
        (Some(was), Some(is)) => {
            let (was, is) = (values(was), values(is));
            match (was.is_subset(&is), is.is_subset(&was)) {
                (true, true) => Turn::Nowhere,
                (true, false) => Turn::Looser,
                (false, true) => Turn::Tighter,
                (false, false) => Turn::Both,
            }
        }
    };
    turned(both, difference, turn)
}

fn nullable(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let turn = match flags(difference) {
        (false, true) => Turn::Looser,
        (true, false) => Turn::Tighter,
        _ => Turn::Nowhere,
    };
    turned(both, difference, turn)
}

/// A field that comes or goes as a whole is told as such.
fn required(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let [schema @ .., _, name] = difference.names.as_slice() else {
        return Vec::new();
    };
    let has = |side: &super::Side<'_>| {
        let path = schema.iter().map(String::as_str);
        let path: Vec<&str> = path.chain(["properties", name.as_str()]).collect();
        side.root.node.at_path(&path).is_some()
    };
    if has(&both.was) != has(&both.is) {
        return Vec::new();
    }
    let turn = if difference.was.is_none() {
        Turn::Tighter
    } else {
        Turn::Looser
    };
    turned(both, difference, turn)
}
