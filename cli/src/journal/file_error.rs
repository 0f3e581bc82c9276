//! Errors of the file that a journal is.

use std::{io, path::Path};

/// What is said where something cannot be done to it.
pub(crate) fn failed(what: &str, path: &Path) -> impl FnOnce(io::Error) -> String {
    move |error| format!("cannot {what} the journal {}: {error}", path.display())
}
