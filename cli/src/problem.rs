//! Why a command failed, and what caused that.

use std::{error::Error, io};

/// Why a command failed.
pub(crate) type Problem = Box<dyn Error + Send + Sync>;

/// The error and its causes, in one line.
pub(crate) fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    for cause in causes(error) {
        text.push_str(": ");
        text.push_str(&cause.to_string());
    }
    text
}

/// The causes of an error, the nearest one first.
pub(crate) fn causes<'e>(
    error: &'e (dyn Error + 'static),
) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    let mut source = error.source();
    std::iter::from_fn(move || {
        let cause = source?;
        source = cause.source();
        Some(cause)
    })
}

/// What to do about a file that could not be opened, to follow the error. Empty if the error says enough.
pub(crate) fn file_advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "; check the path",
        io::ErrorKind::PermissionDenied => "; check the permissions",
        io::ErrorKind::IsADirectory => "; pass the path of a file",
        _ => "",
    }
}
