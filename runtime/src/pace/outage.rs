//! A server that no call reaches: one call at a time probes it, and the others wait.

use std::time::Duration;

use tokio::time::Instant;

use crate::failure::ConnectCause;

/// The delay before the first probe. It doubles with each further probe.
const FIRST_PROBE: Duration = Duration::from_millis(500);
const LONGEST_PROBE: Duration = Duration::from_secs(30);

/// The current outage, and the past ones.
#[derive(Debug, Default)]
pub(super) struct Outages {
    current: Option<Outage>,
    /// How long the past outages took.
    past: Duration,
}

#[derive(Debug)]
struct Outage {
    since: Instant,
    probes: u32,
    next_probe: Instant,
    probing: bool,
    /// Why the last attempt did not connect, if that is what failed.
    cause: Option<ConnectCause>,
    /// Whether the outage has taken too long. Calls then fail again.
    given_up: bool,
}

/// Whether an attempt may probe the server.
pub(super) enum Probe {
    Now,
    At(Instant),
    /// Another attempt is probing it.
    AfterAnother,
}

impl Outages {
    /// Whether calls wait for the end of an outage.
    pub(super) fn must_wait(&self) -> bool {
        self.current.as_ref().is_some_and(|outage| !outage.given_up)
    }

    /// Begins a probe, or says when one may begin.
    pub(super) fn take_probe(&mut self, now: Instant) -> Probe {
        match &mut self.current {
            Some(outage) if !outage.probing && outage.next_probe <= now => {
                outage.probing = true;
                Probe::Now
            }
            Some(outage) if !outage.probing => Probe::At(outage.next_probe),
            _ => Probe::AfterAnother,
        }
    }

    /// Gives up a probe before its attempt was sent.
    pub(super) fn cancel_probe(&mut self) {
        if let Some(outage) = &mut self.current {
            outage.probing = false;
        }
    }

    /// An attempt did not reach the server. Returns whether its call waits until one does. That makes no
    /// sense if the failure is `lasting`, or after so much `patience`.
    pub(super) fn unreached(
        &mut self,
        now: Instant,
        cause: Option<ConnectCause>,
        lasting: bool,
        patience: Duration,
    ) -> bool {
        if lasting && self.current.is_none() {
            return false;
        }
        let outage = self.current.get_or_insert_with(|| Outage {
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
        outage.given_up |= now.duration_since(outage.since) >= patience;
        !outage.given_up && !lasting
    }

    /// Ends the current outage. Returns whether there was one.
    pub(super) fn end(&mut self) -> bool {
        let ended = self.current.take();
        if let Some(outage) = &ended {
            self.past += outage.since.elapsed();
        }
        ended.is_some()
    }

    pub(super) fn cause(&self) -> Option<ConnectCause> {
        self.current.as_ref()?.cause
    }

    /// How long all outages have taken.
    pub(super) fn duration(&self) -> Duration {
        let current = self.current.as_ref().map(|outage| outage.since.elapsed());
        self.past + current.unwrap_or_default()
    }
}

/// A growing delay, shortened at random by up to a half.
fn probe_delay(probes: u32) -> Duration {
    let delay = FIRST_PROBE.saturating_mul(1_u32.checked_shl(probes).unwrap_or(u32::MAX));
    delay
        .min(LONGEST_PROBE)
        .mul_f64(1.0 - fastrand::f64() / 2.0)
}
