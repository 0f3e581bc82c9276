//! A code and a message: what the page and the contract have of it.

use face_search_enroll_contract::{
    Example,
    envelope::{CODE, MESSAGE},
    yaml::Node,
};
use face_search_enroll_vendor_page::PrintedCharge;
use serde_json::Value as Json;

use super::{code::outcomes, known::Known};
use crate::check::edit::Place;

/// A code and a message.
pub(super) type Pair<'p> = (&'p str, &'p str);

/// Whether the table of codes of the page has it.
pub(super) fn in_table(known: Known<'_>, (code, message): Pair<'_>) -> bool {
    let mut rows = known.page.response_codes.iter();
    rows.any(|row| row.code == code && row.message == message)
}

/// The example that the page prints of it.
pub(super) fn printed<'k>(known: Known<'k>, (code, message): Pair<'_>) -> Option<&'k Json> {
    let examples = known.page.response_examples.iter();
    let mut bodies = examples.filter_map(|example| example.body.json.as_ref().ok());
    bodies.find(|body| {
        let is = |key: &str, text| body.get(key).and_then(Json::as_str) == Some(text);
        is(CODE, code) && is(MESSAGE, message)
    })
}

/// The example that the contract has of it.
pub(super) fn own_example<'k>(known: Known<'k>, (code, message): Pair<'_>) -> Option<&'k Example> {
    let mut examples = known.operation.examples.iter();
    examples.find(|it| *it.code == code && it.message.value == message)
}

/// The outcomes of the operation whose messages have it, and where.
pub(super) fn own_rules<'k>(known: Known<'k>, (code, message): Pair<'_>) -> Vec<(&'k str, Place)> {
    let mut rules = Vec::new();
    for (outcome, node) in outcomes(known) {
        for item in node.get("messages").map_or(&[][..], Node::items) {
            let is = |key, text| item.get(key).and_then(Node::as_str) == Some(text);
            if is("code", code) && is("message", message) {
                let place = known.outcome(outcome).key("messages");
                rules.push((outcome, place.item(item.to_json())));
            }
        }
    }
    rules
}

/// What the page's table says that such an answer costs.
pub(super) fn charge(known: Known<'_>, (code, message): Pair<'_>) -> Option<&'static str> {
    let mut rows = known.page.response_codes.iter();
    let row = rows.find(|row| row.code == code && row.message == message)?;
    row.charge.map(PrintedCharge::as_str)
}
