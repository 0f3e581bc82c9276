//! Whether a value fits a schema of the contract. Knows only what the contract uses: types, null, lengths,
//! limits, required members, references.

use face_search_enroll_contract::yaml::Node;
use serde_json::Value as Json;

/// What in `value` does not fit the schema at `name`; each as `PLACE: what is wrong`.
pub(super) fn misfits(root: &Node, name: &str, value: &Json) -> Vec<String> {
    let mut misfits = Vec::new();
    match root.at_path(&["components", "schemas", name]) {
        Some(schema) => fit(root, schema, value, "body", &mut misfits),
        None => misfits.push(format!("body: there is no schema {name}")),
    }
    misfits
}

fn fit(root: &Node, schema: &Node, value: &Json, place: &str, misfits: &mut Vec<String>) {
    let referred = schema
        .get("$ref")
        .and_then(Node::as_str)
        .and_then(|reference| reference.strip_prefix("#/components/schemas/"))
        .and_then(|name| root.at_path(&["components", "schemas", name]));
    let schema = referred.unwrap_or(schema);
    let kind = schema.get("type").and_then(Node::as_str);
    if value.is_null() {
        let nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
        // A schema without a type takes any value.
        if kind.is_some() && !nullable {
            misfits.push(format!("{place}: null, but the schema is not nullable"));
        }
        return;
    }
    let fits = match kind {
        None => true,
        Some("string") => value.is_string(),
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some(_) => false,
    };
    if !fits {
        misfits.push(format!(
            "{place}: {value} is not of type {}",
            kind.unwrap_or("any")
        ));
    }
    if let Some(text) = value.as_str() {
        fit_length(schema, text, place, misfits);
    }
    if let Some(integer) = value.as_i64() {
        fit_limits(schema, integer, place, misfits);
    }
    for (name, property) in schema.get("properties").map_or(&[][..], Node::entries) {
        if let Some(value) = value.get(&name.text) {
            fit(
                root,
                property,
                value,
                &format!("{place}.{}", name.text),
                misfits,
            );
        }
    }
    for name in schema.get("required").map_or(&[][..], Node::items) {
        let name = name.as_str().unwrap_or_default();
        if value.get(name).is_none() {
            misfits.push(format!("{place}: {name} is required but missing"));
        }
    }
}

fn fit_length(schema: &Node, text: &str, place: &str, misfits: &mut Vec<String>) {
    let limit = |key: &str| schema.get(key).and_then(Node::as_u64);
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if limit("maxLength").is_some_and(|greatest| length > greatest) {
        misfits.push(format!("{place}: {length} characters exceed maxLength"));
    }
    if limit("minLength").is_some_and(|least| length < least) {
        misfits.push(format!(
            "{place}: {length} characters are fewer than minLength"
        ));
    }
}

fn fit_limits(schema: &Node, integer: i64, place: &str, misfits: &mut Vec<String>) {
    let limit = |key: &str| schema.get(key)?.to_json().as_i64();
    if limit("maximum").is_some_and(|greatest| integer > greatest) {
        misfits.push(format!("{place}: {integer} is greater than maximum"));
    }
    if limit("minimum").is_some_and(|least| integer < least) {
        misfits.push(format!("{place}: {integer} is less than minimum"));
    }
}
