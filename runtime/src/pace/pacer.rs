//! Decides when the attempts of bulk calls may begin. It limits their rate, starts none during a pause that the
//! server asked for, and starts one at a time while no call reaches the server.

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

/// How late a timer may fire without a lower rate as the result.
const LATENESS: Duration = Duration::from_millis(5);

/// The state of a [`Pace`], shared by its calls.
#[derive(Debug)]
pub struct Pacer {
    interval: Duration,
    /// The longest time for which calls wait for the server.
    patience: Duration,
    state: Mutex<State>,
    /// Wakes the calls that wait for the end of a probe.
    probed: Notify,
}

/// The permission to begin an attempt.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub enum Slot {
    /// A turn within the rate.
    Turn {
        /// When the next attempt may begin if this slot is returned unused.
        at: Instant,
        /// When the next attempt may begin after this slot.
        next: Instant,
    },
    /// An attempt that finds out whether the server is reachable again.
    Probe,
}

#[derive(Debug)]
struct State {
    /// When the next attempt may begin according to the rate.
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
    /// Creates a pacer. The first attempt may begin at once.
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

    /// Waits until an attempt may begin. A call that has not begun must not probe. It may still wait for its
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

    /// Waits until the attempt of a slot may begin. The slot may have been acquired long ago.
    pub async fn use_slot(&self, slot: Slot) {
        let wait = match slot {
            Slot::Turn { .. } => self.lock().wait(Instant::now()),
            Slot::Probe => None,
        };
        if wait.is_some() {
            let _ = self.acquire_slot(true).await;
        }
    }

    /// Takes a slot, or returns what to wait for.
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
        // If slots are close together, attempts catch up on the slots that a late timer missed.
        let is_close = interval < LATENESS * 20;
        let late = if is_close { LATENESS } else { Duration::ZERO };
        let at = state.next;
        let begun = now.checked_sub(late).unwrap_or(now).max(at);
        let next = begun.checked_add(interval).unwrap_or(now + LONGEST_PAUSE);
        state.next = next;
        Ok(Slot::Turn { at, next })
    }

    /// Returns an unused slot, so that another attempt may begin.
    pub fn give_back(&self, slot: &Slot) {
        let mut state = self.lock();
        match *slot {
            Slot::Turn { at, next } if state.next == next => state.next = at,
            // Another slot was taken after this one, so this one is lost.
            Slot::Turn { .. } => {}
            Slot::Probe => {
                state.outages.cancel_probe();
                self.probed.notify_waiters();
            }
        }
    }

    /// Records that the server throttled an attempt. No attempt begins for as long as the server `asked`, and at
    /// least for `delay`, which depends on the number of pauses in a row. Returns whether the call should wait
    /// for the end of the pause.
    pub fn throttled(&self, asked: Option<Duration>, delay: impl Fn(u32) -> Duration) -> bool {
        let mut state = self.lock();
        self.end_outage(&mut state);
        let pause = state.throttle.throttled(Instant::now(), asked, delay);
        pause.is_some_and(|pause| pause <= self.patience)
    }

    /// Records that the server answered an attempt without throttling it.
    pub fn not_throttled(&self) {
        let mut state = self.lock();
        state.throttle.not_throttled();
        self.end_outage(&mut state);
    }

    /// Records that an attempt did not reach the server. Returns whether its call should wait until the server
    /// is reachable. It should not if the failure is `permanent`.
    pub fn unreached(&self, cause: Option<ConnectCause>, permanent: bool) -> bool {
        let mut state = self.lock();
        let now = Instant::now();
        let waits = state
            .outages
            .unreached(now, cause, permanent, self.patience);
        self.probed.notify_waiters();
        waits
    }

    fn end_outage(&self, state: &mut State) {
        if state.outages.end() {
            self.probed.notify_waiters();
        }
    }

    /// The rest of the pause that the server asked for. None if there is no pause.
    #[must_use]
    pub fn pause_left(&self) -> Option<Duration> {
        let now = Instant::now();
        let end = self.lock().throttle.pause_end(now)?;
        Some(end.duration_since(now))
    }

    /// Why calls cannot connect now. None if they can, or if the cause is not known.
    #[must_use]
    pub fn outage_cause(&self) -> Option<ConnectCause> {
        self.lock().outages.cause()
    }

    /// The total time during which no call reached the server.
    #[must_use]
    pub fn waited_for_server(&self) -> Duration {
        self.lock().outages.duration()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What an attempt must wait for, besides its turn.
    fn wait(&self, now: Instant) -> Option<Wait> {
        if let Some(end) = self.throttle.pause_end(now) {
            return Some(Wait::Until(end));
        }
        self.outages.must_wait().then_some(Wait::ForProbe)
    }
}
