//! Outages, during which no call reaches the server. One call at a time probes the server, and the others wait.

use std::time::Duration;

use tokio::time::Instant;

use crate::failure::ConnectCause;

/// The delay before the first probe. It doubles with each further probe.
const FIRST_PROBE: Duration = Duration::from_millis(500);
const LONGEST_PROBE: Duration = Duration::from_secs(30);

/// The current outage, and the duration of past ones.
#[derive(Debug, Default)]
pub(super) struct Outages {
    current: Option<Outage>,
    /// The total duration of past outages.
    past: Duration,
}

#[derive(Debug)]
struct Outage {
    since: Instant,
    probes: u32,
    next_probe: Instant,
    probing: bool,
    /// Why the last attempt could not connect, if that is known.
    cause: Option<ConnectCause>,
    /// Whether the outage has taken too long. From then on, calls fail without waiting.
    given_up: bool,
}

/// Whether and when an attempt may probe the server.
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

    /// Begins a probe, or returns when one may begin.
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

    /// Cancels a probe before its attempt is sent.
    pub(super) fn cancel_probe(&mut self) {
        if let Some(outage) = &mut self.current {
            outage.probing = false;
        }
    }

    /// Records that an attempt did not reach the server. Returns whether its call should wait until the server
    /// is reachable. It should not if the failure is `permanent`, or if the outage exceeds `patience`.
    pub(super) fn unreached(
        &mut self,
        now: Instant,
        cause: Option<ConnectCause>,
        permanent: bool,
        patience: Duration,
    ) -> bool {
        if permanent && self.current.is_none() {
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
        !outage.given_up && !permanent
    }

    /// Ends the current outage. Returns whether there was one.
    pub(super) fn end(&mut self) -> bool {
        let ended = self.current.take();
        if let Some(outage) = &ended {
            self.past += outage.since.elapsed();
        }
        ended.is_some()
    }

    /// Why calls cannot connect during the current outage, if that is known.
    pub(super) fn cause(&self) -> Option<ConnectCause> {
        self.current.as_ref()?.cause
    }

    /// The total duration of all outages.
    pub(super) fn duration(&self) -> Duration {
        let current = self.current.as_ref().map(|outage| outage.since.elapsed());
        self.past + current.unwrap_or_default()
    }
}

/// The delay before the next probe. It grows, and is shortened at random by up to a half.
fn probe_delay(probes: u32) -> Duration {
    let delay = FIRST_PROBE.saturating_mul(1_u32.checked_shl(probes).unwrap_or(u32::MAX));
    delay
        .min(LONGEST_PROBE)
        .mul_f64(1.0 - fastrand::f64() / 2.0)
}
