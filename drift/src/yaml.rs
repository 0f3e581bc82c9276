//! Writes lines of YAML.

use std::fmt::Write as _;

use serde_json::Value as Json;

pub(crate) fn line(out: &mut String, indent: usize, text: &str) {
    // Writing to a string does not fail.
    _ = writeln!(out, "{:indent$}{text}", "");
}

/// The lines of a text without the first `indent` columns.
pub(crate) fn unindented(text: &str, indent: usize) -> Vec<String> {
    let lines = text.lines();
    lines
        .map(|line| line.get(indent..).unwrap_or_default().to_owned())
        .collect()
}

/// A mapping entry, with one line per member of an object.
pub(crate) fn entry(key: &str, value: &Json) -> Vec<String> {
    let key = quoted(key);
    match value.as_object().filter(|members| !members.is_empty()) {
        Some(members) => {
            let inner = members.iter().flat_map(|(key, value)| entry(key, value));
            let inner = inner.map(|line| format!("  {line}"));
            std::iter::once(format!("{key}:")).chain(inner).collect()
        }
        None => vec![format!("{key}: {}", inline(value))],
    }
}

/// A value on one line, which is also valid in braces.
pub(crate) fn inline(value: &Json) -> String {
    match value {
        Json::String(text) => quoted(text),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) if !members.is_empty() => {
            let member =
                |(key, value): (&String, &Json)| format!("{}: {}", quoted(key), inline(value));
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => other.to_string(),
    }
}

/// A text for YAML. Without quotes only if it cannot be read as anything else, also in braces.
pub(crate) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " _-./()'".contains(c);
    let is_bare = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(is_plain)
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str());
    if is_bare {
        text.to_owned()
    } else {
        Json::from(text).to_string()
    }
}
