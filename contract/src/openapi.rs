//! The contract as OpenAPI: that openapiv3 can read it, and that it keeps every key of it.

use serde_json::Value as Json;

use crate::{
    position::Position,
    reader::Reader,
    yaml::{Node, Value},
};

/// Reads the tree as an OpenAPI 3.0 document; what openapiv3 refuses or drops is a problem.
pub(crate) fn read(reader: &mut Reader, root: &Node) -> Option<openapiv3::OpenAPI> {
    let json = root.to_json();
    let document: openapiv3::OpenAPI = match serde_path_to_error::deserialize(&json) {
        Ok(document) => document,
        Err(error) => {
            reader.problem(
                deepest(root, error.path()),
                format!("not an OpenAPI 3.0 document: {}", error.inner()),
                "write what OpenAPI 3.0 says for this place",
            );
            return None;
        }
    };
    match serde_json::to_value(&document) {
        Ok(kept) => report_dropped(reader, root, &kept),
        Err(error) => reader.problem(
            root.at,
            format!("a document that does not serialise: {error}"),
            "simplify it",
        ),
    }
    Some(document)
}

/// Keys that openapiv3 leaves out when their value is the default.
const LEFT_OUT: [&str; 14] = [
    "required",
    "deprecated",
    "nullable",
    "readOnly",
    "writeOnly",
    "uniqueItems",
    "enum",
    "properties",
    "tags",
    "servers",
    "parameters",
    "examples",
    "allowReserved",
    "allowEmptyValue",
];

/// The place of the deepest node on the error's path; flattened parts of it are not in the path.
fn deepest(root: &Node, path: &serde_path_to_error::Path) -> Position {
    use serde_path_to_error::Segment;

    let mut node = root;
    let mut at = root.at;
    for segment in path {
        let next = match segment {
            Segment::Map { key } => node.entry(key).map(|(key, value)| (key.at, value)),
            Segment::Seq { index } => node.items().get(*index).map(|item| (item.at, item)),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        let Some((next_at, next_node)) = next else {
            break;
        };
        (at, node) = (next_at, next_node);
    }
    at
}

/// Compares the tree with what openapiv3 gives back: a key that is missing there is one that no
/// tool would see.
fn report_dropped(reader: &mut Reader, node: &Node, kept: &Json) {
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                match kept.get(&key.text) {
                    Some(kept) => report_dropped(reader, value, kept),
                    // What equals the default is left out when it is written again.
                    None if LEFT_OUT.contains(&key.text.as_str()) && is_default(value) => {}
                    None => reader.problem(
                        key.at,
                        format!("key {} that OpenAPI 3.0 does not have here", key.text),
                        format!("remove it, or write x-{} for an extension", key.text),
                    ),
                }
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                match kept.get(index) {
                    Some(kept) => report_dropped(reader, item, kept),
                    None => reader.problem(
                        item.at,
                        "an item that OpenAPI 3.0 does not have here",
                        "remove it",
                    ),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let written = node.to_json();
            if !same_scalar(&written, kept) {
                reader.problem(
                    node.at,
                    format!("value {written} that OpenAPI 3.0 reads as {kept}"),
                    "write the value that is meant",
                );
            }
        }
    }
}

fn is_default(node: &Node) -> bool {
    match &node.value {
        Value::Bool(value) => !value,
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Null | Value::Number(_) | Value::String(_) => false,
    }
}

/// Numbers are compared by value: `1` may come back as `1.0`.
fn same_scalar(written: &Json, kept: &Json) -> bool {
    match (written.as_f64(), kept.as_f64()) {
        (Some(written), Some(kept)) => (written - kept).abs() < f64::EPSILON,
        _ => written == kept,
    }
}
