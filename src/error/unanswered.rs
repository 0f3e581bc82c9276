//! Calls without an answer.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use face_search_enroll_runtime::{Progress, token_source::SharedError};
use tokio::time::Instant;

use super::call_context::CallContext;
use crate::{ConnectReason, Endpoint, TokenSourceError};

/// A request that was not sent because a field breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not sent: {field} {rule}")]
#[non_exhaustive]
pub struct Invalid {
    /// The field of the request.
    pub field: &'static str,
    /// What is wrong with the field, and what to pass instead.
    pub rule: String,
}

/// A call without a token.
#[derive(Debug)]
#[non_exhaustive]
pub struct NoToken {
    /// Where the call was to go.
    pub call: CallContext,
    /// When a [`CachedTokenSource`](crate::CachedTokenSource) asks the failed source again.
    pub retry_after: Option<Duration>,
    pub(crate) source: Arc<dyn Error + Send + Sync>,
}

impl NoToken {
    /// The error of a source is passed on as it is, even through a cache.
    pub(crate) fn new(progress: &Progress, endpoint: &Endpoint, error: TokenSourceError) -> Self {
        let SharedError { error, retry_at } = SharedError::of(error);
        Self {
            call: CallContext::new(progress, endpoint),
            retry_after: retry_at.map(|at| at.saturating_duration_since(Instant::now())),
            source: error,
        }
    }
}

impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no access token for {}", self.call.endpoint)
    }
}

// By hand: a derived source would be the `Arc` and not the error in it.
impl Error for NoToken {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// A connection that failed.
#[derive(Debug, thiserror::Error)]
#[error(
    "no {}connection to {}{}{}",
    if *reason == ConnectReason::Tls { "TLS " } else { "" },
    call.endpoint,
    match reason {
        ConnectReason::TimedOut => " in time",
        ConnectReason::NoRuntime => " without a tokio runtime",
        ConnectReason::TooManyFiles => ", since too many files are open here",
        _ => "",
    },
    proxy_status.map_or_else(String::new, |status| format!(": the proxy answers with HTTP {status}"))
)]
#[non_exhaustive]
pub struct Connect {
    /// Where the call was to go.
    pub call: CallContext,
    /// What prevented the connection. The source of the error says more.
    pub reason: ConnectReason,
    /// The HTTP status with which a [`Proxy`](crate::Proxy) refused to connect to the server, if it sent one.
    pub proxy_status: Option<u16>,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

/// A request without a complete answer.
#[derive(Debug, thiserror::Error)]
#[error(
    "no {} from {}{}",
    if *timed_out { "answer in time" } else { "whole answer" },
    call.endpoint,
    http_status.map_or_else(String::new, |status| format!(" after HTTP {status}"))
)]
#[non_exhaustive]
pub struct NoAnswer {
    /// Where the call went.
    pub call: CallContext,
    /// The HTTP status, if the answer broke off after it.
    pub http_status: Option<u16>,
    /// Whether a time-out ended the attempt.
    pub timed_out: bool,
    /// How long the server asked to wait before a retry.
    pub retry_after: Option<Duration>,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}
