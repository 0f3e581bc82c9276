//! Pauses for a server that throttles, and a larger distance between attempts after a pause.

use std::time::Duration;

use tokio::time::Instant;

/// The longest pause. A server that asks for a longer one has made a mistake.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// After this many pauses in a row, a throttled call no longer waits.
const MOST_PAUSES: u32 = 8;

/// The limits of the spacing. A shorter one makes no difference, and instead of a longer one there are pauses.
const SHORTEST_SPACING: Duration = Duration::from_millis(1);
const LONGEST_SPACING: Duration = Duration::from_secs(1);

/// What is known about a server that throttles.
#[derive(Debug)]
pub(super) struct Throttle {
    paused_until: Option<Instant>,
    /// How many pauses there were in a row.
    pauses: u32,
    /// The minimum time between two attempts after the server has throttled. It shrinks with each attempt that
    /// is not throttled.
    pub(super) spacing: Duration,
    /// How many attempts were not throttled since the server last throttled one, and when that was.
    passed: u32,
    since: Instant,
}

impl Throttle {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            paused_until: None,
            pauses: 0,
            spacing: Duration::ZERO,
            passed: 0,
            since: now,
        }
    }

    /// When the current pause ends, if there is one.
    pub(super) fn pause_end(&self, now: Instant) -> Option<Instant> {
        self.paused_until.filter(|end| *end > now)
    }

    /// Records that the server throttled an attempt, and perhaps `asked` for a pause. `delay` returns the client's
    /// own delay after a number of pauses. Returns how long to wait. None if the call should not wait again.
    pub(super) fn throttled(
        &mut self,
        now: Instant,
        asked: Option<Duration>,
        delay: impl Fn(u32) -> Duration,
    ) -> Option<Duration> {
        let is_paused = self.pause_end(now).is_some();
        if !is_paused {
            self.pauses = self.pauses.saturating_add(1);
            self.slow_down(now);
        }
        let own = delay(self.pauses);
        // Random, so that clients with the same pause do not all retry at the same time.
        let pause = asked.map_or(own, |asked| {
            asked.max(own).saturating_add(own.mul_f64(fastrand::f64()))
        });
        // An attempt that was sent before the pause extends it only if the server asks for that.
        if !is_paused || asked.is_some_and(|asked| !asked.is_zero()) {
            let end = now + pause.min(LONGEST_PAUSE);
            self.paused_until = self.paused_until.max(Some(end));
        }
        (self.pauses <= MOST_PAUSES).then_some(pause)
    }

    /// Records that the server answered an attempt without throttling it.
    pub(super) fn not_throttled(&mut self) {
        self.pauses = 0;
        self.passed = self.passed.saturating_add(1);
        self.spacing = self.spacing.mul_f64(0.98);
        if self.spacing < SHORTEST_SPACING {
            self.spacing = Duration::ZERO;
        }
    }

    /// Adapts the spacing of attempts to the rate at which the server accepted them since it last throttled one.
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
