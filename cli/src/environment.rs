//! Environment variables.

use std::env;

/// An environment variable; an empty one counts as unset.
pub(crate) fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => Ok((!value.is_empty()).then_some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        // The value is not shown: it may be a token.
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8; set it anew")),
    }
}
