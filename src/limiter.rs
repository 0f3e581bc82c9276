//! At most so many attempts a second, evenly spaced.

use std::{num::NonZeroU32, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::{InMemoryState, NotKeyed},
};
use tokio::time::Instant;

/// How late a timer may be, and the rate be kept all the same.
const LATENESS: Duration = Duration::from_millis(5);

/// Gives a slot in every interval.
#[derive(Debug)]
pub(crate) struct Limiter {
    limiter: RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Nanos>>,
    clock: TokioClock,
}

impl Limiter {
    /// None for no interval, which limits nothing.
    pub(crate) fn new(interval: Duration) -> Option<Self> {
        let clock = TokioClock {
            start: Instant::now(),
        };
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
        Some(Self { limiter, clock })
    }

    /// Takes a slot, or says how long it is until there may be one.
    pub(crate) fn take(&self) -> Result<(), Duration> {
        self.limiter
            .check()
            .map_err(|not_until| not_until.wait_time_from(self.clock.now()))
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
