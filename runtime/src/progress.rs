//! The progress of a call.

use std::time::Duration;

use tokio::time::Instant;

/// The progress of a call: its attempts and its time.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    started: Instant,
    /// How long the call waited for a pace. This does not count as time of the call.
    pub waited: Duration,
    /// How many attempts the call has begun.
    pub attempts: u32,
    /// Whether an attempt may have taken effect, although no answer says so.
    pub in_doubt: bool,
}

impl Progress {
    /// Starts the progress of a call that begins now.
    #[must_use]
    #[inline]
    pub fn begin() -> Self {
        Self {
            started: Instant::now(),
            waited: Duration::ZERO,
            attempts: 0,
            in_doubt: false,
        }
    }

    /// When the call must end if it may take this long. None means no limit.
    #[must_use]
    #[inline]
    pub fn deadline(&self, limit: Option<Duration>) -> Option<Instant> {
        self.started.checked_add(limit?)?.checked_add(self.waited)
    }

    /// How much time is left if the call may take this long. None means no limit.
    #[must_use]
    #[inline]
    pub fn time_left(&self, limit: Option<Duration>) -> Option<Duration> {
        let deadline = self.deadline(limit)?;
        Some(deadline.saturating_duration_since(Instant::now()))
    }

    /// How long the call has taken, without the wait for a pace.
    #[must_use]
    #[inline]
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed().saturating_sub(self.waited)
    }
}
