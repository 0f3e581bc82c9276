//! How fast many calls are made, as a user sets it.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

/// How many calls are under way at a time, and how many attempts are begun in a second.
///
/// ```
/// use std::num::NonZeroU32;
/// use face_search_enroll::Pace;
///
/// let gentle = Pace::default().rate(NonZeroU32::new(50).unwrap());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Pace {
    pub(crate) concurrency: NonZeroUsize,
    /// From the beginning of one attempt to that of the next, at least.
    pub(crate) interval: Option<Duration>,
}

impl Pace {
    /// This many calls at a time; 8 unless told.
    pub const fn concurrency(mut self, calls: NonZeroUsize) -> Self {
        self.concurrency = calls;
        self
    }

    /// At most this many attempts a second, repeats included, evenly spaced but for what a timer that
    /// was late has left over; as many as there can be unless told.
    pub const fn rate(self, per_second: NonZeroU32) -> Self {
        let nanoseconds = 1_000_000_000 / per_second.get() as u64;
        self.interval(Duration::from_nanos(nanoseconds))
    }

    /// At least this long from one attempt to the next, repeats included: a [rate](Self::rate) for
    /// those who may call less than once a second. No time at all is no limit.
    pub const fn interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            concurrency: const { NonZeroUsize::new(8).unwrap() },
            interval: None,
        }
    }
}
