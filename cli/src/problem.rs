//! Why a command was not done, and what caused that.

use std::error::Error;

/// Why a command was not done.
pub(crate) type Problem = Box<dyn Error + Send + Sync>;

/// The error and what caused it, in one line.
pub(crate) fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    for cause in causes(error) {
        text.push_str(": ");
        text.push_str(&cause.to_string());
    }
    text
}

/// What caused an error, the nearest cause first.
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
