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

use crate::ConnectCause;

/// A server that asks for more has made a mistake.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// How late a timer may be, and the rate be kept all the same.
const LATENESS: Duration = Duration::from_millis(5);

/// After so many pauses without an answer between them, a call that is throttled is not repeated for that.
const MOST_PAUSES: u32 = 8;

/// Spacing of attempts that is shorter makes no difference, and more is left to pauses.
const SHORTEST_SPACING: Duration = Duration::from_millis(1);
const LONGEST_SPACING: Duration = Duration::from_secs(1);

/// The delay before the first probe of a server that is not reached. It doubles with each further one.
const FIRST_PROBE: Duration = Duration::from_millis(500);
const LONGEST_PROBE: Duration = Duration::from_secs(30);

/// A pace at work, shared by calls.
#[derive(Debug)]
pub(crate) struct Pacer {
    interval: Duration,
    /// How long calls wait for the server.
    patience: Duration,
    state: Mutex<State>,
    /// Wakes what waits for the end of a probe.
    probed: Notify,
}

/// The right to begin an attempt.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub(crate) enum Slot {
    /// By the interval: when the next attempt may begin without it, and with it.
    Turn { at: Instant, next: Instant },
    /// To see whether the server can be reached again.
    Probe,
}

#[derive(Debug)]
struct State {
    /// When the next attempt may begin, by the interval.
    next: Instant,
    /// Until when the server asks for a pause.
    paused_until: Option<Instant>,
    /// How many pauses came one after the other.
    pauses: u32,
    /// How far apart attempts begin since the server throttled; less with each that goes through.
    spacing: Duration,
    /// How many attempts went through since then.
    passed: u32,
    since: Instant,
    outage: Option<Outage>,
    /// How long outages took that have ended.
    waited: Duration,
}

#[derive(Debug)]
struct Outage {
    since: Instant,
    probes: u32,
    next_probe: Instant,
    probing: bool,
    /// Why the last attempt made no connection, if that is what keeps calls from the server.
    cause: Option<ConnectCause>,
    /// Whether it has taken longer than the limit. Calls fail again then.
    given_up: bool,
}

/// What has to happen before an attempt may begin.
enum Wait {
    Until(Instant),
    ForProbe,
}

impl Pacer {
    /// `interval` is the least time from one attempt to the next; none at all is no limit.
    #[cfg(feature = "bulk")]
    pub(crate) fn new(interval: Duration, patience: Duration) -> Self {
        let now = Instant::now();
        Self {
            interval,
            patience,
            state: Mutex::new(State {
                next: now,
                paused_until: None,
                pauses: 0,
                spacing: Duration::ZERO,
                passed: 0,
                since: now,
                outage: None,
                waited: Duration::ZERO,
            }),
            probed: Notify::new(),
        }
    }

    /// Waits until an attempt may begin. A call that is to be begun makes no probe: it may still wait
    /// for what it is made of, and others would wait for it.
    pub(crate) async fn acquire_slot(&self, may_probe: bool) -> Slot {
        loop {
            // Before the look at the state: what ends meanwhile must not be missed.
            let probed = self.probed.notified();
            match self.take_slot(may_probe) {
                Ok(slot) => return slot,
                Err(Wait::Until(earliest)) => sleep_until(earliest).await,
                Err(Wait::ForProbe) => probed.await,
            }
        }
    }

    /// Waits until an attempt may begin that has a slot, which it may have got long ago.
    pub(crate) async fn use_slot(&self, slot: Slot) {
        let wait = match slot {
            Slot::Turn { .. } => self.lock().wait(Instant::now()),
            Slot::Probe => None,
        };
        if wait.is_some() {
            let _ = self.acquire_slot(true).await;
        }
    }

    /// Takes a slot, or says when there may be one.
    fn take_slot(&self, may_probe: bool) -> Result<Slot, Wait> {
        let mut state = self.lock();
        let now = Instant::now();
        match state.wait(now) {
            Some(Wait::ForProbe) if may_probe => return state.take_probe(now),
            Some(wait) => return Err(wait),
            None => {}
        }
        let interval = self.interval.max(state.spacing);
        if state.next > now {
            return Err(Wait::Until(state.next));
        }
        // Slots that a late timer has left over are taken up, where they are close together.
        let is_close = interval < LATENESS * 20;
        let late = if is_close { LATENESS } else { Duration::ZERO };
        let at = state.next;
        let begun = now.checked_sub(late).unwrap_or(now).max(at);
        let next = begun.checked_add(interval).unwrap_or(now + LONGEST_PAUSE);
        state.next = next;
        Ok(Slot::Turn { at, next })
    }

    /// Gives a slot back that is not used now, so that another attempt may begin.
    pub(crate) fn give_back(&self, slot: &Slot) {
        let mut state = self.lock();
        match *slot {
            Slot::Turn { at, next } if state.next == next => state.next = at,
            // Another one was taken after it: it is lost.
            Slot::Turn { .. } => {}
            Slot::Probe => {
                if let Some(outage) = &mut state.outage {
                    outage.probing = false;
                }
                self.probed.notify_waiters();
            }
        }
    }

