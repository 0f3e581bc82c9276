//! A request that may have arrived, and whose answer did not.

use std::{error::Error, time::Duration};

use super::call_context::CallContext;

/// A request without a whole answer.
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
    /// The HTTP status, where the answer broke off after it.
    pub http_status: Option<u16>,
    /// Whether it was a time-out that ended the attempt.
    pub timed_out: bool,
    /// What the server asked to wait before the call is repeated.
    pub retry_after: Option<Duration>,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}
