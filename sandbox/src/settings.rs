//! The configuration of a sandbox.

use std::{
    ops::RangeInclusive,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::body::Bytes;

use crate::{faults::FaultInjector, served::ServedRequest, signing::KeyPair};

/// The end of the year 9998, as time since 1970.
const LAST_DATE: Duration = Duration::from_secs(253_370_764_800);

/// The settings of a sandbox. They do not change while it runs.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) latency: Option<RangeInclusive<Duration>>,
    pub(crate) faults: Option<FaultInjector>,
    pub(crate) face_limit: Option<usize>,
    /// If there are none, every token and every signature is accepted.
    pub(crate) keys: Vec<KeyPair>,
    /// The lifetime of tokens, which overrides what a request asks for.
    pub(crate) token_life: Option<Duration>,
    /// How many seconds the clock of the sandbox is ahead of the clock of this machine.
    pub(crate) clock_offset: i64,
    pub(crate) documents: Vec<ServedDocument>,
    pub(crate) observer: Option<Observer>,
}

/// A document that is served in addition to the operations.
pub(crate) struct ServedDocument {
    pub(crate) path: String,
    pub(crate) content_type: String,
    pub(crate) body: Bytes,
}

/// Called with each answered request.
pub(crate) type Observer = Arc<dyn Fn(&ServedRequest<'_>) + Send + Sync>;

impl Settings {
    /// The time of the sandbox. It is limited to the years that an HTTP date can express.
    pub(crate) fn now(&self) -> SystemTime {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let by = Duration::from_secs(self.clock_offset.unsigned_abs());
        let since = if self.clock_offset < 0 {
            now.saturating_sub(by)
        } else {
            now.saturating_add(by)
        };
        UNIX_EPOCH + since.min(LAST_DATE)
    }

    /// The delay of the next request.
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
