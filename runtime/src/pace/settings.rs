//! The settings for the pace of bulk calls.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

/// The limits for bulk calls: how many run at a time, and how many attempts begin in a second.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Pace {
    pub(super) concurrency: NonZeroUsize,
    /// The minimum time between the beginnings of two attempts.
    pub(super) interval: Duration,
    pub(super) patience: Duration,
}

impl Pace {
    /// Sets how many calls may run at a time. The default is 8.
    pub const fn concurrency(mut self, calls: NonZeroUsize) -> Self {
        self.concurrency = calls;
        self
    }

    /// Limits the attempts per second, retries included. By default there is no limit.
    ///
    /// Attempts are evenly spaced. After a timer has fired late, they follow more closely until they have
    /// caught up.
    pub const fn rate(self, per_second: NonZeroU32) -> Self {
        let nanoseconds = 1_000_000_000 / per_second.get() as u64;
        self.interval(Duration::from_nanos(nanoseconds))
    }

    /// Sets the minimum time from one attempt to the next, retries included. Zero means no limit.
    ///
    /// Use it instead of [`rate`](Self::rate) for less than one call per second.
    pub const fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets how long calls wait for a server that is not reachable or asks for a pause. The default is 5 minutes.
    ///
    /// While no call reaches the server, or while the token source fails, no new item is taken. One call at a time
    /// tries again, after a growing delay. When the time is over, calls fail as a single call does. With zero,
    /// calls wait only for their turn.
    pub const fn patience(mut self, time: Duration) -> Self {
        self.patience = time;
        self
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            concurrency: const { NonZeroUsize::new(8).unwrap() },
            interval: Duration::ZERO,
            patience: Duration::from_secs(300),
        }
    }
}
