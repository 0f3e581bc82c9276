//! Lines of YAML.

use std::fmt::Write as _;

use serde_json::Value as Json;

pub(super) fn line(out: &mut String, indent: usize, text: &str) {
    // Writing to a text does not fail.
    _ = writeln!(out, "{:indent$}{text}", "");
}

/// A body as the value of an example: a member a line.
pub(super) fn value(out: &mut String, indent: usize, body: &Json) {
    match body.as_object().filter(|members| !members.is_empty()) {
        Some(members) => {
            line(out, indent, "value:");
            for (name, value) in members {
                line(out, indent + 2, &format!("{}: {value}", quoted(name)));
            }
        }
        None => line(out, indent, &format!("value: {body}")),
    }
}

/// A text for YAML: bare where it can stand for nothing else.
pub(super) fn quoted(text: &str) -> String {
    let is_bare = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str());
    if is_bare {
        text.to_owned()
    } else {
        Json::from(text).to_string()
    }
}
