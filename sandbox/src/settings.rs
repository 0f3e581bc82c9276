//! What a sandbox is set up with before it starts.

use std::{
    ops::RangeInclusive,
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::body::Bytes;

use crate::{faults::FaultInjector, served::ServedRequest, signing::KeyPair};

/// The settings of a sandbox, which stay as they are while it runs.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) latency: Option<RangeInclusive<Duration>>,
    pub(crate) faults: Option<FaultInjector>,
    pub(crate) face_limit: Option<usize>,
    /// Where there are none, any token and any signature will do.
    pub(crate) keys: Vec<KeyPair>,
    /// How long tokens are good, instead of as long as is asked for.
    pub(crate) token_life: Option<Duration>,
    /// By how many seconds the clock is ahead of that of this machine.
    pub(crate) clock_offset: i64,
    pub(crate) documents: Vec<ServedDocument>,
    pub(crate) observer: Option<Observer>,
}

/// A text that is served besides the operation.
pub(crate) struct ServedDocument {
    pub(crate) path: String,
    pub(crate) content_type: String,
    pub(crate) body: Bytes,
}

/// Is called with each request that was answered.
pub(crate) type Observer = Arc<dyn Fn(&ServedRequest<'_>) + Send + Sync>;

impl Settings {
    /// The time of the sandbox.
    pub(crate) fn now(&self) -> SystemTime {
        let now = SystemTime::now();
        let by = Duration::from_secs(self.clock_offset.unsigned_abs());
        let shifted = if self.clock_offset < 0 {
            now.checked_sub(by)
        } else {
            now.checked_add(by)
        };
        shifted.unwrap_or(now)
    }

    /// How long the next request takes.
    pub(crate) fn latency(&self) -> Duration {
        match &self.latency {
            Some(range) => {
                let span = range.end().saturating_sub(*range.start());
                range.start().saturating_add(span.mul_f64(fastrand::f64()))
            }
            None => Duration::ZERO,
        }
    }
}
