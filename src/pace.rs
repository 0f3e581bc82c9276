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

/// A server that asks for more has made a mistake.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// A pace at work, shared by calls.
#[derive(Debug)]
pub(crate) struct Pacer {
    limiter: Option<RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Nanos>>>,
    clock: TokioClock,
    pause: Mutex<Pause>,
}

/// What the server asks for when it throttles.
#[derive(Debug, Default)]
struct Pause {
    until: Option<Instant>,
    /// How many pauses came one after the other.
    in_a_row: u32,
}

/// How late a timer may be, and the rate be kept all the same.
const LATENESS: Duration = Duration::from_millis(5);

impl Pacer {
    pub(crate) fn new(pace: &Pace) -> Self {
        let clock = TokioClock {
            start: Instant::now(),
        };
        let limiter = pace.interval.and_then(|interval| {
            // Without a burst, but for what a timer that was late has left over.
            let spare = LATENESS.as_nanos().div_ceil(interval.as_nanos().max(1));
            let spare = u32::try_from(spare).unwrap_or(u32::MAX);
            let spare = NonZeroU32::new(spare).filter(|_| interval < LATENESS * 20);
            let burst = spare.map_or(NonZeroU32::MIN, |spare| spare.saturating_add(1));
            let quota = Quota::with_period(interval)?.allow_burst(burst);
            let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
            if let Some(spare) = spare {
                // Nothing is left over yet.
                let _ = limiter.check_n(spare);
            }
            Some(limiter)
        });
        Self {
            limiter,
            clock,
            pause: Mutex::default(),
        }
    }

    /// Waits until an attempt may begin.
    pub(crate) async fn ready(&self) {
        loop {
            self.unpaused().await;
            match self.limiter.as_ref().map(RateLimiter::check) {
                Some(Err(not_until)) => sleep(not_until.wait_time_from(self.clock.now())).await,
                Some(Ok(())) | None => return,
            }
        }
    }

    /// Waits until the server asks for no pause.
    pub(crate) async fn unpaused(&self) {
        while let Some(end) = self.paused_until() {
            sleep_until(end).await;
        }
    }

    /// No attempt begins for as long as the server asks, or, where it does not say, for as long as
    /// `delay` gives for so many pauses in a row.
    pub(crate) fn throttled(&self, asked: Option<Duration>, delay: impl FnOnce(u32) -> Duration) {
        let mut pause = self.lock();
        let now = Instant::now();
        let is_under_way = pause.until.is_some_and(|end| end > now);
        if !is_under_way {
            pause.in_a_row = pause.in_a_row.saturating_add(1);
        } else if asked.is_none() {
            // What was sent before the pause does not make it longer.
            return;
        }
        let asked = asked.unwrap_or_else(|| delay(pause.in_a_row));
        let end = now + asked.min(LONGEST_PAUSE);
        pause.until = Some(pause.until.map_or(end, |until| until.max(end)));
    }

    /// An attempt was answered otherwise.
    pub(crate) fn went_through(&self) {
        self.lock().in_a_row = 0;
    }

    fn paused_until(&self) -> Option<Instant> {
        let mut pause = self.lock();
        pause.until = pause.until.filter(|end| *end > Instant::now());
        pause.until
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pause> {
        self.pause.lock().unwrap_or_else(PoisonError::into_inner)
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
