//! Checking what is sent before it is sent.

use crate::error::Invalid;

/// What a text of the request must be, as the contract says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextRule {
    /// The name of the field on the wire.
    pub(crate) field: &'static str,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) not_blank: bool,
}

impl TextRule {
    pub(crate) fn check(&self, text: &str) -> Result<(), Invalid> {
        let broken = if self.not_blank && text.chars().all(char::is_whitespace) {
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
        let length = || text.chars().count();
        // No more is counted than the limit: an id has that in a moment.
        let has = |count: usize| text.chars().take(count).count() == count;
        if let Some(least) = self.min_length.filter(|least| !has(*least)) {
            let length = length();
            return Some(format!("has {length} characters; pass at least {least}"));
        }
        let has_more = |greatest: &usize| has(greatest.saturating_add(1));
        let greatest = self.max_length.filter(has_more)?;
        let length = length();
        Some(format!("has {length} characters; pass at most {greatest}"))
    }
}
