//! The payloads of errors of calls that got no answer.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use face_search_enroll_runtime::{Progress, token_source::SharedError};
use tokio::time::Instant;

use super::call_context::CallContext;
use crate::{ConnectReason, Endpoint, TokenSourceError};

/// A request that was not sent because a field breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the request was not sent: {field} {rule}")]
#[non_exhaustive]
pub struct Invalid {
    /// The field of the request.
    pub field: &'static str,
    /// What is wrong with the field, and what to pass instead.
    pub rule: String,
}

/// A call that was not sent because there was no token for it.
#[derive(Debug)]
#[non_exhaustive]
pub struct NoToken {
    /// The server that the call was for, and how far the call got.
    pub call: CallContext,
    /// The time until a [`CachedTokenSource`](crate::CachedTokenSource) asks the failed source again. None
    /// without such a cache.
    pub retry_after: Option<Duration>,
    pub(crate) source: Arc<dyn Error + Send + Sync>,
}

impl NoToken {
    /// Keeps the error of the source as the cause, even if a cache has wrapped it.
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
        write!(
            f,
            "could not get an access token for {}",
            self.call.endpoint
        )
    }
}

// Not derived: a derived `source` would return the `Arc`, and not the error in it.
impl Error for NoToken {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// A connection that failed.
#[derive(Debug, thiserror::Error)]
#[error(
    "could not connect to {}{}{}",
    call.endpoint,
    match reason {
        ConnectReason::TimedOut => " in time",
        ConnectReason::NoRuntime => " without a tokio runtime",
        ConnectReason::TooManyFiles => ": too many files are open",
        ConnectReason::Tls => ": TLS failed",
        _ => "",
    },
    proxy_status.map_or_else(String::new, |status| format!(": the proxy answered with HTTP {status}"))
)]
#[non_exhaustive]
pub struct Connect {
    /// The server that the call was for, and how far the call got.
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
    "no complete answer from {}{}{}",
    call.endpoint,
    if *timed_out { " in time" } else { "" },
    http_status.map_or_else(String::new, |status| format!(": it broke off after HTTP {status}"))
)]
#[non_exhaustive]
pub struct NoAnswer {
    /// The server that was called, how often, and for how long.
    pub call: CallContext,
    /// The HTTP status, if the answer broke off after it.
    pub http_status: Option<u16>,
    /// Whether a timeout ended the attempt.
    pub timed_out: bool,
    /// How long the server asked to wait before a retry.
    pub retry_after: Option<Duration>,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}
