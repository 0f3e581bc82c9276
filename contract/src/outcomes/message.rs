//! Which messages a rule matches, and how messages are compared.

/// The messages that a rule matches. Texts are as in the file, and are compared after [`fold`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This message.
    Exactly(String),
    /// Messages that contain this text.
    Containing(String),
    /// Any message.
    Any,
}

/// Punctuation that is ignored at the end of a message.
pub const FINAL_PUNCTUATION: &[char] = &['.', '!', '?', ',', ';', ':', '…'];

/// The form in which messages are compared: trimmed, without final punctuation, and in lower case.
#[must_use]
pub fn fold(message: &str) -> String {
    message
        .trim()
        .trim_end_matches(FINAL_PUNCTUATION)
        .trim_end()
        // Character by character, as the client does it. `str::to_lowercase` treats a final sigma
        // differently.
        .chars()
        .flat_map(char::to_lowercase)
        .collect()
}
