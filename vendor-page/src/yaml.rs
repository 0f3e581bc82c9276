//! Writes the file of facts. The same facts always give the same bytes. Each fact takes one line if
//! it fits, and bodies are formatted JSON, so that a change of the page is a small diff.
//!
//! The types of the facts define the content, by serde. Only the layout is written by hand, because
//! no library keeps a fact on one line.

use std::fmt::{self, Display, Write as _};

use serde_json::{Map, Value};

use crate::facts::VendorPage;

const HEAD: &str = "\
# What the vendor's page states, fact by fact. Written by `cargo xtask import`: never edit it by
# hand. A `line` is the line of the saved page that a fact was read from.
";

/// The values that take one line for each member. All others take one line.
const SPREAD: [&str; 4] = [
    "request_example",
    "body",
    "signature_example",
    "response_examples",
];

/// Writes the facts as YAML.
#[must_use]
pub fn to_yaml(page: &VendorPage) -> String {
    let mut out = String::from(HEAD);
    // Facts consist of strings and numbers, and writing to a string cannot fail.
    if let Ok(Value::Object(facts)) = serde_json::to_value(page) {
        let _ = write_members(&mut out, "", &facts);
    }
    out
}

fn write_members(out: &mut String, indent: &str, members: &Map<String, Value>) -> fmt::Result {
    let inner = format!("{indent}  ");
    for (name, value) in members.iter().filter(|(_, value)| is_stated(value)) {
        match value {
            Value::String(json) if name == "json" => {
                writeln!(out, "{indent}{name}: |")?;
                // A formatted body has several lines, but never an empty one.
                for line in escape(json).lines() {
                    writeln!(out, "{inner}{line}")?;
                }
            }
            Value::Object(members) if SPREAD.contains(&name.as_str()) => {
                writeln!(out, "{indent}{name}:")?;
                write_members(out, &inner, members)?;
            }
            Value::Array(items) => {
                writeln!(out, "{indent}{name}:")?;
                for item in items {
                    match item {
                        Value::Object(members) if SPREAD.contains(&name.as_str()) => {
                            let mut spread = String::new();
                            write_members(&mut spread, &format!("{inner}  "), members)?;
                            write!(out, "{inner}- {}", spread.trim_start())?;
                        }
                        _ => writeln!(out, "{inner}- {}", OnOneLine(name, item))?,
                    }
                }
            }
            _ => writeln!(out, "{indent}{name}: {}", OnOneLine(name, value))?,
        }
    }
    Ok(())
}

/// Whether a value states something. Values that the page does not state are omitted.
fn is_stated(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) | Value::Object(_) => true,
    }
}

/// A value with this name, in flow style.
struct OnOneLine<'a>(&'a str, &'a Value);

impl Display for OnOneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name, value) = self;
        match value {
            // A message can be any text, so all messages are quoted.
            Value::String(text) if *name != "message" && is_plain(text) => f.write_str(text),
            // A JSON string is a double-quoted scalar.
            Value::String(_) => f.write_str(&escape(&value.to_string())),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|it| Self(name, it).to_string()).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Value::Object(members) => {
                let members = members.iter().filter(|(_, value)| is_stated(value));
                let members = members.map(|(name, value)| format!("{name}: {}", Self(name, value)));
                write!(f, "{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => write!(f, "{value}"),
        }
    }
}

/// Whether every YAML reader reads the unquoted text as a string.
fn is_plain(text: &str) -> bool {
    // Words that YAML 1.1 reads as a boolean or null, including `n` and `y`.
    const WORDS: [&str; 10] = [
        "true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan",
    ];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
        && !text.contains(": ")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_./: ".contains(&b))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Escapes characters that JSON prints literally, but that YAML does not accept or reads as a line
/// break. In JSON, they occur only in strings.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            }
            _ => escaped.push(c),
        }
    }
    escaped
}
