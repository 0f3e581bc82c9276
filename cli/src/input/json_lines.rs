//! JSON lines: an object a line, one of whose fields is the id.

use serde_json::{Map, Value};

use super::{entry::InputEntry, id_name::names_ids, lines::Line};

/// The id in `field`, or in the field whose name is one of signature ids.
pub(crate) fn entry(line: &Line, field: Option<&str>) -> InputEntry {
    match id(line, field) {
        Ok(id) => InputEntry::id(line.number, &id),
        Err(reason) => InputEntry::bad_line(line, reason),
    }
}

fn id(line: &Line, field: Option<&str>) -> Result<String, String> {
    let Ok(mut object) = serde_json::from_str::<Map<String, Value>>(line.text()?) else {
        return Err("it is no JSON object".to_owned());
    };
    let value = match field {
        Some(field) => find(&mut object, field),
        None => find_id(&mut object)?,
    };
    let name = field.unwrap_or("signature_id");
    match value {
        Some(Value::String(id)) => Ok(id),
        Some(Value::Number(_)) => Err(format!(
            "{name} is a number, which may have lost digits; write the id in quotes"
        )),
        Some(_) => Err(format!("{name} is no text")),
        None => Err(format!(
            "it has no {name}; pass --field with the name that it has"
        )),
    }
}

fn find_id(object: &mut Map<String, Value>) -> Result<Option<Value>, String> {
    let mut named = object.iter_mut().filter(|(name, _)| names_ids(name));
    let Some((name, value)) = named.next() else {
        return Ok(None);
    };
    if let Some((other, _)) = named.next() {
        return Err(format!(
            "both {name} and {other} may be the id; pass --field with one of them"
        ));
    }
    Ok(Some(value.take()))
}

/// The field of this name, or else, where the name has dots, the one that this path leads to.
fn find(object: &mut Map<String, Value>, field: &str) -> Option<Value> {
    if let Some(value) = object.get_mut(field) {
        return Some(value.take());
    }
    field.match_indices('.').find_map(|(at, dot)| {
        let (name, rest) = field.split_at(at);
        let inner = object.get_mut(name)?.as_object_mut()?;
        find(inner, rest.strip_prefix(dot)?)
    })
}
