//! JSON Lines: one object per line, with the id in one of its fields.

use serde_json::{Map, Value};

use super::{
    entry::InputEntry,
    id_name::{USUAL, names_ids},
    lines::Line,
};

/// The id in `field`, or else in the field that is named like a signature id.
pub(crate) fn entry(line: &Line, field: Option<&str>) -> InputEntry {
    let read = line.text().and_then(|text| {
        let object = serde_json::from_str::<Map<String, Value>>(text);
        object.map_err(|_| "the line is not a JSON object; write one object per line".to_owned())
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
        format!(
            "there is no field {field}; pass --field with the name of the field that holds the id"
        )
    })
}

fn shown(field: Option<&str>) -> &str {
    field.unwrap_or(USUAL)
}

fn what_is_wrong(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "is a number, which may have lost digits; write the id as a string",
        _ => "is not a string; write the id as a string",
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
            "both {name} and {other} may hold the id; pass --field with one of them"
        )),
    }
}

/// The field with this name, or else the field at this path, if the name has dots.
fn find<'o>(object: &'o Map<String, Value>, field: &str) -> Option<&'o Value> {
    let inner = |(at, dot): (usize, &str)| {
        let (name, rest) = field.split_at(at);
        find(object.get(name)?.as_object()?, rest.strip_prefix(dot)?)
    };
    object
        .get(field)
        .or_else(|| field.match_indices('.').find_map(inner))
}
