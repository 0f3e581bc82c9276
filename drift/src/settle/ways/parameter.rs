//! The parameters in the body of a request.

use face_search_enroll_contract::{Field, RequestExample};

use super::{candidate::Candidate, example, known::Known};
use crate::{
    edit::{Edit, Place},
    finding::Open,
    settle::{group::Group, skeleton},
    subject::Subject,
    yaml::quoted,
};

pub(super) fn ways(
    known: Known<'_>,
    group: &Group,
    name: &str,
    went: Option<&Subject>,
) -> Vec<Candidate> {
    match went {
        Some(Subject::Parameter(old)) => {
            let what = format!("rename {old} to {name}");
            let here = renamed(known, old, name, false);
            let everywhere = renamed(known, old, name, true);
            let mut as_printed = here.clone();
            as_printed.extend(example::request(known).into_iter().flat_map(|it| it.edits));
            let attempts = [everywhere, as_printed, here];
            attempts.map(|edits| Candidate::new(&what, edits)).into()
        }
        _ if group.is_gone() => {
            let what = "remove it from the request";
            let with = |examples| Candidate::new(what, gone(known, name, examples));
            vec![with(false), with(true)]
        }
        _ => new(known, name),
    }
}

fn new(known: Known<'_>, name: &str) -> Vec<Candidate> {
    let mut parameters = known.page.request_parameters.iter();
    let Some(parameter) = parameters.find(|it| it.name == name) else {
        return Vec::new();
    };
    let schema = known.request_schema();
    let lines = skeleton::new_parameter(parameter, known.page);
    let property = vec![schema.key("properties").insert(lines)];
    let printed = example::request(known).into_iter().flat_map(|it| it.edits);
    let printed: Vec<_> = printed.collect();
    let member = |edits: Vec<Edit>| {
        let with_example = edits.iter().chain(&printed).cloned().collect();
        let what = "add it to the request";
        [with_example, edits].map(|edits| Candidate::new(what, edits))
    };
    if parameter.optional {
        return member(property).into();
    }
    let mut all = property.clone();
    all.push(required(known, name));
    let left_out = "add it as an optional member: the page's own request does not have it";
    let left_out = Candidate::new(left_out, property).open(Open::Choice);
    member(all).into_iter().chain([left_out]).collect()
}

pub(super) fn required(known: Known<'_>, name: &str) -> Edit {
    let item = format!("- {}", quoted(name));
    known.request_schema().key("required").insert(vec![item])
}

fn field<'k>(known: Known<'k>, name: &str) -> Option<&'k Field> {
    known.operation.request.field(name)
}

pub(super) fn is_required(known: Known<'_>, name: &str) -> bool {
    field(known, name).is_some_and(|field| field.required)
}

/// The request examples with this member.
fn examples_with(known: Known<'_>, name: &str) -> Vec<Place> {
    let examples = known.operation.request_examples.iter();
    let with = examples.filter(|example| example.body.get(name).is_some());
    let place = |example: &RequestExample| known.request_examples().key(&example.name).key("value");
    with.map(place).collect()
}

/// The new name in the schema, in everything that names the member there, and in the examples if wanted.
fn renamed(known: Known<'_>, old: &str, name: &str, examples: bool) -> Vec<Edit> {
    let schema = known.request_schema();
    let new = quoted(name);
    let mut edits = vec![schema.key("properties").key(old).rename(&new)];
    if is_required(known, old) {
        edits.push(schema.key("required").item(old).set(&new));
    }
    let effect = known.operation.effect.as_ref();
    if effect.is_some_and(|effect| *effect.of == old) {
        edits.push(known.place().key("x-effect").key("of").set(&new));
    }
    let signed = known.operation.request.fields.iter();
    for field in signed {
        let over = field.signature.iter().flat_map(|it| &it.over);
        if over.into_iter().any(|it| **it == *old) {
            let signature = schema.key("properties").key(&field.name).key("x-signature");
            edits.push(signature.key("over").item(old).set(&new));
            edits.push(signature.key("x-example").key(old).rename(&new));
        }
    }
    if examples {
        let places = examples_with(known, old).into_iter();
        edits.extend(places.map(|it| it.key(old).rename(&new)));
    }
    edits
}

fn gone(known: Known<'_>, name: &str, examples: bool) -> Vec<Edit> {
    let schema = known.request_schema();
    let mut edits = vec![schema.key("properties").key(name).remove()];
    if is_required(known, name) {
        edits.push(schema.key("required").item(name).remove());
    }
    if examples {
        let places = examples_with(known, name).into_iter();
        edits.extend(places.map(|it| it.key(name).remove()));
    }
    edits
}
