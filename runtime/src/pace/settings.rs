//! What a user sets about the pace of many calls.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

/// How many calls run at a time, and how many attempts begin in a second.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Pace {
    pub(super) concurrency: NonZeroUsize,
    /// The least time from the beginning of one attempt to that of the next.
    pub(super) interval: Duration,
    pub(super) patience: Duration,
}

impl Pace {
    /// This many calls at a time; 8 by default.
    pub const fn concurrency(mut self, calls: NonZeroUsize) -> Self {
        self.concurrency = calls;
        self
    }

    /// At most this many attempts a second, retries included. There is no limit by default.
    ///
    /// Attempts are evenly spaced. After a timer that fired late, they follow more closely until they have
    /// caught up.
    pub const fn rate(self, per_second: NonZeroU32) -> Self {
        let nanoseconds = 1_000_000_000 / per_second.get() as u64;
        self.interval(Duration::from_nanos(nanoseconds))
    }

    /// At least this long from one attempt to the next, retries included: a [rate](Self::rate) of less than
    /// one call a second. Zero means no limit.
    pub const fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// How long calls wait for a server that none of them reaches, or that asks for a pause; 5 minutes by
    /// default.
    ///
    /// While no call reaches the server, or the source of tokens fails, no new item is taken. One call at a
    /// time tries again, after a growing delay. When the time is over, calls fail as a single call does. With
    /// zero, calls wait only for their turn.
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
