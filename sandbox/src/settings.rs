//! What a sandbox is set up with before it starts.

use std::{
    ops::RangeInclusive,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::body::Bytes;

use crate::{faults::FaultInjector, served::ServedRequest, signing::KeyPair};

/// The end of the year 9998, since 1970.
const LAST_DATE: Duration = Duration::from_secs(253_370_764_800);

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
    /// The time of the sandbox, from 1970 to 9999: what a date of HTTP can tell.
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
