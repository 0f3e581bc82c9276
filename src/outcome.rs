//! Telling what an answer means. The outcomes and the rules are generated; how the rules are
//! applied stands here.

use crate::{
    Outcome,
    generated::facts::{FINAL_PUNCTUATION, outcome_of_status, rules},
    names::by_name,
};

/// Whether the face is in the face set after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum InFaceSet {
    /// It is.
    Yes,
    /// It is not, by this call.
    No,
    /// It may be or not.
    Unknown,
}

/// Whether the same call may be sent again, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Retry {
    /// The answer would be the same.
    Never,
    /// After a growing delay.
    Backoff,
    /// After the delay that the server names; other calls should wait for it too.
    Throttled,
    /// Once, with a new token.
    RefreshToken,
}

/// What one code means. Texts are trimmed and in lower case already.
pub(crate) struct Rules {
    pub(crate) exactly: &'static [(&'static str, Outcome)],
    pub(crate) containing: &'static [(&'static str, Outcome)],
    pub(crate) alone: Outcome,
}

impl Outcome {
    /// What an envelope means: its code and message together if the contract knows the pair, else
    /// its code alone, else the outcome for codes that are not listed.
    ///
    /// Messages are compared without regard to case, outer space and final punctuation. A message
    /// that is not known loses precision but never leads from one code to another code's outcome.
    ///
    /// ```
    /// use face_search_enroll::Outcome;
    ///
    /// let outcome = Outcome::classify("PARAMETER_ERROR", "transaction is not pass");
    /// assert_eq!(outcome, Outcome::TransactionNotPassed);
    /// ```
    #[must_use]
    pub fn classify(code: &str, message: &str) -> Self {
        let Some(rules) = rules(code) else {
            return Self::DEFAULT;
        };
        let message = trim(message);
        let exactly = rules.exactly.iter().find(|(text, _)| equals(message, text));
        let found = exactly.or_else(|| {
            rules
                .containing
                .iter()
                .find(|(text, _)| contains(message, text))
        });
        found.map_or(rules.alone, |(_, outcome)| *outcome)
    }

    /// What an HTTP status means where the body is no envelope; nothing for most statuses.
    #[must_use]
    pub fn of_status(http_status: u16) -> Option<Self> {
        outcome_of_status(http_status)
    }

    /// Whether sending the same call again, with the same token, can help.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self.retry(), Retry::Backoff | Retry::Throttled)
    }
}

by_name!(Outcome, "outcome");

/// A message without outer space and final punctuation.
fn trim(message: &str) -> &str {
    message
        .trim()
        .trim_end_matches(FINAL_PUNCTUATION)
        .trim_end()
}

/// Whether `message` is `folded` but for case; `folded` is in lower case.
fn equals(message: &str, folded: &str) -> bool {
    if message.is_ascii() {
        // All that are known: letters of other scripts need more than a table.
        return message.eq_ignore_ascii_case(folded);
    }
    message
        .chars()
        .flat_map(char::to_lowercase)
        .eq(folded.chars())
}

/// Whether `message` contains `folded` but for case, without a copy of it in lower case.
fn contains(message: &str, folded: &str) -> bool {
    if message.is_ascii() {
        let mut windows = message.as_bytes().windows(folded.len().max(1));
        return windows.any(|window| window.eq_ignore_ascii_case(folded.as_bytes()));
    }
    message.char_indices().any(|(at, _)| {
        let mut rest = message
            .get(at..)
            .unwrap_or_default()
            .chars()
            .flat_map(char::to_lowercase);
        folded.chars().all(|expected| rest.next() == Some(expected))
    })
}
