//! Error messages about the file of a journal.

use std::{io, path::Path};

use crate::problem::file_advice;

/// The message about an operation on the file that failed.
pub(crate) fn failed(what: &str, path: &Path) -> impl FnOnce(io::Error) -> String {
    move |error| {
        let advice = file_advice(&error);
        format!(
            "could not {what} the journal {}: {error}{advice}",
            path.display()
        )
    }
}
