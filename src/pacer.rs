//! When the attempts of many calls may begin: at most so many a second, and none while the server asks
//! for a pause.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

/// A server that asks for more has made a mistake.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// How late a timer may be, and the rate be kept all the same.
const LATENESS: Duration = Duration::from_millis(5);

/// A pace at work, shared by calls.
#[derive(Debug)]
pub(crate) struct Pacer {
    interval: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the next attempt may begin, by the interval.
    next: Instant,
    /// Until when the server asks for a pause.
    paused_until: Option<Instant>,
    /// How many pauses came one after the other.
    pauses: u32,
}

impl Pacer {
    /// `interval` is the least time from one attempt to the next; none at all is no limit.
    #[cfg(feature = "bulk")]
    pub(crate) fn new(interval: Duration) -> Self {
        Self {
            interval,
            state: Mutex::new(State {
                next: Instant::now(),
                paused_until: None,
                pauses: 0,
            }),
        }
    }

    /// Waits until an attempt may begin.
    pub(crate) async fn acquire_slot(&self) {
        while let Some(earliest) = self.take_slot() {
            sleep_until(earliest).await;
        }
    }

    /// Waits until the server asks for no pause.
    pub(crate) async fn unpaused(&self) {
        while let Some(end) = self.paused_until() {
            sleep_until(end).await;
        }
    }

    fn paused_until(&self) -> Option<Instant> {
        self.lock().pause(Instant::now())
    }

    /// Takes a slot, or says when there may be one.
    fn take_slot(&self) -> Option<Instant> {
        let mut state = self.lock();
        let now = Instant::now();
        let next = Some(state.next).filter(|next| *next > now);
        let wait = state.pause(now).max(next);
        if wait.is_none() {
            // Slots that a late timer has left over are taken up, where they are close together.
            let is_close = self.interval < LATENESS * 20;
            let late = if is_close { LATENESS } else { Duration::ZERO };
            let begun = now.checked_sub(late).unwrap_or(now).max(state.next);
            state.next = begun
                .checked_add(self.interval)
                .unwrap_or(now + LONGEST_PAUSE);
        }
        wait
    }

    /// No attempt begins for as long as the server asks, or, where it does not say, for as long as
    /// `delay` gives for so many pauses in a row.
    pub(crate) fn throttled(&self, asked: Option<Duration>, delay: impl FnOnce(u32) -> Duration) {
        let mut state = self.lock();
        let now = Instant::now();
        if state.pause(now).is_none() {
            state.pauses = state.pauses.saturating_add(1);
        } else if asked.is_none() {
            // What was sent before the pause does not make it longer.
            return;
        }
        let asked = asked.unwrap_or_else(|| delay(state.pauses));
        let end = now + asked.min(LONGEST_PAUSE);
        state.paused_until = state.paused_until.max(Some(end));
    }

    /// An attempt was answered otherwise.
    pub(crate) fn went_through(&self) {
        self.lock().pauses = 0;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// When the pause ends, if there is one.
    fn pause(&self, now: Instant) -> Option<Instant> {
        self.paused_until.filter(|end| *end > now)
    }
}
