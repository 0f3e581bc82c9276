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

    /// When a call must end that may take so long; None for no limit.
    pub(crate) fn deadline(&self, limit: Option<Duration>) -> Option<Instant> {
        self.started.checked_add(limit?)?.checked_add(self.waited)
    }

    /// What is left of that time.
    pub(crate) fn time_left(&self, limit: Option<Duration>) -> Option<Duration> {
        let deadline = self.deadline(limit)?;
        Some(deadline.saturating_duration_since(Instant::now()))
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
