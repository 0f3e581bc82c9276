//! The copy of the OpenAPI document that Swagger UI gets: the names of the response examples, as
//! its drop-down shows them, say which outcome they are.

use face_search_enroll_contract::Contract;
use serde_json::Value;

/// The document with its keys in the order of the contract.
pub(crate) fn document(contract: &Contract) -> Value {
    let mut document = contract.tree.to_json();
    let operation = &contract.operation;
    let responses = document
        .get_mut("paths")
        .and_then(|paths| paths.get_mut(operation.path.as_str()))
        .and_then(|path| path.get_mut(operation.method.to_ascii_lowercase()))
        .and_then(|operation| operation.get_mut("responses"));
    for response in members(responses) {
        for media in members(response.get_mut("content")) {
            members(media.get_mut("examples")).for_each(name_outcome);
        }
    }
    document
}

fn members(value: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    value
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|object| object.values_mut())
}

/// Puts the outcome before the summary.
fn name_outcome(example: &mut Value) {
    let text = |key| example.get(key).and_then(Value::as_str);
    let named = match (text("x-outcome"), text("summary")) {
        (Some(outcome), Some(summary)) => format!("{outcome}: {summary}"),
        (Some(outcome), None) => outcome.to_owned(),
        (None, _) => return,
    };
    if let Some(example) = example.as_object_mut() {
        example.insert("summary".to_owned(), named.into());
    }
}
