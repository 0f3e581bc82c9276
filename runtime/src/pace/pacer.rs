//! When the attempts of many calls may begin: at most so many a second, none while the server asks for a
//! pause, and one at a time while no call reaches the server.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

use super::{
    outage::{Outages, Probe},
    settings::Pace,
    throttle::{LONGEST_PAUSE, Throttle},
};
use crate::failure::ConnectCause;

/// How late a timer may fire without lowering the rate.
const LATENESS: Duration = Duration::from_millis(5);

/// A [`Pace`] at work, shared by the calls that keep it.
#[derive(Debug)]
pub struct Pacer {
    interval: Duration,
    /// How long calls wait for the server.
    patience: Duration,
    state: Mutex<State>,
    /// Wakes the calls that wait for the end of a probe.
    probed: Notify,
}

/// The right to begin an attempt.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub enum Slot {
    /// A turn by the rate.
    Turn {
        /// When the next attempt may begin if this slot is given back.
        at: Instant,
        /// When the next attempt may begin after this slot.
        next: Instant,
    },
    /// An attempt that finds out whether the server can be reached again.
    Probe,
}

#[derive(Debug)]
struct State {
    /// When the next attempt may begin, by the rate.
    next: Instant,
    throttle: Throttle,
    outages: Outages,
}

/// What must happen before an attempt may begin.
enum Wait {
    Until(Instant),
    ForProbe,
}

impl Pacer {
    /// Starts a pace. The first attempt may begin at once.
    #[must_use]
    pub fn new(pace: &Pace) -> Self {
        let now = Instant::now();
        Self {
            interval: pace.interval,
            patience: pace.patience,
            state: Mutex::new(State {
                next: now,
                throttle: Throttle::new(now),
                outages: Outages::default(),
            }),
            probed: Notify::new(),
        }
    }

    /// Waits until an attempt may begin. A call that has not begun must not probe: it may still wait for its
    /// item, and all other calls would wait for its probe.
    pub async fn acquire_slot(&self, may_probe: bool) -> Slot {
        loop {
            // Subscribe before reading the state, so that no probe that ends in between is missed.
            let probed = self.probed.notified();
            match self.take_slot(may_probe) {
                Ok(slot) => return slot,
                Err(Wait::Until(earliest)) => sleep_until(earliest).await,
                Err(Wait::ForProbe) => probed.await,
            }
        }
    }

    /// Waits until the attempt of a slot may begin, which may have been acquired long ago.
    pub async fn use_slot(&self, slot: Slot) {
        let wait = match slot {
            Slot::Turn { .. } => self.lock().wait(Instant::now()),
            Slot::Probe => None,
        };
        if wait.is_some() {
            let _ = self.acquire_slot(true).await;
        }
    }

    /// Takes a slot, or says what to wait for.
    fn take_slot(&self, may_probe: bool) -> Result<Slot, Wait> {
        let mut state = self.lock();
        let now = Instant::now();
        match state.wait(now) {
            Some(Wait::ForProbe) if may_probe => {
                return match state.outages.take_probe(now) {
                    Probe::Now => Ok(Slot::Probe),
                    Probe::At(time) => Err(Wait::Until(time)),
                    Probe::AfterAnother => Err(Wait::ForProbe),
                };
            }
            Some(wait) => return Err(wait),
            None => {}
        }
        let interval = self.interval.max(state.throttle.spacing);
        if state.next > now {
            return Err(Wait::Until(state.next));
        }
        // Where slots are close together, those that a late timer has missed are made up for.
        let is_close = interval < LATENESS * 20;
        let late = if is_close { LATENESS } else { Duration::ZERO };
        let at = state.next;
        let begun = now.checked_sub(late).unwrap_or(now).max(at);
        let next = begun.checked_add(interval).unwrap_or(now + LONGEST_PAUSE);
        state.next = next;
        Ok(Slot::Turn { at, next })
    }

    /// Returns a slot that is not used now, so that another attempt may begin.
    pub fn give_back(&self, slot: &Slot) {
        let mut state = self.lock();
        match *slot {
            Slot::Turn { at, next } if state.next == next => state.next = at,
            // Another slot was taken after this one, which is lost.
            Slot::Turn { .. } => {}
            Slot::Probe => {
                state.outages.cancel_probe();
                self.probed.notify_waiters();
            }
        }
    }

    /// The server has throttled an attempt. No attempt begins for as long as the server `asked`, and at least
    /// for the `delay` after this many pauses in a row. Returns whether it is worth waiting for that.
    pub fn throttled(&self, asked: Option<Duration>, delay: impl Fn(u32) -> Duration) -> bool {
        let mut state = self.lock();
        self.end_outage(&mut state);
        let pause = state.throttle.throttled(Instant::now(), asked, delay);
        pause.is_some_and(|pause| pause <= self.patience)
    }

    /// The server has answered an attempt without throttling it.
    pub fn went_through(&self) {
        let mut state = self.lock();
        state.throttle.went_through();
        self.end_outage(&mut state);
    }

    /// An attempt did not reach the server. Returns whether its call waits until one does. That makes no
    /// sense if the failure is `lasting`.
    pub fn unreached(&self, cause: Option<ConnectCause>, lasting: bool) -> bool {
        let mut state = self.lock();
        let now = Instant::now();
        let waits = state.outages.unreached(now, cause, lasting, self.patience);
        self.probed.notify_waiters();
        waits
    }

    fn end_outage(&self, state: &mut State) {
        if state.outages.end() {
            self.probed.notify_waiters();
        }
    }

    /// How much is left of the pause that the server asked for. None if there is no pause.
    #[must_use]
    pub fn pause_left(&self) -> Option<Duration> {
        let now = Instant::now();
        let end = self.lock().throttle.pause_end(now)?;
        Some(end.duration_since(now))
    }

    /// Why no call connects now, if that is known.
    #[must_use]
    pub fn outage_cause(&self) -> Option<ConnectCause> {
        self.lock().outages.cause()
    }

    /// How long no call reached the server, all in all.
    #[must_use]
    pub fn waited_for_server(&self) -> Duration {
        self.lock().outages.duration()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What an attempt has to wait for, besides its turn.
    fn wait(&self, now: Instant) -> Option<Wait> {
        if let Some(end) = self.throttle.pause_end(now) {
            return Some(Wait::Until(end));
        }
        self.outages.must_wait().then_some(Wait::ForProbe)
    }
}
