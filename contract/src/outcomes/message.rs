//! Which messages mean something, and how messages are compared.

/// Which messages a rule takes. Texts are as written; they are compared [folded](fold).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Exactly this one.
    Exactly(String),
    /// Those that contain this text.
    Containing(String),
    /// Any.
    Any,
}

/// Punctuation that does not count at the end of a message.
pub const FINAL_PUNCTUATION: &[char] = &['.', '!', '?', ',', ';', ':', '…'];

/// The form in which messages are compared: without outer space, final punctuation and case.
#[must_use]
pub fn fold(message: &str) -> String {
    message
        .trim()
        .trim_end_matches(FINAL_PUNCTUATION)
        .trim_end()
        // Character by character, as the client compares: a final sigma is no special case.
        .chars()
        .flat_map(char::to_lowercase)
        .collect()
}
