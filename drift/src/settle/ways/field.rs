//! The fields of an answer.

use face_search_enroll_contract::yaml::Node;
use heck::ToUpperCamelCase;
use serde_json::Value as Json;

use super::{
    candidate::Candidate,
    known::{Known, schema},
    rules::changed,
};
use crate::{
    compare::{DETAILS, stated_details},
    edit::{Edit, Place},
    settle::{group::Group, skeleton},
    subject::Subject,
};

pub(super) fn ways(
    known: Known<'_>,
    group: &Group,
    name: &str,
    went: Option<&Subject>,
) -> Vec<Candidate> {
    match went {
        Some(Subject::Field(old)) => {
            let mut replaced = new(known, name);
            replaced.extend(gone(known, old));
            vec![
                Candidate::new(format!("replace {old} with it"), replaced),
                Candidate::new(format!("add it, and keep {old}"), new(known, name)),
            ]
        }
        _ if group.is_gone() => {
            vec![Candidate::new(
                "remove it from the answer",
                gone(known, name),
            )]
        }
        _ => vec![Candidate::new("add it to the answer", new(known, name))],
    }
}

fn new(known: Known<'_>, name: &str) -> Vec<Edit> {
    let mut fields = known.page.response_fields.iter();
    let Some(field) = fields.find(|it| it.name == name) else {
        return Vec::new();
    };
    let prefix = known.operation.id.to_upper_camel_case();
    let (property, referred) = skeleton::new_field(field, &prefix, known.page);
    let mut edits = vec![known.response_schema().key("properties").insert(property)];
    if !referred.is_empty() {
        edits.push(Place::of(["components", "schemas"]).insert(referred));
    }
    edits
}

/// Removes the property, and the schema that nothing else refers to.
fn gone(known: Known<'_>, name: &str) -> Vec<Edit> {
    let properties = known.response_schema().key("properties");
    let mut edits = vec![properties.key(name).remove()];
    let referred = known.own().referred(&known.operation.response.schema, name);
    if let Some(referred) = referred {
        let reference = format!("#/components/schemas/{referred}");
        if references(&known.contract.tree, &reference) == 1 {
            edits.push(schema(&referred).remove());
        }
    }
    edits
}

/// How many references to a schema there are.
fn references(node: &Node, reference: &str) -> usize {
    let entries = node.entries().iter();
    let own = entries
        .clone()
        .filter(|(key, value)| key.text == "$ref" && value.as_str() == Some(reference));
    let below = entries.map(|(_, value)| value).chain(node.items());
    own.count() + below.map(|node| references(node, reference)).sum::<usize>()
}

pub(super) fn member(
    known: Known<'_>,
    group: &Group,
    (field, name): (&str, &str),
    went: Option<&Subject>,
) -> Vec<Candidate> {
    let Some(referred) = known
        .own()
        .referred(&known.operation.response.schema, field)
    else {
        return Vec::new();
    };
    let properties = schema(&referred).key("properties");
    let lines = || skeleton::new_member(field, name, known.page);
    match went {
        Some(Subject::Member(_, old)) => {
            let renamed = properties.key(old).rename(name);
            vec![
                Candidate::new(format!("rename {old} to {name}"), vec![renamed]),
                Candidate::new(
                    format!("add it, and keep {old}"),
                    vec![properties.insert(lines())],
                ),
            ]
        }
        _ if group.is_gone() => {
            let edits = vec![properties.key(name).remove()];
            vec![Candidate::new("remove it from the answer", edits)]
        }
        _ => {
            let edits = vec![properties.insert(lines())];
            vec![Candidate::new("add it to the answer", edits)]
        }
    }
}

/// What the page states about a field: its greatest length, its constant value, whether it is deprecated.
pub(super) fn rules(known: Known<'_>, name: &str) -> Vec<Candidate> {
    let mut fields = known.page.response_fields.iter();
    let Some(field) = fields.find(|it| it.name == name) else {
        return Vec::new();
    };
    let schema = &known.operation.response.schema;
    let place = known.response_schema().key("properties").key(name);
    let own = |key| known.own().rule(schema, name, key).map(Node::to_json);
    let stated = stated_details(field).map(|text| text.map(|text| value(&text)));
    let details = DETAILS.iter().zip(stated);
    let edits = details.filter_map(|((_, key), stated)| changed(&place, key, own(key), stated));
    let edits: Vec<_> = edits.collect();
    if edits.is_empty() {
        return Vec::new();
    }
    vec![Candidate::new("follow the page", edits)]
}

/// A number, a boolean or a text.
fn value(text: &str) -> Json {
    match text {
        "true" => Json::Bool(true),
        _ => text.parse::<u64>().map_or_else(|_| text.into(), Json::from),
    }
}
