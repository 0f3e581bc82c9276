//! Errors of the file that a journal is.

use std::{io, path::Path};

/// An error of the file itself.
pub(crate) fn failed(what: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {what} the journal {}: {error}", path.display())
}
