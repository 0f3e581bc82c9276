//! When the attempts of many calls may begin: at most so many a second, and none while the server asks
//! for a pause.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

#[cfg(feature = "bulk")]
use tokio::time::sleep;
use tokio::time::{Instant, sleep_until};

#[cfg(feature = "bulk")]
use crate::limiter::Limiter;

/// A server that asks for more has made a mistake.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// A pace at work, shared by calls.
#[derive(Debug)]
pub(crate) struct Pacer {
    /// None for no limit.
    #[cfg(feature = "bulk")]
    limiter: Option<Limiter>,
    pause: Mutex<Pause>,
}

/// What the server asks for when it throttles.
#[derive(Debug, Default)]
struct Pause {
    until: Option<Instant>,
    /// How many pauses came one after the other.
    in_a_row: u32,
}

impl Pacer {
    /// `interval` is the least time from one attempt to the next; none for no limit.
    #[cfg(feature = "bulk")]
    pub(crate) fn new(interval: Option<Duration>) -> Self {
        Self {
            limiter: interval.and_then(Limiter::new),
            pause: Mutex::default(),
        }
    }

    /// Waits until an attempt may begin.
    pub(crate) async fn acquire_slot(&self) {
        self.unpaused().await;
        #[cfg(feature = "bulk")]
        while let Some(Err(wait)) = self.limiter.as_ref().map(Limiter::take) {
            sleep(wait).await;
            self.unpaused().await;
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

    fn lock(&self) -> MutexGuard<'_, Pause> {
        self.pause.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
