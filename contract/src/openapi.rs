//! Reads the contract with openapiv3, and checks that openapiv3 keeps every key.

use serde_json::Value as Json;

use crate::{
    position::Position,
    reader::Reader,
    yaml::{Node, Value},
};

/// Reads the tree as an OpenAPI 3.0 document. It is a problem if openapiv3 rejects or drops
/// something.
pub(crate) fn read(reader: &mut Reader, root: &Node) -> Option<openapiv3::OpenAPI> {
    let json = root.to_json();
    let document: openapiv3::OpenAPI = match serde_path_to_error::deserialize(&json) {
        Ok(document) => document,
        Err(error) => {
            reader.problem(
                deepest(root, error.path()),
                format!("this is not valid OpenAPI 3.0: {}", error.inner()),
                "write what OpenAPI 3.0 allows here",
            );
            return None;
        }
    };
    match serde_json::to_value(&document) {
        Ok(kept) => report_dropped(reader, root, &kept),
        Err(error) => reader.problem(
            root.at,
            format!("the document cannot be serialised: {error}"),
            "simplify it",
        ),
    }
    Some(document)
}

/// Keys that openapiv3 omits when their value is the default.
const OMITTED_DEFAULTS: [&str; 14] = [
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

/// The position of the deepest node on the path of the error. Flattened parts are missing from the
/// path.
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

/// Compares the tree with what openapiv3 kept of it. No tool would see a key that is missing there.
fn report_dropped(reader: &mut Reader, node: &Node, kept: &Json) {
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                match kept.get(&key.text) {
                    Some(kept) => report_dropped(reader, value, kept),
                    // openapiv3 omits a value that equals the default.
                    None if OMITTED_DEFAULTS.contains(&key.text.as_str()) && is_default(value) => {}
                    None => reader.problem(
                        key.at,
                        format!("OpenAPI 3.0 has no key {} here", key.text),
                        format!("remove it, or write x-{} for an extension", key.text),
                    ),
                }
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                match kept.get(index) {
                    Some(kept) => report_dropped(reader, item, kept),
                    None => reader.problem(item.at, "OpenAPI 3.0 has no item here", "remove it"),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let written = node.to_json();
            if !same_scalar(&written, kept) {
                reader.problem(
                    node.at,
                    format!("OpenAPI 3.0 reads the value {written} as {kept}"),
                    "write the value that you mean",
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

/// Compares numbers by value, because openapiv3 may turn `1` into `1.0`.
fn same_scalar(written: &Json, kept: &Json) -> bool {
    match (written.as_f64(), kept.as_f64()) {
        (Some(written), Some(kept)) => (written - kept).abs() < f64::EPSILON,
        _ => written == kept,
    }
}
