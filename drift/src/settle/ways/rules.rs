//! What the page states about a parameter: its type, its limits, and whether it is optional.

use face_search_enroll_contract::yaml::Node;
use serde_json::{Value as Json, json};

use super::{
    candidate::Candidate,
    known::Known,
    parameter::{is_required, required},
};
use crate::{
    compare::{RULES, stated_rules},
    edit::{Edit, Place},
    finding::Open,
    settle::group::Group,
    source::{EARLIER, OURS},
    yaml::inline,
};

/// The ways to settle what the page states about a parameter.
pub(super) fn ways(known: Known<'_>, group: &Group, name: &str) -> Vec<Candidate> {
    let mut parameters = known.page.request_parameters.iter();
    let Some(parameter) = parameters.find(|it| it.name == name) else {
        return Vec::new();
    };
    let place = known.request_schema().key("properties").key(name);
    let own = |key: &str| -> Option<Json> {
        let schema = &known.operation.request.schema;
        known.own().rule(schema, name, key).map(Node::to_json)
    };
    // The contract's own rules, which the page does not state.
    if group.findings.iter().all(|it| it.fact.ends_with(" rule")) {
        let mut edits: Vec<_> = OURS.named(known.contract).into_iter().collect();
        edits.push(place.insert(vec![format!("x-source: {}", OURS.0)]));
        return vec![Candidate::new("keep it, and mark it as ours", edits).open(Open::Choice)];
    }
    // What an erratum settles stays as it is.
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
    let mut candidates = vec![Candidate::new("follow the page", edits)];
    if group.is_gone() && is_from_page {
        let mut edits: Vec<_> = EARLIER.named(known.contract).into_iter().collect();
        edits.push(place.insert(vec![format!("x-source: {}", EARLIER.0)]));
        let what = "keep the rules, and name their source";
        candidates.push(Candidate::new(what, edits));
    }
    candidates
}

/// The edit that brings an entry of a mapping in line with the page.
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
