//! JSON lines: an object a line, one of whose fields is the id.

use serde_json::{Map, Value};

use super::{
    entry::InputEntry,
    id_name::{USUAL, names_ids},
    lines::Line,
};

/// The id in `field`, or in the field whose name is one of signature ids.
pub(crate) fn entry(line: &Line, field: Option<&str>) -> InputEntry {
    let read = line.text().and_then(|text| {
        let object = serde_json::from_str::<Map<String, Value>>(text);
        object.map_err(|_| "it is no JSON object".to_owned())
    });
    let entry = read.and_then(|object| match value(&object, field)? {
        Value::String(id) => Ok(InputEntry::id(line.number, id)),
        value => Err(format!("{} {}", shown(field), what_is_wrong(value))),
    });
    entry.unwrap_or_else(|reason| InputEntry::bad_line(line, reason))
}

fn value<'o>(object: &'o Map<String, Value>, field: Option<&str>) -> Result<&'o Value, String> {
    let found = match field {
        Some(field) => find(object, field),
        None => find_id(object)?,
    };
    found.ok_or_else(|| {
        let field = shown(field);
        format!("it has no {field}; pass --field with the name that it has")
    })
}

fn shown(field: Option<&str>) -> &str {
    field.unwrap_or(USUAL)
}

fn what_is_wrong(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "is a number, which may have lost digits; write the id in quotes",
        _ => "is no text",
    }
}

fn find_id(object: &Map<String, Value>) -> Result<Option<&Value>, String> {
    let mut named = object.iter().filter(|(name, _)| names_ids(name));
    let Some((name, value)) = named.next() else {
        return Ok(None);
    };
    match named.next() {
        None => Ok(Some(value)),
        Some((other, _)) => Err(format!(
            "both {name} and {other} may be the id; pass --field with one of them"
        )),
    }
}

/// The field of this name, or else, where the name has dots, the one that this path leads to.
fn find<'o>(object: &'o Map<String, Value>, field: &str) -> Option<&'o Value> {
    let inner = |(at, dot): (usize, &str)| {
        let (name, rest) = field.split_at(at);
        find(object.get(name)?.as_object()?, rest.strip_prefix(dot)?)
    };
    object
        .get(field)
        .or_else(|| field.match_indices('.').find_map(inner))
}
