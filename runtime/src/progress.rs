//! How far a call has got.

use std::time::Duration;

use tokio::time::Instant;

/// How far a call has got: its attempts and its time.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    started: Instant,
    /// How long the call waited for its turn at a pace. That does not count as time of the call.
    pub waited: Duration,
    /// How often the call was sent, or was about to be sent.
    pub attempts: u32,
    /// Whether an attempt may have taken effect although no answer says so.
    pub in_doubt: bool,
}

impl Progress {
    /// The progress of a call that begins now.
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

    /// When the call must end that may take this long. None means no limit.
    #[must_use]
    #[inline]
    pub fn deadline(&self, limit: Option<Duration>) -> Option<Instant> {
        self.started.checked_add(limit?)?.checked_add(self.waited)
    }

    /// How much of that time is left.
    #[must_use]
    #[inline]
    pub fn time_left(&self, limit: Option<Duration>) -> Option<Duration> {
        let deadline = self.deadline(limit)?;
        Some(deadline.saturating_duration_since(Instant::now()))
    }

    /// How long the call has taken, without the wait for its turn.
    #[must_use]
    #[inline]
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed().saturating_sub(self.waited)
    }
}
