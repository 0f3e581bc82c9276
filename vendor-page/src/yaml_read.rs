//! Reads the file of facts. Unknown content is an error with its position, because a program writes
//! the file.

use std::fmt;

use serde_saphyr::{Error, Options, UserMessageFormatter, options};

use crate::facts::VendorPage;

/// Why a file of facts cannot be read, and the position.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct YamlError {
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1.
    pub column: u64,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.reason)
    }
}

impl std::error::Error for YamlError {}

/// Reads a file of facts.
///
/// # Errors
///
/// [`YamlError`] if the text is not YAML, or not in the format that [`to_yaml`](crate::to_yaml)
/// writes.
pub fn from_yaml(text: &str) -> Result<VendorPage, YamlError> {
    serde_saphyr::from_str_with_options(text, strict()).map_err(|error| {
        let place = error.location();
        YamlError {
            line: place.map_or(1, |it| it.line()),
            column: place.map_or(1, |it| it.column()),
            reason: reason(&error),
        }
    })
}

/// Strings that look like another type are quoted. There is no limit on size, because the file is
/// our own.
fn strict() -> Options {
    options! {
        budget: None,
        no_schema: true,
        strict_booleans: true,
        with_snippet: false,
    }
}

/// The error in the words of the file format.
fn reason(error: &Error) -> String {
    match error.without_snippet() {
        Error::SerdeUnknownField { field, .. } => format!("unknown name `{field}`"),
        Error::SerdeMissingField { field, .. } => format!("`{field}` is missing"),
        Error::SerdeUnknownVariant { expected, .. } => {
            format!("expected {}", expected.join(" or "))
        }
        Error::InvalidBooleanStrict { .. } => "expected true or false".to_owned(),
        Error::InvalidScalar { .. } => "expected a whole number".to_owned(),
        Error::Unexpected {
            expected: "sequence start",
            ..
        } => "expected a list".to_owned(),
        Error::Unexpected {
            expected: "mapping start",
            ..
        } => "expected a mapping".to_owned(),
        Error::Message { msg, .. } => msg.clone(),
        other => {
            let text = other.render_with_formatter(&UserMessageFormatter);
            // The position is printed before the reason anyway.
            let reason = text.rsplit_once(" at line ").map(|(reason, _)| reason);
            reason.unwrap_or(&text).to_owned()
        }
    }
}
