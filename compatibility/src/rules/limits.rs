//! The rules for limits of values. A stricter limit can break requests, because the server may
//! reject them. A looser limit can break readers of answers, because they may rely on it.

use std::{cmp::Ordering, collections::BTreeSet};

use face_search_enroll_contract::yaml::Node;

use super::rule::{
    Judge::{Changes, Depends},
    Row, entries, value,
};
use crate::{
    change::{Affected::Callers, Change},
    comparison::{Comparison, Revision},
    difference::Difference,
    direction::Direction::{Request, Response},
    effect::{Effect, SAME, major, minor},
    matching::MatchBy::Value,
};

#[rustfmt::skip] // A table is read across.
pub(crate) const ROWS: &[Row] = &[
    value("{schema}/minLength", "{0}: minLength", Depends(least)),
    value("{schema}/minimum", "{0}: minimum", Depends(least)),
    value("{schema}/minItems", "{0}: minItems", Depends(least)),
    value("{schema}/maxLength", "{0}: maxLength", Depends(greatest)),
    value("{schema}/maximum", "{0}: maximum", Depends(greatest)),
    value("{schema}/maxItems", "{0}: maxItems", Depends(greatest)),
    value("{schema}/pattern", "{0}: pattern", Depends(pattern)),
    value("{schema}/enum", "{0}: enum", Depends(enumeration)),
    value("{schema}/nullable", "{0}: nullable", Depends(nullable)),
    entries("{schema}/required", "what {0} requires", Value),
    value("{schema}/required/*", "field {1} of {0}: required", Changes(required)),
];

/// How a limit changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LimitChange {
    Tighter,
    Looser,
    /// Some values are newly allowed, and others are no longer allowed.
    Both,
    Unchanged,
}

impl LimitChange {
    /// A missing limit allows everything, so it is looser than any limit.
    fn of(difference: &Difference<'_>, change: impl FnOnce(&Node, &Node) -> Self) -> Self {
        match difference.values() {
            [None, Some(_)] => Self::Tighter,
            [Some(_), None] => Self::Looser,
            [Some(was), Some(is)] => change(was, is),
            [None, None] => Self::Unchanged,
        }
    }

    fn effect(self, comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
        let refused = "a request that was accepted before may be rejected now";
        let unexpected = "an answer may have values that callers did not have to expect";
        let directions = comparison.directions(&difference.names).into_iter();
        Effect::most_severe(directions.map(|direction| match (direction, self) {
            (Request, Self::Tighter | Self::Both) => major(Callers, refused),
            (Request, Self::Looser) => minor(Callers, "more requests are accepted"),
            (Response, Self::Looser | Self::Both) => major(Callers, unexpected),
            (Response, Self::Tighter) => minor(Callers, "answers guarantee more"),
            (_, Self::Unchanged) => SAME,
        }))
    }
}

fn bound(comparison: &Comparison<'_>, difference: &Difference<'_>, tighter: Ordering) -> Effect {
    let number = |node: &Node| node.to_json().as_f64();
    let change = LimitChange::of(difference, |was, is| {
        match number(is).partial_cmp(&number(was)) {
            Some(Ordering::Equal) => LimitChange::Unchanged,
            Some(order) if order == tighter => LimitChange::Tighter,
            Some(_) => LimitChange::Looser,
            None => LimitChange::Both,
        }
    });
    change.effect(comparison, difference)
}

fn least(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    bound(comparison, difference, Ordering::Greater)
}

fn greatest(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    bound(comparison, difference, Ordering::Less)
}

fn pattern(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    LimitChange::of(difference, |_, _| LimitChange::Both).effect(comparison, difference)
}

fn enumeration(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let values = |node: &Node| -> BTreeSet<String> {
        let items = node.items().iter();
        items.map(|item| item.to_json().to_string()).collect()
    };
    let change = LimitChange::of(difference, |was, is| {
        let (was, is) = (values(was), values(is));
        match (was.is_subset(&is), is.is_subset(&was)) {
            (true, true) => LimitChange::Unchanged,
            (true, false) => LimitChange::Looser,
            (false, true) => LimitChange::Tighter,
            (false, false) => LimitChange::Both,
        }
    });
    change.effect(comparison, difference)
}

fn nullable(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let change = match difference.flags() {
        [false, true] => LimitChange::Looser,
        [true, false] => LimitChange::Tighter,
        _ => LimitChange::Unchanged,
    };
    change.effect(comparison, difference)
}

/// Skips a field that was added or removed, because another rule reports that.
fn required(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let [schema @ .., _, name] = difference.names.as_slice() else {
        return Vec::new();
    };
    let has = |revision: &Revision<'_>| {
        let properties = revision.value(schema, "properties");
        properties.is_some_and(|properties| properties.get(name).is_some())
    };
    if has(&comparison.was) != has(&comparison.is) {
        return Vec::new();
    }
    let change = LimitChange::of(difference, |_, _| LimitChange::Unchanged);
    vec![difference.change(change.effect(comparison, difference))]
}
