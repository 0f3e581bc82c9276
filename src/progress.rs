//! How far a call has got, which everything that it ends with tells.

use std::time::Duration;

use tokio::time::Instant;

use crate::{CallContext, Endpoint};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    pub(crate) started: Instant,
    /// How long it waited for its turn, which is not its own time.
    pub(crate) waited: Duration,
    pub(crate) attempts: u32,
    /// Whether an attempt may have taken effect without an answer that says so.
    pub(crate) in_doubt: bool,
}

impl Progress {
    pub(crate) fn begin() -> Self {
        Self {
            started: Instant::now(),
            waited: Duration::ZERO,
            attempts: 0,
            in_doubt: false,
        }
    }

    /// When the call must end; None for no limit.
    pub(crate) fn deadline(&self, limit: Option<Duration>) -> Option<Instant> {
        limit.and_then(|limit| self.started.checked_add(limit))
    }

    pub(crate) fn context(&self, endpoint: &Endpoint) -> CallContext {
        CallContext {
            endpoint: endpoint.clone(),
            attempts: self.attempts,
            elapsed: self.started.elapsed().saturating_sub(self.waited),
            earlier_attempt_may_have_enrolled: self.in_doubt,
        }
    }
}
