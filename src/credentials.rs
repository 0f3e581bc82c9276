//! Keeping credentials out of messages.

/// `text` without what stands before its last `@`: it may be a password, also where nothing parses.
pub(crate) fn without_credentials(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => text.to_owned(),
    }
}
