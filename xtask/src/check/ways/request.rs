//! What a request carries.

use face_search_enroll_contract::yaml::Node;
use serde_json::{Value as Json, json};

use super::{candidate::Candidate, example, known::Known};
use crate::check::{
    edit::{Edit, Place},
    finding::Open,
    group::Group,
    request::{RULES, stated_rules},
    skeleton,
    source::{EARLIER, OURS},
    subject::Subject,
    write::{inline, quoted},
};

/// The printed body, or, where values of it are masked, its members with the values of the contract.
pub(super) fn example(known: Known<'_>) -> Vec<Candidate> {
    let printed = known.page.request_example.as_ref();
    let printed = printed.and_then(|it| it.body.as_ref()?.json.as_ref().ok());
    let (Some(printed), Some(own)) = (printed, known.operation.request_examples.first()) else {
        return Vec::new();
    };
    let is_masked = |value: &Json| value.as_str().is_some_and(|text| text.contains("**"));
    let mut body = printed.clone();
    let members = body.as_object_mut();
    let any_masked = members.is_some_and(|members| members.values().any(is_masked));
    if any_masked && let Some(members) = body.as_object_mut() {
        for (name, value) in members {
            if let Some(own) = own.body.get(name) {
                *value = own.clone();
            }
        }
    }
    let place = known.request_examples().key(&own.name);
    let edits = example::edits(&place, &own.body, &body);
    vec![Candidate::new("write the page's request", edits)]
}

pub(super) fn parameter(
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
            as_printed.extend(example(known).into_iter().flat_map(|it| it.edits));
            let attempts = [everywhere, as_printed, here];
            attempts.map(|edits| Candidate::new(&what, edits)).into()
        }
        _ if group.is_gone() => {
            let what = "take it out of the request";
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
    let printed = example(known).into_iter().flat_map(|it| it.edits);
    let printed: Vec<_> = printed.collect();
    let member = |edits: Vec<Edit>| {
        let with_example = edits.iter().chain(&printed).cloned().collect();
        let what = "write it as a member of the request";
        [with_example, edits].map(|edits| Candidate::new(what, edits))
    };
    if parameter.optional {
        return member(property).into();
    }
    let mut all = property.clone();
    all.push(required(known, name));
    let left_out = "write it as a member that may be left out: the page's request does without it";
    let left_out = Candidate::new(left_out, property).open(Open::Choice);
    member(all).into_iter().chain([left_out]).collect()
}

fn required(known: Known<'_>, name: &str) -> Edit {
    let item = format!("- {}", quoted(name));
    known.request_schema().key("required").insert(vec![item])
}

fn field<'k>(known: Known<'k>, name: &str) -> Option<&'k face_search_enroll_contract::Field> {
    known.operation.request.field(name)
}

fn is_required(known: Known<'_>, name: &str) -> bool {
    field(known, name).is_some_and(|field| field.required)
}

/// The request examples that have the member.
fn examples_with(known: Known<'_>, name: &str) -> Vec<Place> {
    let examples = known.operation.request_examples.iter();
    let with = examples.filter(|example| example.body.get(name).is_some());
    let place = |example: &face_search_enroll_contract::RequestExample| {
        known.request_examples().key(&example.name).key("value")
    };
    with.map(place).collect()
}

/// The new name in the schema, in what names the member there, and in the examples or not.
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

