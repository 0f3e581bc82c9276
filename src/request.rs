//! Checking the fields of a request before it is sent.

use crate::error::Invalid;

/// The rule of the contract for a text in a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextRule {
    /// The name of the field on the wire.
    pub(crate) field: &'static str,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) not_blank: bool,
}

impl TextRule {
    /// Checks a text. `wanted` says what to pass instead of a blank text.
    pub(crate) fn check(&self, text: &str, wanted: &str) -> Result<(), Invalid> {
        let broken = if self.not_blank && text.chars().all(char::is_whitespace) {
            Some(format!("is blank; pass {wanted}"))
        } else {
            self.broken_length(text)
        };
        match broken {
            Some(rule) => Err(Invalid {
                field: self.field,
                rule,
            }),
            None => Ok(()),
        }
    }

    fn broken_length(&self, text: &str) -> Option<String> {
        let length = if text.is_ascii() {
            text.len()
        } else {
            text.chars().count()
        };
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Some(format!("has {length} characters; pass at least {least}"));
        }
        let greatest = self.max_length.filter(|greatest| length > *greatest)?;
        Some(format!("has {length} characters; pass at most {greatest}"))
    }
}

/// The rule of the contract for an integer in a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IntegerRule {
    /// The name of the field on the wire.
    pub(crate) field: &'static str,
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
}

impl IntegerRule {
    /// Checks an integer.
    pub(crate) fn check(&self, integer: i64) -> Result<(), Invalid> {
        let below = self.minimum.filter(|least| integer < *least);
        let above = self.maximum.filter(|most| integer > *most);
        let rule = match (below, above) {
            (Some(least), _) => format!("is {integer}; pass at least {least}"),
            (_, Some(most)) => format!("is {integer}; pass at most {most}"),
            (None, None) => return Ok(()),
        };
        let field = self.field;
        Err(Invalid { field, rule })
    }
}