    /// The server has throttled an attempt: none begins for as long as it asks, and at least for as long
    /// as `delay` gives for so many pauses in a row. Says whether it is worth while to wait for that.
    pub(crate) fn throttled(
        &self,
        asked: Option<Duration>,
        delay: impl Fn(u32) -> Duration,
    ) -> bool {
        let mut state = self.lock();
        let now = Instant::now();
        self.end_outage(&mut state);
        let is_paused = state.paused_until.is_some_and(|end| end > now);
        if !is_paused {
            state.pauses = state.pauses.saturating_add(1);
            state.slow_down(now);
        }
        let own = delay(state.pauses);
        // Clients that were asked for the same must not come back together.
        let pause = asked.map_or(own, |asked| {
            asked.max(own).saturating_add(own.mul_f64(fastrand::f64()))
        });
        // What was sent before the pause makes it longer only where the server says so.
        if !is_paused || asked.is_some_and(|asked| !asked.is_zero()) {
            let end = now + pause.min(LONGEST_PAUSE);
            state.paused_until = state.paused_until.max(Some(end));
        }
        state.pauses <= MOST_PAUSES && pause <= self.patience
    }

    /// An attempt was answered otherwise.
    pub(crate) fn went_through(&self) {
        let mut state = self.lock();
        state.pauses = 0;
        state.passed = state.passed.saturating_add(1);
        state.spacing = state.spacing.mul_f64(0.98);
        if state.spacing < SHORTEST_SPACING {
            state.spacing = Duration::ZERO;
        }
        self.end_outage(&mut state);
    }

    /// An attempt did not reach the server. Says whether to wait until one does, which makes no sense
    /// where the failure is `lasting`.
    pub(crate) fn unreached(&self, cause: Option<ConnectCause>, lasting: bool) -> bool {
        let mut state = self.lock();
        let now = Instant::now();
        if lasting && state.outage.is_none() {
            return false;
        }
        let outage = state.outage.get_or_insert_with(|| Outage {
            since: now,
            probes: 0,
            next_probe: now + probe_delay(0),
            probing: false,
            cause,
            given_up: false,
        });
        outage.cause = cause;
        if outage.probing {
            outage.probing = false;
            outage.probes = outage.probes.saturating_add(1);
            outage.next_probe = now + probe_delay(outage.probes);
        }
        outage.given_up |= now.duration_since(outage.since) >= self.patience;
        let waits = !outage.given_up && !lasting;
        self.probed.notify_waiters();
        waits
    }

    fn end_outage(&self, state: &mut State) {
        if let Some(outage) = state.outage.take() {
            state.waited += outage.since.elapsed();
            self.probed.notify_waiters();
        }
    }

    /// How long it is until the end of the pause that the server asked for, if there is one.
    #[cfg(feature = "bulk")]
    pub(crate) fn pause_left(&self) -> Option<Duration> {
        let end = self.lock().paused_until?;
        let left = end.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// Why no call makes a connection now, if that is known.
    #[cfg(feature = "bulk")]
    pub(crate) fn cause(&self) -> Option<ConnectCause> {
        self.lock().outage.as_ref()?.cause
    }

    /// How long no call reached the server.
    #[cfg(feature = "bulk")]
    pub(crate) fn waited(&self) -> Duration {
        let state = self.lock();
        let current = state.outage.as_ref().map(|outage| outage.since.elapsed());
        state.waited + current.unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What an attempt has to wait for besides its turn.
    fn wait(&self, now: Instant) -> Option<Wait> {
        if let Some(end) = self.paused_until.filter(|end| *end > now) {
            return Some(Wait::Until(end));
        }
        let outage = self.outage.as_ref()?;
        (!outage.given_up).then_some(Wait::ForProbe)
    }

    fn take_probe(&mut self, now: Instant) -> Result<Slot, Wait> {
        match &mut self.outage {
            Some(outage) if !outage.probing && outage.next_probe <= now => {
                outage.probing = true;
                Ok(Slot::Probe)
            }
            Some(outage) if !outage.probing => Err(Wait::Until(outage.next_probe)),
            _ => Err(Wait::ForProbe),
        }
    }

    /// Spaces attempts as far apart as the server has let them through since it throttled last.
    fn slow_down(&mut self, now: Instant) {
        let seen = now.duration_since(self.since);
        self.spacing = match seen.checked_div(self.passed) {
            Some(spacing) => spacing.max(self.spacing),
            None => self.spacing.saturating_mul(2),
        }
        .min(LONGEST_SPACING);
        self.passed = 0;
        self.since = now;
    }
}

/// A growing delay, of which a random part up to a half is left out.
fn probe_delay(probes: u32) -> Duration {
    let delay = FIRST_PROBE.saturating_mul(1_u32.checked_shl(probes).unwrap_or(u32::MAX));
    delay
        .min(LONGEST_PROBE)
        .mul_f64(1.0 - fastrand::f64() / 2.0)
}
