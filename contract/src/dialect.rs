//! Rejects what other tools would read differently: constructs of OpenAPI 3.1, and words that YAML
//! 1.1 reads as booleans.

use crate::{
    operation::METHODS,
    position::Position,
    reader::Reader,
    yaml::{Node, Value},
};

/// The types of a schema in OpenAPI 3.0.
const SCHEMA_TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// The types of a security scheme.
const SCHEME_TYPES: [&str; 4] = ["apiKey", "http", "oauth2", "openIdConnect"];

/// Keys whose value is data of the API, not part of the description.
const DATA: [&str; 4] = ["default", "enum", "example", "examples"];

/// Keys whose value is a mapping from names to schemas, so that a name is never a keyword.
const NAMED: [&str; 2] = ["properties", "schemas"];

/// Words that YAML 1.1 reads as a boolean and YAML 1.2 as a string. `true` and `false` are booleans
/// in both.
const BOOLEANS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];

/// Reports what openapiv3 accepts although it is not OpenAPI 3.0.
pub(crate) fn check_openapi(reader: &mut Reader, root: &Node) {
    if let Some(version) = root.get("openapi") {
        let is_known = version
            .as_str()
            .is_some_and(|version| version.starts_with("3.0."));
        if !is_known {
            reader.problem(
                version.at,
                format!(
                    "the document is OpenAPI {}, but the client generator reads only 3.0",
                    version.to_json()
                ),
                "write openapi: 3.0.3",
            );
        }
    }
    check_types(reader, root);
    for (_, item) in root.entries_at(&["paths"]) {
        check_parameters(reader, item);
        for (_, operation) in item
            .entries()
            .iter()
            .filter(|(key, _)| METHODS.contains(&&*key.text))
        {
            check_parameters(reader, operation);
        }
    }
}

/// Reports types that OpenAPI 3.0 does not have, such as `null`.
fn check_types(reader: &mut Reader, node: &Node) {
    for (key, value) in node.entries() {
        let is_data = key.text.starts_with("x-") || DATA.contains(&&*key.text);
        match &value.value {
            _ if is_data => {}
            Value::Map(entries) if NAMED.contains(&&*key.text) => {
                for (_, schema) in entries {
                    check_types(reader, schema);
                }
            }
            Value::Map(_) => check_types(reader, value),
            Value::List(items) => items.iter().for_each(|item| check_types(reader, item)),
            Value::String(_) | Value::Null if key.text == "type" => check_type(reader, value),
            _ => {}
        }
    }
}

fn check_type(reader: &mut Reader, node: &Node) {
    let word = node.as_str().unwrap_or("null");
    if SCHEMA_TYPES.contains(&word) || SCHEME_TYPES.contains(&word) {
        return;
    }
    let remedy = if word == "null" {
        "write the type of the value and nullable: true".to_owned()
    } else {
        format!("use one of: {}", SCHEMA_TYPES.join(", "))
    };
    let what = format!("OpenAPI 3.0 has no type {word}");
    reader.problem(node.at, what, remedy);
}

/// Reports parameters: the client sends a body and the token, and nothing else.
fn check_parameters(reader: &mut Reader, node: &Node) {
    if let Some((key, _)) = node.entry("parameters") {
        reader.problem(
            key.at,
            "the client does not send parameters",
            "write properties of the request's schema, and a security scheme for the header of the token",
        );
    }
}

/// Reports each word of `text` that YAML 1.1 reads as a boolean.
pub(crate) fn check_booleans(reader: &mut Reader, node: &Node, text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    check_words(reader, node, &lines);
}

fn check_words(reader: &mut Reader, node: &Node, lines: &[&str]) {
    match &node.value {
        Value::String(word) => check_word(reader, word, node.at, lines),
        Value::List(items) => items
            .iter()
            .for_each(|item| check_words(reader, item, lines)),
        Value::Map(entries) => {
            for (key, value) in entries {
                check_word(reader, &key.text, key.at, lines);
                check_words(reader, value, lines);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check_word(reader: &mut Reader, word: &str, at: Position, lines: &[&str]) {
    if !BOOLEANS
        .iter()
        .any(|boolean| word.eq_ignore_ascii_case(boolean))
    {
        return;
    }
    let line = lines
        .get(at.line.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let written = line.chars().skip(at.column.saturating_sub(1));
    if written.take(word.len()).eq(word.chars()) {
        reader.problem(
            at,
            format!("{word} has no quotes, so YAML 1.1 reads it as a boolean"),
            format!("write '{word}'"),
        );
    }
}
