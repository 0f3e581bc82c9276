//! A field of a body, and the rules that its text keeps.

use std::fmt;

use crate::{identifiers, position::Located, reader::Reader, yaml::Node};

/// A property of a body.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name on the wire.
    pub name: Located<String>,
    /// Whether the schema requires it.
    pub required: bool,
    /// The smallest length of a text, in characters.
    pub min_length: Option<u64>,
    /// The greatest length of a text, in characters.
    pub max_length: Option<u64>,
    /// Whether a text must have a character that is not white space: `pattern: '\S'`.
    pub not_blank: bool,
}

impl Field {
    /// Checks `text` against the rules of this field. A text is blank if it is white space alone;
    /// its length is counted in characters.
    ///
    /// # Errors
    ///
    /// The first rule that `text` breaks.
    pub fn check(&self, text: &str) -> Result<(), BrokenRule> {
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
}

/// The rule of a [`Field`] that a text breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BrokenRule {
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
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("is blank"),
            Self::TooShort { length, least } => {
                write!(f, "has {length} characters; pass at least {least}")
            }
            Self::TooLong { length, most } => {
                write!(f, "has {length} characters; pass at most {most}")
            }
        }
    }
}

impl std::error::Error for BrokenRule {}

/// The properties of `schema`.
pub(super) fn read_all(reader: &mut Reader, schema: &Node) -> Vec<Field> {
    let required = schema.items_at(&["required"]).iter();
    let required: Vec<_> = required.filter_map(Node::as_str).collect();
    let properties = schema.entries_at(&["properties"]).iter();
    let fields: Vec<Field> = properties
        .map(|(name, property)| Field {
            name: name.located(),
            required: required.contains(&&*name.text),
            min_length: property.get("minLength").and_then(Node::as_u64),
            max_length: property.get("maxLength").and_then(Node::as_u64),
            not_blank: read_pattern(reader, property),
        })
        .collect();
    let names = fields.iter().map(|field| &field.name);
    identifiers::check_variants(reader, "property", names, identifiers::variant_of);
    fields
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
