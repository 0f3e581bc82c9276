//! Telling what an answer means. The outcomes and the rules are generated; how the rules are
//! applied stands here.

use std::fmt;

use crate::{
    Outcome,
    generated::facts::{
        FINAL_PUNCTUATION, enroll,
        generate_token::{self, Outcome as TokenOutcome},
    },
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
    /// As the HTTP status of the answer says; [`Answer::retry`](crate::Answer::retry) knows. A status that
    /// says nothing means never.
    ByStatus,
}

impl Retry {
    /// The same, or where it is left to the HTTP status, what the outcome `of_status` says.
    pub(crate) fn resolve(self, of_status: Option<Self>) -> Self {
        match self {
            Self::ByStatus => of_status.unwrap_or(Self::Never),
            retry => retry,
        }
    }

    /// Whether sending the same call again, with the same token, can help.
    pub(crate) const fn is_by_repeating(self) -> bool {
        matches!(self, Self::Backoff | Self::Throttled)
    }
}

/// Whether the effect of an operation is there after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effected {
    Yes,
    No,
    Unknown,
}

/// What is said of the effect of an operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EffectWords {
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) unknown: &'static str,
}

/// What one code means. Texts are trimmed and in lower case already.
pub(crate) struct Rules<O: 'static> {
    pub(crate) exactly: &'static [(&'static str, O)],
    pub(crate) containing: &'static [(&'static str, O)],
    pub(crate) alone: O,
}

/// What the answers of an operation mean, and what the client asks of that.
pub(crate) trait OutcomeKind: Copy + fmt::Debug + Send + Sync + 'static {
    /// The operation, by its name in the contract.
    const OPERATION: &'static str;

    fn of_answer(code: &str, message: &str) -> Self;
    fn of_http_status(status: u16) -> Option<Self>;
    fn name(self) -> &'static str;
    fn retry(self) -> Retry;
    fn effect(self) -> Option<Effected>;
    fn is_of_platform(self) -> bool;
    fn effect_words() -> Option<EffectWords>;
    /// Whether the operation takes an access token.
    fn takes_token() -> bool;
    /// Whether the same call may be sent again, with the same token.
    fn is_retryable(self) -> bool;
}

macro_rules! outcomes {
    ($($outcome:ident in $module:ident),*) => {$(
        impl $outcome {
            /// What an envelope means: its code and message together if the contract knows the pair,
            /// else its code alone, else the outcome for codes that are not listed.
            ///
            /// Messages are compared without regard to case, outer space and final punctuation. A
            /// message that is not known loses precision but never leads from one code to another
            /// code's outcome.
            #[must_use]
            pub fn classify(code: &str, message: &str) -> Self {
                classify($module::rules(code), Self::DEFAULT, message)
            }

            /// What an HTTP status means where the body is no envelope; nothing for most statuses.
            #[must_use]
            pub fn of_status(http_status: u16) -> Option<Self> {
                $module::outcome_of_status(http_status)
            }

            /// Whether sending the same call again, with the same token, can help, whatever the HTTP
            /// status was.
            #[must_use]
            pub const fn is_retryable(self) -> bool {
                self.retry().is_by_repeating()
            }
        }

        impl OutcomeKind for $outcome {
            const OPERATION: &'static str = $module::ID;

            fn of_answer(code: &str, message: &str) -> Self {
                Self::classify(code, message)
            }

            fn of_http_status(status: u16) -> Option<Self> {
                Self::of_status(status)
            }

            fn name(self) -> &'static str {
                self.as_str()
            }

            fn retry(self) -> Retry {
                self.retry()
            }

            fn effect(self) -> Option<Effected> {
                self.effect()
            }

            fn is_of_platform(self) -> bool {
                self.is_of_platform()
            }

            fn effect_words() -> Option<EffectWords> {
                $module::EFFECT
            }

            fn takes_token() -> bool {
                $module::TAKES_TOKEN
            }

            fn is_retryable(self) -> bool {
                self.is_retryable()
            }
        }

        by_name!($outcome, "outcome");
    )*};
}

outcomes!(Outcome in enroll, TokenOutcome in generate_token);

impl Outcome {
    /// Whether the face is in the face set after this answer.
    #[must_use]
    pub const fn in_face_set(self) -> InFaceSet {
        match self.effect() {
            Some(Effected::Yes) => InFaceSet::Yes,
            Some(Effected::No) => InFaceSet::No,
            Some(Effected::Unknown) | None => InFaceSet::Unknown,
        }
    }
}

/// What an envelope means, by the rules of its code if that is listed.
pub(crate) fn classify<O: Copy>(rules: Option<Rules<O>>, default: O, message: &str) -> O {
    rules.map_or(default, |rules| rules.of(message))
}

impl<O: Copy> Rules<O> {
    /// What the code means with this message.
    fn of(&self, message: &str) -> O {
        let message = trim(message);
        let exactly = self.exactly.iter().find(|(text, _)| equals(message, text));
        let found = exactly.or_else(|| {
            let mut containing = self.containing.iter();
            containing.find(|(text, _)| contains(message, text))
        });
        found.map_or(self.alone, |(_, outcome)| *outcome)
    }
}

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
