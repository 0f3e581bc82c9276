//! Environment variables.

use std::env;

use crate::plain_text::trimmed;

/// An environment variable, without surrounding whitespace. An empty one counts as unset.
pub(crate) fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => {
            let value = trimmed(&value);
            Ok((!value.is_empty()).then(|| value.to_owned()))
        }
        Err(env::VarError::NotPresent) => Ok(None),
        // The value is not shown, because it may be a token.
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8; set it again")),
    }
}
