//! The schemas: what is sent and what is read, but for limits.

use face_search_enroll_contract::yaml::Node;

use super::{
    super::{
        change::{
            Affected::{Callers, Readers},
            Change, Class,
        },
        pair::By,
        roles::Role,
        spot::Difference,
    },
    Both,
    Judge::{Adds, Breaks, By as Depends, Words},
    Row,
    Rule::{Each, Entries, Value},
    deprecated, row,
};

pub(super) const ROWS: &[Row] = &[
    row("components/schemas", "schemas", Entries(By::KeyOrContent)),
    row(
        "components/schemas/*",
        "schema {0}",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more type",
                broken: "generated types are named by it",
            },
        ),
    ),
    row("{schema}/$ref", "{0}: type", Value(Breaks(Callers, TYPE))),
    row("{schema}/type", "{0}: type", Value(Breaks(Callers, TYPE))),
    row(
        "{schema}/format",
        "{0}: format",
        Value(Breaks(Callers, TYPE)),
    ),
    row("{schema}/properties", "fields of {0}", Entries(By::Key)),
    row(
        "{schema}/properties/*",
        "field {1} of {0}",
        Each(By::Key, Depends(property)),
    ),
    row(
        "{schema}/items",
        "{0}: items",
        Each(By::Key, Breaks(Callers, TYPE)),
    ),
    row(
        "{schema}/additionalProperties",
        "{0}: additionalProperties",
        Value(Depends(additional)),
    ),
    row(
        "{schema}/x-extensible-enum",
        "codes of {0}",
        Entries(By::Value),
    ),
    row(
        "{schema}/x-extensible-enum/*",
        "code {1} of {0}",
        Value(Adds {
            affected: Readers,
            added: "answers are said to carry one more",
            broken: "answers are no longer said to carry it",
        }),
    ),
    row(
        "{schema}/x-always",
        "{0}: constant value",
        Value(Adds {
            affected: Callers,
            added: "one more value can be relied on",
            broken: "callers who rely on the value get another one",
        }),
    ),
    row(
        "{schema}/deprecated",
        "{0}: deprecation",
        Value(Depends(deprecated)),
    ),
    row("{schema}/description", "{0}: description", Value(Words)),
    row("{schema}/externalDocs", "{0}: documentation", Value(Words)),
    row("{schema}/example", "{0}: example", Value(Words)),
    row("{schema}/x-source", "{0}: source", Value(Words)),
];

const TYPE: &str = "generated code has another type here";

/// A field that comes or goes. One that a request must have refuses those who do not send it.
fn property(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let roles = roles(both, difference);
    let change = match (&difference.was, difference.names.as_slice()) {
        (Some(_), _) if roles.contains(&Role::Response) => difference.change(
            Class::Major,
            Callers,
            "callers read a field that is not there",
        ),
        (Some(_), _) => difference.change(
            Class::Major,
            Callers,
            "callers send a field that is not taken",
        ),
        (None, [schema @ .., _, name])
            if roles.contains(&Role::Request) && requires(&both.is, schema, name) =>
        {
            difference.change(
                Class::Major,
                Callers,
                "a request without it was accepted and is refused now",
            )
        }
        (None, _) if roles.contains(&Role::Response) => {
            difference.change(Class::Minor, Callers, "one more field can be read")
        }
        (None, _) => difference.change(Class::Minor, Callers, "one more field can be sent"),
    };
    vec![change]
}

/// Whether the schema at these names requires `name`.
fn requires(side: &super::Side<'_>, schema: &[String], name: &str) -> bool {
    let path: Vec<&str> = schema.iter().map(String::as_str).collect();
    let required = side
        .root
        .node
        .at_path(&[path.as_slice(), &["required"]].concat());
    let mut required = required.map_or(&[][..], Node::items).iter();
    required.any(|item| item.as_str() == Some(name))
}

/// Strict clients refuse an answer with a field that they do not know, unless the schema says in
/// so many words that there may be some. A request may have any unless the schema says no.
fn additional(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let (was, is) = difference.values();
    let says = |node: Option<&Node>, value| node.and_then(Node::as_bool) == Some(value);
    let is_flag = |node: Option<&Node>| node.is_none_or(|node| node.as_bool().is_some());
    if !is_flag(was) || !is_flag(is) {
        return vec![difference.change(Class::Major, Callers, "other fields have another type")];
    }
    let changes = roles(both, difference).into_iter().map(|role| {
        let (tighter, looser) = match role {
            Role::Request => (
                says(is, false) && !says(was, false),
                says(was, false) && !says(is, false),
            ),
            Role::Response => (
                says(was, true) && !says(is, true),
                says(is, true) && !says(was, true),
            ),
        };
        if tighter {
            let why = match role {
                Role::Request => "a request with other fields was accepted and is refused now",
                Role::Response => "strict clients refuse an answer with a new field",
            };
            difference.change(Class::Major, Callers, why)
        } else if looser {
            difference.change(Class::Minor, Callers, "other fields are let through")
        } else {
            super::same(difference)
        }
    });
    gravest(changes)
}

/// The ways in which values of the schema of this difference travel.
pub(super) fn roles(both: &Both<'_>, difference: &Difference<'_>) -> Vec<Role> {
    let component = difference.names.get(2).map_or("", String::as_str);
    both.roles.of_component(component)
}

/// The gravest of several judgements of one change.
pub(super) fn gravest(changes: impl Iterator<Item = Change>) -> Vec<Change> {
    changes
        .max_by_key(|change| change.class)
        .into_iter()
        .collect()
}
