//! Codes, and what answers cost.

use face_search_enroll_contract::{Rule, yaml::Node};

use super::{
    candidate::Candidate,
    known::{Known, schema, value_of},
};
use crate::{
    edit::{Edit, Place},
    settle::group::Group,
    yaml::quoted,
};

/// The codes that the page lists.
pub(super) fn listed(known: Known<'_>) -> Place {
    schema(&known.own().code_schema()).key("x-extensible-enum")
}

/// The edit that lists a code, unless it is listed.
pub(super) fn list(known: Known<'_>, code: &str) -> Option<Edit> {
    let mut codes = known.operation.codes.iter();
    let is_listed = codes.any(|it| **it == *code);
    let item = format!("- {}", quoted(code));
    (!is_listed).then(|| listed(known).insert(vec![item]))
}

pub(super) fn ways(known: Known<'_>, group: &Group, code: &str) -> Vec<Candidate> {
    if !group.is_gone() {
        let edits = list(known, code).into_iter().collect();
        return vec![Candidate::new("add the code", edits)];
    }
    let is_of_code = |rule: &Rule| *rule.code == code;
    let emptied = emptied(known, is_of_code);
    let mut edits = vec![listed(known).item(code).remove()];
    edits.extend(claims(known, code, &emptied).into_iter().map(Place::remove));
    let examples = known.operation.examples.iter();
    let of_code = examples.filter(|example| *example.code == code);
    edits.extend(of_code.map(|example| known.examples().key(&example.name).remove()));
    edits.extend(emptied.into_iter().map(|name| known.outcome(name).remove()));
    vec![Candidate::new("remove the code and its messages", edits)]
}

/// The outcomes which nothing means any more once some rules go.
pub(super) fn emptied(known: Known<'_>, goes: impl Fn(&Rule) -> bool) -> Vec<&str> {
    let own = outcomes(known).map(|(name, _)| name);
    let empty = own.filter(|name| {
        let mut all = known.operation.outcomes.iter();
        let outcome = all.find(|outcome| *outcome.name == **name);
        outcome.is_some_and(|it| it.rules.iter().all(&goes) && it.statuses.is_empty())
    });
    empty.collect()
}

/// Where the outcomes of the operation that stay name a code, alone or with a message.
fn claims(known: Known<'_>, code: &str, goes: &[&str]) -> Vec<Place> {
    let mut places = Vec::new();
    for (outcome, node) in outcomes(known).filter(|(name, _)| !goes.contains(name)) {
        for list in ["codes", "messages"] {
            let items = node.get(list).map_or(&[][..], Node::items).iter();
            let named = items.filter(|item| {
                let of = item.get("code").unwrap_or(item);
                of.as_str() == Some(code)
            });
            let place = known.outcome(outcome).key(list);
            places.extend(named.map(|item| place.item(item.to_json())));
        }
    }
    places
}

/// The item of a code in the codes of the operation's outcomes.
pub(super) fn alone(known: Known<'_>, code: &str) -> Option<Place> {
    outcomes(known).find_map(|(outcome, node)| {
        let mut items = node.get("codes").map_or(&[][..], Node::items).iter();
        let item = items.find(|item| item.get("code").unwrap_or(item).as_str() == Some(code))?;
        Some(known.outcome(outcome).key("codes").item(item.to_json()))
    })
}

/// The outcomes that the operation has of its own.
pub(super) fn outcomes(known: Known<'_>) -> impl Iterator<Item = (&str, &Node)> {
    let outcomes = value_of(known.contract, known.operation, "x-outcomes");
    let outcomes = outcomes.map_or(&[][..], Node::entries).iter();
    outcomes.map(|(name, node)| (name.text.as_str(), node))
}

pub(super) fn charge(known: Known<'_>, outcome: &str, charge: &str) -> Vec<Candidate> {
    let place = known.outcome(outcome);
    let mut own = outcomes(known).filter(|(name, _)| *name == outcome);
    let edit = match own.next() {
        Some((_, node)) if node.get("charge").is_some() => place.key("charge").set(charge),
        Some(_) => place.insert(vec![format!("charge: {charge}")]),
        None => return Vec::new(),
    };
    vec![Candidate::new(
        format!("set the charge of {outcome} to {charge}"),
        vec![edit],
    )]
}
