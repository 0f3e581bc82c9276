//! A code and a message: where the page and the contract have them.

use face_search_enroll_contract::{Example, yaml::Node};
use face_search_enroll_vendor_page::PrintedCharge;
use serde_json::Value as Json;

use super::{code::outcomes, known::Known};
use crate::{edit::Place, pieces::pair_of};

/// A code and a message.
pub(super) type Pair<'p> = (&'p str, &'p str);

/// Whether the page's table of codes has it.
pub(super) fn in_table(known: Known<'_>, (code, message): Pair<'_>) -> bool {
    let mut rows = known.page.response_codes.iter();
    rows.any(|row| row.code == code && row.message == message)
}

/// The page's example of it.
pub(super) fn printed<'k>(known: Known<'k>, (code, message): Pair<'_>) -> Option<&'k Json> {
    let examples = known.page.response_examples.iter();
    let mut bodies = examples.filter_map(|example| example.body.json.as_ref().ok());
    bodies.find(|body| pair_of(body) == Some((code, message)))
}

/// The contract's example of it.
pub(super) fn own_example<'k>(known: Known<'k>, (code, message): Pair<'_>) -> Option<&'k Example> {
    let mut examples = known.operation.examples.iter();
    examples.find(|it| *it.code == code && it.message.value == message)
}

/// The outcomes of the operation that list it among their messages, and the places.
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

/// What such an answer costs, by the page's table.
pub(super) fn charge(known: Known<'_>, (code, message): Pair<'_>) -> Option<&'static str> {
    let mut rows = known.page.response_codes.iter();
    let row = rows.find(|row| row.code == code && row.message == message)?;
    row.charge.map(PrintedCharge::as_str)
}
