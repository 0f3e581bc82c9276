//! How fast many calls are made: at most so many attempts a second, and none while the server asks
//! for a pause.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::{InMemoryState, NotKeyed},
};
use tokio::time::{Instant, sleep, sleep_until};

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

    /// At most this many attempts a second, repeats included, evenly spaced; as many as there can
    /// be unless told.
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

/// A server that asks for more has made a mistake.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// A pace at work, shared by calls.
#[derive(Debug)]
pub(crate) struct Pacer {
    limiter: Option<RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Nanos>>>,
    clock: TokioClock,
    /// Until when the server asks for a pause.
    paused_until: Mutex<Option<Instant>>,
}

impl Pacer {
    pub(crate) fn new(pace: &Pace) -> Self {
        let clock = TokioClock {
            start: Instant::now(),
        };
        // Without a burst: the server sees the rate in any span of time.
        let quota = pace.interval.and_then(Quota::with_period);
        let limiter = quota.map(|quota| {
            let quota = quota.allow_burst(NonZeroU32::MIN);
            RateLimiter::direct_with_clock(quota, clock.clone())
        });
        Self {
            limiter,
            clock,
            paused_until: Mutex::default(),
        }
    }

    /// Waits until an attempt may begin.
    pub(crate) async fn ready(&self) {
        loop {
            while let Some(end) = self.paused_until() {
                sleep_until(end).await;
            }
            match self.limiter.as_ref().map(RateLimiter::check) {
                Some(Err(not_until)) => sleep(not_until.wait_time_from(self.clock.now())).await,
                Some(Ok(())) | None => return,
            }
        }
    }

    /// No attempt begins for this long.
    pub(crate) fn pause(&self, delay: Duration) {
        let end = Instant::now() + delay.min(LONGEST_PAUSE);
        let mut paused_until = self.lock();
        *paused_until = Some(paused_until.map_or(end, |until| until.max(end)));
    }

    fn paused_until(&self) -> Option<Instant> {
        let mut paused_until = self.lock();
        *paused_until = paused_until.filter(|end| *end > Instant::now());
        *paused_until
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.paused_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// tokio's clock, which tests can stop.
#[derive(Debug, Clone)]
struct TokioClock {
    start: Instant,
}

impl Clock for TokioClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.start.elapsed().into()
    }
}
