//! The rules for schemas, without limits.

use face_search_enroll_contract::yaml::Node;

use super::{
    deprecation::deprecated,
    rule::{
        Judge::{Always, Depends},
        Row, adds, breaks, each, entries, value, words,
    },
};
use crate::{
    change::Affected::{Callers, Readers, Testers},
    comparison::Comparison,
    difference::Difference,
    direction::Direction,
    effect::{Effect, SAME, major, minor},
    matching::MatchBy::{Key, KeyOrContent, Value},
};

const TYPE: &str = "the type in generated code changes";

#[rustfmt::skip] // A table is read across.
pub(crate) const ROWS: &[Row] = &[
    entries("components/schemas", "schemas", KeyOrContent),
    each("components/schemas/*", "schema {0}", adds(Callers,
        "there is an additional type", "the names of generated types change")),
    breaks("{schema}/$ref", "{0}: type", Callers, TYPE),
    breaks("{schema}/type", "{0}: type", Callers, TYPE),
    breaks("{schema}/format", "{0}: format", Callers, TYPE),
    entries("{schema}/properties", "fields of {0}", Key),
    each("{schema}/properties/*", "field {1} of {0}", Depends(property)),
    each("{schema}/items", "{0}: items", Always(major(Callers, TYPE))),
    value("{schema}/additionalProperties", "{0}: additionalProperties", Depends(additional)),
    entries("{schema}/x-extensible-enum", "codes of {0}", Value),
    value("{schema}/x-extensible-enum/*", "code {1} of {0}", adds(Readers,
        "answers may have an additional listed code", "the code is no longer listed for answers")),
    value("{schema}/x-always", "{0}: constant value", adds(Callers,
        "callers can rely on an additional value", "callers who rely on the value get another one")),
    breaks("{schema}/default", "{0}: default", Callers,
        "a missing value stands for another one"),
    breaks("{schema}/x-signature", "{0}: signature", Callers, "requests are signed in another way"),
    value("{schema}/x-clock", "{0}: time", adds(Callers,
        "it is now described as a time", "the time is read in another way")),
    value("{schema}/x-lifetime", "{0}: lifetime", adds(Testers,
        "a sandbox uses it as a lifetime", "a sandbox uses another lifetime")),
    value("{schema}/deprecated", "{0}: deprecation", Depends(deprecated)),
    words("{schema}/description", "{0}: description"),
    words("{schema}/externalDocs", "{0}: documentation"),
    words("{schema}/example", "{0}: example"),
    words("{schema}/x-source", "{0}: source"),
];

/// A field that was added or removed. If a new field is required in requests, requests without it
/// are rejected.
fn property(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let directions = comparison.directions(&difference.names);
    let is_read = directions.contains(&Direction::Response);
    let is_required = || {
        let [schema @ .., _, name] = difference.names.as_slice() else {
            return false;
        };
        let required = comparison.is.value(schema, "required");
        let mut required = required.map_or(&[][..], Node::items).iter();
        required.any(|item| item.as_str() == Some(name))
    };
    let refused = "a request without it was accepted before and is rejected now";
    match (&difference.was, is_read) {
        (Some(_), true) => major(Callers, "callers read a field that no longer exists"),
        (Some(_), false) => major(Callers, "callers send a field that is no longer accepted"),
        (None, _) if directions.contains(&Direction::Request) && is_required() => {
            major(Callers, refused)
        }
        (None, true) => minor(Callers, "callers can read an additional field"),
        (None, false) => minor(Callers, "callers can send an additional field"),
    }
}

/// Strict clients reject an answer with an unknown field, except if the schema explicitly allows
/// further fields. A request may have further fields, except if the schema forbids them.
fn additional(comparison: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let values = difference.values();
    if values.iter().flatten().any(|node| node.as_bool().is_none()) {
        return major(Callers, "other fields have another type");
    }
    let effects = comparison.directions(&difference.names).into_iter();
    let effects = effects.map(|direction| {
        let (otherwise, why) = match direction {
            Direction::Request => (
                true,
                "a request with other fields was accepted before and is rejected now",
            ),
            Direction::Response => (false, "strict clients reject an answer with a new field"),
        };
        let may_be_there = |node: Option<&Node>| node.and_then(Node::as_bool).unwrap_or(otherwise);
        match values.map(may_be_there) {
            [true, false] => major(Callers, why),
            [false, true] => minor(Callers, "other fields are accepted"),
            _ => SAME,
        }
    });
    Effect::most_severe(effects)
}
