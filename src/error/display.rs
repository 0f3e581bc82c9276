//! The message of an error: what happened, whether the face may be enrolled, and whether a retry can help.

use std::{error::Error, fmt};

use super::{call_error::CallError, unanswered::Invalid};
use crate::{
    Retry,
    outcome::{Effected, OutcomeKind},
};

impl<O: OutcomeKind> fmt::Display for CallError<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => return invalid.fmt(f),
            Self::Token(no_token) => no_token.fmt(f)?,
            Self::Connect(connect) => connect.fmt(f)?,
            Self::NoAnswer(no_answer) => no_answer.fmt(f)?,
            Self::Unreadable(unreadable) => unreadable.fmt(f)?,
            Self::Rejected(rejected) => rejected.fmt(f)?,
        }
        match (self, self.attempts()) {
            (Self::Token(_), 1..) => write!(f, " after attempt {}", self.attempts())?,
            (_, 0 | 1) => {}
            (_, attempts) => write!(f, " (attempt {attempts})")?,
        }
        f.write_str("; ")?;
        if let Some(words) = O::EFFECT {
            if self.outcome().and_then(O::effect) == Some(Effected::Yes) {
                f.write_str(words.yes)?;
            } else if self.last_attempt_may_have_effect() {
                f.write_str(words.unknown)?;
            } else if self.may_have_effect() {
                write!(f, "{} by an earlier attempt", words.unknown)?;
            } else {
                f.write_str(words.no)?;
            }
            f.write_str(", ")?;
        }
        match (self.retry_after(), self.retry()) {
            (Some(delay), _) if self.is_retryable() => {
                write!(f, "retry after {} s", delay.as_millis().div_ceil(1000))
            }
            (_, Some(Retry::RefreshToken)) if O::TAKES_TOKEN && self.attempts() <= 1 => {
                f.write_str("retry once with a new token")
            }
            _ if self.is_retryable() => f.write_str("a retry can help"),
            _ => f.write_str("a retry does not help"),
        }
    }
}

impl<O: OutcomeKind> Error for CallError<O> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Token(no_token) => no_token.source(),
            Self::Connect(connect) => connect.source(),
            Self::NoAnswer(no_answer) => no_answer.source(),
            Self::Invalid(_) | Self::Unreadable(_) | Self::Rejected(_) => None,
        }
    }
}

impl<O> From<Invalid> for CallError<O> {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}
