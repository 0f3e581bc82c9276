//! A server that throttles: pauses, and attempts that are spaced further apart afterwards.

use std::time::Duration;

use tokio::time::Instant;

/// A server that asks for a longer pause has made a mistake.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// After this many pauses in a row, a throttled call no longer waits for the server.
const MOST_PAUSES: u32 = 8;

/// A shorter spacing makes no difference. For a longer one, pauses do.
const SHORTEST_SPACING: Duration = Duration::from_millis(1);
const LONGEST_SPACING: Duration = Duration::from_secs(1);

/// What is known of a server that throttles.
#[derive(Debug)]
pub(super) struct Throttle {
    paused_until: Option<Instant>,
    /// How many pauses followed each other.
    pauses: u32,
    /// The least time between two attempts since the server throttled. It shrinks with each attempt that
    /// gets through.
    pub(super) spacing: Duration,
    /// How many attempts got through since the server throttled last, and when that was.
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

    /// The server has throttled an attempt, and may have asked for a pause. `delay` is our own delay after
    /// this many pauses. Returns how long to wait, or None if that makes no more sense.
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
        // Random, so that clients that were asked for the same pause do not come back together.
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

    /// The server has answered an attempt without throttling it.
    pub(super) fn went_through(&mut self) {
        self.pauses = 0;
        self.passed = self.passed.saturating_add(1);
        self.spacing = self.spacing.mul_f64(0.98);
        if self.spacing < SHORTEST_SPACING {
            self.spacing = Duration::ZERO;
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
