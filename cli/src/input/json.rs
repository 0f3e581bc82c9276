//! JSON lines: an object a line, one of whose fields is the id.

use serde_json::{Map, Value};

use super::{Entry, lines::Line};

/// The id in `field`, or in the field whose name is one of signature ids.
pub(crate) fn entry(line: &Line, field: Option<&str>) -> Entry {
    let number = line.number;
    let object: Map<String, Value> = match serde_json::from_slice(&line.bytes) {
        Ok(object) => object,
        Err(_) => return Entry::bad(number, "it is no JSON object".to_owned()),
    };
    let value = match field {
        Some(field) => object.get(field),
        None => object
            .iter()
            .find(|(name, _)| super::names_ids(name))
            .map(|(_, value)| value),
    };
    let name = field.unwrap_or("signature_id");
    match value {
        Some(Value::String(id)) => Entry::id(number, id),
        Some(_) => Entry::bad(number, format!("{name} is no text")),
        None => Entry::bad(
            number,
            format!("it has no {name}; pass --field with the name that it has"),
        ),
    }
}
