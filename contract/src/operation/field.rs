//! A field of a body, and the rules that its value keeps.

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
    /// The name on the wire.
    pub name: Located<String>,
    /// Whether the schema requires it.
    pub required: bool,
    /// Of which kind its value is.
    pub kind: Kind,
    /// The smallest length of a text, in characters.
    pub min_length: Option<u64>,
    /// The greatest length of a text, in characters.
    pub max_length: Option<u64>,
    /// Whether a text must have a character that is not white space: `pattern: '\S'`.
    pub not_blank: bool,
    /// The smallest integer.
    pub minimum: Option<i64>,
    /// The greatest integer.
    pub maximum: Option<i64>,
    /// The integer that a server takes where the field is left out.
    pub default: Option<i64>,
    /// Whether nobody is to see the value: `format: password`.
    pub secret: bool,
    /// Whether it is how long what is issued is good, in seconds: `x-lifetime`.
    pub lifetime: bool,
    /// How the value is made, if it is a signature: `x-signature`.
    pub signature: Option<Signature>,
    /// What time the value is, if it is one: `x-clock`.
    pub clock: Option<Clock>,
}

/// The kinds of values that rules are kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text: `type: string`.
    Text,
    /// An integer: `type: integer`.
    Integer,
    /// Anything else.
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

    /// Checks a text. It is blank if it is white space alone; its length is counted in characters.
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

/// The rule of a [`Field`] that a value breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BrokenRule {
    /// The value is not a text.
    NotText,
    /// The value is not an integer.
    NotInteger,
    /// The text is empty or white space alone.
    Blank,
    /// The text is too short.
    TooShort {
        /// The characters that it has.
        length: u64,
        /// The characters that it must have at least.
        least: u64,
    },
    /// The text is too long.
    TooLong {
        /// The characters that it has.
        length: u64,
        /// The characters that it may have at most.
        most: u64,
    },
    /// The integer is too small.
    TooSmall {
        /// The integer.
        integer: i64,
        /// The smallest that is allowed.
        least: i64,
    },
    /// The integer is too great.
    TooGreat {
        /// The integer.
        integer: i64,
        /// The greatest that is allowed.
        most: i64,
    },
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("is no text"),
            Self::NotInteger => f.write_str("is no integer"),
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

/// A signature covers required fields, and one name that is none: the secret.
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
                format!("a signature over {secrets} names that are no required field"),
                "write over: with required fields and one name for the secret",
            );
        }
    }
}

/// `\S` is the one pattern that is turned into a check; any other would be a rule nobody keeps.
fn read_pattern(reader: &mut Reader, property: &Node) -> bool {
    let Some(pattern) = property.get("pattern") else {
        return false;
    };
    let known = pattern.as_str() == Some(r"\S");
    if !known {
        reader.problem(
            pattern.at,
            "a pattern that the client does not check",
            r"write '\S' for text that is not blank, or leave it out",
        );
    }
    known
}