/// What the page states of a member: its type, whether it may be left out, and its limits.
pub(super) fn rules(known: Known<'_>, group: &Group, name: &str) -> Vec<Candidate> {
    let mut parameters = known.page.request_parameters.iter();
    let Some(parameter) = parameters.find(|it| it.name == name) else {
        return Vec::new();
    };
    let place = known.request_schema().key("properties").key(name);
    let own = |key: &str| -> Option<Json> {
        let schema = &known.operation.request.schema;
        let path = ["components", "schemas", schema, "properties", name, key];
        known.contract.tree.at_path(&path).map(Node::to_json)
    };
    // The contract's own rules, of which the page says nothing.
    if group.findings.iter().all(|it| it.fact.ends_with(" rule")) {
        let mut edits: Vec<_> = OURS.named(known.contract).into_iter().collect();
        edits.push(place.insert(vec![format!("x-source: {}", OURS.0)]));
        return vec![Candidate::new("say that it is ours", edits).open(Open::Choice)];
    }
    // What an erratum settles stays.
    let is_open = |key: &str| {
        let fact = format!("request parameter {name} {key}");
        group.findings.iter().any(|finding| finding.fact == fact)
    };
    let mut edits = Vec::new();
    if let Some(stated) = parameter.type_name.as_ref().filter(|_| is_open("type")) {
        edits.extend(changed(&place, "type", own("type"), Some(json!(stated))));
    }
    match (parameter.optional, is_required(known, name)) {
        _ if !is_open("optional") => {}
        (true, true) => {
            let required = known.request_schema().key("required");
            edits.push(required.item(name).remove());
        }
        (false, false) => edits.push(required(known, name)),
        _ => {}
    }
    let is_from_page = own("x-source").is_none();
    for (key, stated) in RULES.into_iter().zip(stated_rules(parameter)) {
        if is_open(key) {
            edits.extend(changed(&place, key, own(key), stated.map(Json::from)));
        }
    }
    let mut candidates = vec![Candidate::new("write what the page states", edits)];
    if group.is_gone() && is_from_page {
        let mut edits: Vec<_> = EARLIER.named(known.contract).into_iter().collect();
        edits.push(place.insert(vec![format!("x-source: {}", EARLIER.0)]));
        let what = "keep the rules, and say where they are from";
        candidates.push(Candidate::new(what, edits));
    }
    candidates
}

/// The edit that makes an entry of a mapping what it is to be.
pub(super) fn changed(
    place: &Place,
    key: &str,
    own: Option<Json>,
    stated: Option<Json>,
) -> Option<Edit> {
    match (own, stated) {
        (Some(own), Some(stated)) if own != stated => Some(place.key(key).set(inline(&stated))),
        (None, Some(stated)) => Some(
            place
                .clone()
                .insert(vec![format!("{key}: {}", inline(&stated))]),
        ),
        (Some(_), None) => Some(place.key(key).remove()),
        _ => None,
    }
}

/// The worked example of the page, in its order.
pub(super) fn signature(known: Known<'_>) -> Vec<Candidate> {
    let mut fields = known.operation.request.fields.iter();
    let signed = fields.find_map(|field| Some((field, field.signature.as_ref()?)));
    let (Some(example), Some((field, signature))) = (&known.page.signature_example, signed) else {
        return Vec::new();
    };
    let schema = known.request_schema().key("properties").key(&field.name);
    let place = schema.key("x-signature");
    let text = |name: &str| {
        let mut texts = signature.example.iter();
        texts.find(|(it, _)| **it == *name).map(|(_, text)| text)
    };
    let mut edits = Vec::new();
    let over: Vec<_> = signature.over.iter().map(|it| it.as_str()).collect();
    let order: Vec<_> = example.inputs.iter().map(|it| it.name.as_str()).collect();
    if over != order {
        edits.push(place.key("over").set(inline(&json!(order))));
    }
    let inputs = example
        .inputs
        .iter()
        .map(|it| (it.name.as_str(), &it.value));
    let result = example.result.iter();
    let result = result.map(|it| (field.name.as_str(), &it.value));
    for (name, value) in inputs.chain(result) {
        // In quotes: each is a text, a number among them.
        let new = Json::from(value.as_str()).to_string();
        match text(name) {
            Some(own) if own == value => {}
            Some(_) => edits.push(place.key("x-example").key(name).set(new)),
            None => edits.push(
                place
                    .key("x-example")
                    .insert(vec![format!("{}: {new}", quoted(name))]),
            ),
        }
    }
    vec![Candidate::new("write the page's example", edits)]
}
