//! Classifying answers. The outcomes and the rules are generated. This module applies the rules.

use std::fmt;

use face_search_enroll_runtime::by_name;

use crate::{
    Outcome,
    generated::facts::{
        FINAL_PUNCTUATION, enroll,
        generate_token::{self, Outcome as TokenOutcome},
    },
};

/// Whether the face is in the face set after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum InFaceSet {
    /// The face is in the face set.
    Yes,
    /// The call did not enroll the face.
    No,
    /// The answer does not say whether the face is in the face set.
    Unknown,
}

/// Whether a call may be retried, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Retry {
    /// Never, because the answer would be the same.
    Never,
    /// After a growing delay.
    Backoff,
    /// After the delay that the server asks for. Other calls should wait too.
    Throttled,
    /// Once, with a new token.
    RefreshToken,
    /// As the HTTP status of the answer says; see [`Answer::retry`](crate::Answer::retry). If the contract does
    /// not list the status, never.
    ByStatus,
}

impl Retry {
    /// This rule, or the rule of the HTTP status if the outcome depends on the status.
    pub(crate) fn resolve(self, of_status: Option<Self>) -> Self {
        match self {
            Self::ByStatus => of_status.unwrap_or(Self::Never),
            retry => retry,
        }
    }

    /// Whether a retry with the same token can help.
    pub(crate) const fn allows_same_token(self) -> bool {
        matches!(self, Self::Backoff | Self::Throttled)
    }
}

/// Whether an operation has taken effect after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effected {
    Yes,
    No,
    Unknown,
}

/// How messages describe the effect of an operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EffectWords {
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) unknown: &'static str,
}

/// The outcomes of a code: by an exact message, by a part of the message, or by the code alone. The texts are
/// trimmed and in lower case.
pub(crate) struct Rules<O: 'static> {
    pub(crate) exactly: &'static [(&'static str, O)],
    pub(crate) containing: &'static [(&'static str, O)],
    pub(crate) alone: O,
}

/// The outcomes of an operation, as far as the client needs to know them.
pub(crate) trait OutcomeKind: Copy + fmt::Debug + Send + Sync + 'static {
    /// The name of the operation in the contract.
    const OPERATION: &'static str;
    /// Whether the operation takes an access token.
    const TAKES_TOKEN: bool;
    /// How messages describe its effect, if it has one.
    const EFFECT: Option<EffectWords>;

    fn of_answer(code: &str, message: &str) -> Self;
    fn of_http_status(status: u16) -> Option<Self>;
    fn name(self) -> &'static str;
    fn retry(self) -> Retry;
    fn effect(self) -> Option<Effected>;
    fn is_of_platform(self) -> bool;
}

macro_rules! outcomes {
    ($($outcome:ident in $module:ident),*) => {$(
        impl $outcome {
            /// Returns the outcome of an envelope with this code and message.
            ///
            /// The code and the message decide if the contract lists the pair, or else the code alone. For a
            /// code that the contract does not list, the result is the outcome for unlisted codes.
            ///
            /// Messages are compared without case, outer white space and final punctuation. An unknown
            /// message makes the outcome less precise, but never leads to the outcome of another code.
            #[must_use]
            pub fn classify(code: &str, message: &str) -> Self {
                classify($module::rules(code), Self::DEFAULT, message)
            }

            /// Returns the outcome of an answer with this HTTP status whose body is not an envelope. None for most
            /// statuses.
            #[must_use]
            pub fn of_status(http_status: u16) -> Option<Self> {
                $module::outcome_of_status(http_status)
            }

            /// Whether a retry with the same token can help, regardless of the HTTP status.
            #[must_use]
            pub const fn is_retryable(self) -> bool {
                self.retry().allows_same_token()
            }
        }

        impl OutcomeKind for $outcome {
            const OPERATION: &'static str = $module::ID;
            const TAKES_TOKEN: bool = $module::TAKES_TOKEN;
            const EFFECT: Option<EffectWords> = $module::EFFECT;

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

/// The outcome of a message by the rules of its code, or `default` for an unlisted code.
pub(crate) fn classify<O: Copy>(rules: Option<Rules<O>>, default: O, message: &str) -> O {
    rules.map_or(default, |rules| rules.of(message))
}

impl<O: Copy> Rules<O> {
    /// The outcome of the code with this message.
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

/// A message without outer white space and final punctuation.
fn trim(message: &str) -> &str {
    message
        .trim()
        .trim_end_matches(FINAL_PUNCTUATION)
        .trim_end()
}

/// Whether `message` is `folded` except for case. `folded` is in lower case.
fn equals(message: &str, folded: &str) -> bool {
    if message.is_ascii() {
        // All known messages are ASCII, for which there is a faster comparison.
        return message.eq_ignore_ascii_case(folded);
    }
    message
        .chars()
        .flat_map(char::to_lowercase)
        .eq(folded.chars())
}

/// Whether `message` contains `folded` except for case. It does not copy the message.
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
