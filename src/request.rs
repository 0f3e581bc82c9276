//! Checking what is sent before it is sent.

use crate::error::Invalid;

/// What a text of the request must be, as the contract says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextRule {
    /// The name of the field on the wire.
    pub(crate) field: &'static str,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) not_blank: bool,
}

impl TextRule {
    pub(crate) fn check(&self, text: &str) -> Result<(), Invalid> {
        let broken = if self.not_blank && text.trim().is_empty() {
            Some("is blank; pass the id of the verification journey".to_owned())
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
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Some(format!("has {length} characters; pass at least {least}"));
        }
        let greatest = self.max_length.filter(|greatest| length > *greatest)?;
        Some(format!("has {length} characters; pass at most {greatest}"))
    }
}
