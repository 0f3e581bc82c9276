//! An answer that is not an envelope.

use std::time::Duration;

use super::call_context::CallContext;
use crate::outcome::OutcomeKind;

/// An answer that is not an envelope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "could not read the answer from {}: HTTP {http_status}{}, {}",
    call.endpoint,
    content_type.as_ref().map_or_else(String::new, |content_type| format!(", {content_type}")),
    reason.text()
)]
#[non_exhaustive]
pub struct Unreadable {
    /// The server that was called, how often, and for how long.
    pub call: CallContext,
    /// The HTTP status.
    pub http_status: u16,
    /// The `Content-Type` of the answer. None if it has none.
    pub content_type: Option<String>,
    /// How long the server asked to wait before a retry. None if it did not ask.
    pub retry_after: Option<Duration>,
    /// Why the answer is not an envelope.
    pub reason: UnreadableReason,
}

/// Why an answer is not an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnreadableReason {
    /// A redirect. The client does not follow it, since the token is only for the chosen host.
    Redirect {
        /// The `Location` of the answer. None if it has none.
        location: Option<String>,
    },
    /// A body that is larger than the limit.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A body that is compressed or otherwise encoded, although the request asked for no encoding.
    Coded {
        /// The `Content-Encoding` of the answer.
        coding: String,
    },
    /// A body that is not JSON, or JSON that is not the envelope.
    Body {
        /// The line at which parsing failed, from 1.
        line: usize,
        /// The column at which parsing failed, from 1. It is 0 before the first byte.
        column: usize,
        /// The beginning of the body, without the token, and escaped so that it fits on one line.
        excerpt: String,
    },
}

impl UnreadableReason {
    fn text(&self) -> String {
        match self {
            Self::Redirect {
                location: Some(location),
            } => format!("a redirect to {location}, which the client does not follow"),
            Self::Redirect { location: None } => "a redirect without a Location header".to_owned(),
            Self::TooLarge { limit } => format!("a body of more than {limit} bytes"),
            Self::Coded { coding } => format!(
                "a body with the Content-Encoding \"{coding}\", although the request asked for none; check the proxy or gateway on the way to the server"
            ),
            Self::Body {
                line,
                column,
                excerpt,
            } => format!("not an envelope at line {line}, column {column} of \"{excerpt}\""),
        }
    }
}

impl Unreadable {
    pub(super) fn is_retryable<O: OutcomeKind>(&self) -> bool {
        match O::of_http_status(self.http_status) {
            _ if matches!(self.reason, UnreadableReason::Redirect { .. }) => false,
            Some(outcome) => outcome.retry().allows_same_token(),
            // A retry may help after a garbled success or an error page. It does not help after a refusal, a
            // body that is too large, or an encoded success.
            None => match self.reason {
                UnreadableReason::Body { .. } => matches!(self.http_status / 100, 2 | 5),
                UnreadableReason::Coded { .. } => self.http_status / 100 == 5,
                _ => false,
            },
        }
    }
}
