//! JSON lines: an object a line, one of whose fields is the id.

use serde_json::{Map, Value};

use super::{entry::InputEntry, id_name::names_ids, lines::Line};

/// The id in `field`, or in the field whose name is one of signature ids.
pub(crate) fn entry(line: &Line, field: Option<&str>) -> InputEntry {
    let bad = |reason| InputEntry::bad(line.number, reason);
    let text = match line.text() {
        Ok(text) => text,
        Err(reason) => return bad(reason),
    };
    let Ok(object) = serde_json::from_str::<Map<String, Value>>(text) else {
        return bad("it is no JSON object".to_owned());
    };
    let value = match field {
        Some(field) => object.get(field),
        None => object
            .iter()
            .find(|(name, _)| names_ids(name))
            .map(|(_, value)| value),
    };
    let name = field.unwrap_or("signature_id");
    match value {
        Some(Value::String(id)) => InputEntry::id(line.number, id),
        Some(_) => bad(format!("{name} is no text")),
        None => bad(format!(
            "it has no {name}; pass --field with the name that it has"
        )),
    }
}
