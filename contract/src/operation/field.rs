//! A field of a body, and the rules for its value.

use std::fmt;

use serde_json::Value as Json;

use super::signature::{self, Clock, Signature};
use crate::{identifiers, position::Located, reader::Reader, sources::Sources, yaml::Node};

/// A property of a body.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in the contract"
)]
pub struct Field {
    /// The name of the field in JSON.
    pub name: Located<String>,
    /// Whether the schema requires the field.
    pub required: bool,
    /// The kind of the value.
    pub kind: Kind,
    /// The minimum length of a string, in characters.
    pub min_length: Option<u64>,
    /// The maximum length of a string, in characters.
    pub max_length: Option<u64>,
    /// Whether a string must have a character that is not white space: `pattern: '\S'`.
    pub not_blank: bool,
    /// The minimum of an integer.
    pub minimum: Option<i64>,
    /// The maximum of an integer.
    pub maximum: Option<i64>,
    /// The integer that a server assumes if the field is missing.
    pub default: Option<i64>,
    /// Whether the value must not be shown: `format: password`.
    pub secret: bool,
    /// Whether the value is the lifetime of what the operation issues, in seconds: `x-lifetime`.
    pub lifetime: bool,
    /// How the value is computed, if it is a signature: `x-signature`.
    pub signature: Option<Signature>,
    /// How to read the value, if it is a time: `x-clock`.
    pub clock: Option<Clock>,
}

/// The kinds of values that [`Field::check`] distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A string: `type: string`.
    Text,
    /// An integer: `type: integer`.
    Integer,
    /// Any other value. No rule is checked for it.
    Other,
}

impl Field {
    /// Checks the value of a request against the rules of this field.
    ///
    /// # Errors
    ///
    /// The first rule that `value` breaks.
    pub fn check(&self, value: &Json) -> Result<(), BrokenRule> {
        match self.kind {
            Kind::Text => self.check_text(value.as_str().ok_or(BrokenRule::NotText)?),
            Kind::Integer => self.check_integer(value.as_i64().ok_or(BrokenRule::NotInteger)?),
            Kind::Other => Ok(()),
        }
    }

    /// Checks a string. A string of white space is blank. The length is counted in characters.
    ///
    /// # Errors
    ///
    /// The first rule that `text` breaks.
    pub fn check_text(&self, text: &str) -> Result<(), BrokenRule> {
        if self.not_blank && text.trim().is_empty() {
            return Err(BrokenRule::Blank);
        }
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Err(BrokenRule::TooShort { length, least });
        }
        match self.max_length.filter(|most| length > *most) {
            Some(most) => Err(BrokenRule::TooLong { length, most }),
            None => Ok(()),
        }
    }

    fn check_integer(&self, integer: i64) -> Result<(), BrokenRule> {
        if let Some(least) = self.minimum.filter(|least| integer < *least) {
            return Err(BrokenRule::TooSmall { integer, least });
        }
        match self.maximum.filter(|most| integer > *most) {
            Some(most) => Err(BrokenRule::TooGreat { integer, most }),
            None => Ok(()),
        }
    }
}

/// The rule of a [`Field`] that a value breaks. The message completes a sentence that starts with
/// the name of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BrokenRule {
    /// The value is not a string.
    NotText,
    /// The value is not an integer.
    NotInteger,
    /// The string is empty, or has only white space.
    Blank,
    /// The string is too short.
    TooShort {
        /// The number of characters that the string has.
        length: u64,
        /// The minimum number of characters.
        least: u64,
    },
    /// The string is too long.
    TooLong {
        /// The number of characters that the string has.
        length: u64,
        /// The maximum number of characters.
        most: u64,
    },
    /// The integer is too small.
    TooSmall {
        /// The integer.
        integer: i64,
        /// The minimum.
        least: i64,
    },
    /// The integer is too large.
    TooGreat {
        /// The integer.
        integer: i64,
        /// The maximum.
        most: i64,
    },
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("is not a string"),
            Self::NotInteger => f.write_str("is not an integer"),
            Self::Blank => f.write_str("is blank"),
            Self::TooShort { length, least } => {
                write!(f, "has {length} characters; pass at least {least}")
            }
            Self::TooLong { length, most } => {
                write!(f, "has {length} characters; pass at most {most}")
            }
            Self::TooSmall { integer, least } => write!(f, "is {integer}; pass at least {least}"),
            Self::TooGreat { integer, most } => write!(f, "is {integer}; pass at most {most}"),
        }
    }
}

impl std::error::Error for BrokenRule {}

/// The properties of `schema`.
pub(super) fn read_all(reader: &mut Reader, schema: &Node, sources: &Sources) -> Vec<Field> {
    let required = schema.items_at(&["required"]).iter();
    let required: Vec<_> = required.filter_map(Node::as_str).collect();
    let properties = schema.entries_at(&["properties"]).iter();
    let fields: Vec<Field> = properties
        .map(|(name, property)| {
            let integer = |key| property.get(key).and_then(|node| node.to_json().as_i64());
            Field {
                name: name.located(),
                required: required.contains(&&*name.text),
                kind: match property.get("type").and_then(Node::as_str) {
                    Some("string") => Kind::Text,
                    Some("integer") => Kind::Integer,
                    _ => Kind::Other,
                },
                min_length: property.get("minLength").and_then(Node::as_u64),
                max_length: property.get("maxLength").and_then(Node::as_u64),
                not_blank: read_pattern(reader, property),
                minimum: integer("minimum"),
                maximum: integer("maximum"),
                default: integer("default"),
                secret: property.has_text("format", "password"),
                lifetime: signature::read_lifetime(reader, property),
                signature: signature::read(reader, property),
                clock: signature::read_clock(reader, property, sources),
            }
        })
        .collect();
    check_signatures(reader, &fields);
    let names = fields.iter().map(|field| &field.name);
    identifiers::check_variants(reader, "property", names, identifiers::variant_of);
    fields
}

/// A signature covers required fields, and one name that is not a field: the secret.
fn check_signatures(reader: &mut Reader, fields: &[Field]) {
    for field in fields {
        let Some(signature) = &field.signature else {
            continue;
        };
        let is_sent = |name: &&Located<String>| {
            let mut required = fields.iter().filter(|field| field.required);
            required.any(|field| *field.name == ***name)
        };
        let secrets = signature.over.iter().filter(|name| !is_sent(name)).count();
        if secrets != 1 {
            reader.problem(
                field.name.at,
                format!("the signature covers {secrets} names that are not required fields, instead of one"),
                "write over: with required fields and one name for the secret",
            );
        }
    }
}

/// The client can check only the pattern `\S`. Any other pattern would be a rule without a check.
fn read_pattern(reader: &mut Reader, property: &Node) -> bool {
    let Some(pattern) = property.get("pattern") else {
        return false;
    };
    let known = pattern.as_str() == Some(r"\S");
    if !known {
        reader.problem(
            pattern.at,
            "the client cannot check this pattern",
            r"write '\S' for text that is not blank, or remove it",
        );
    }
    known
}
