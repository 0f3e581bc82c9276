//! What a sandbox is set up with before it starts.

use std::{ops::RangeInclusive, sync::Arc, time::Duration};

use axum::body::Bytes;

use crate::{clock::Clock, faults::FaultInjector, served::ServedRequest, signing::KeyPair};

/// The settings of a sandbox, which stay as they are while it runs.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) latency: Option<RangeInclusive<Duration>>,
    pub(crate) faults: Option<FaultInjector>,
    pub(crate) face_limit: Option<usize>,
    /// Whose signatures are taken; without any, all are.
    pub(crate) keys: Vec<KeyPair>,
    /// How long tokens are good, whatever a request asks for.
    pub(crate) token_life: Option<Duration>,
    pub(crate) clock: Clock,
    pub(crate) documents: Vec<ServedDocument>,
    pub(crate) observer: Option<Observer>,
}

/// A text that is served besides the operations.
pub(crate) struct ServedDocument {
    pub(crate) path: String,
    pub(crate) content_type: String,
    pub(crate) body: Bytes,
}

/// Is called with each request that was answered.
pub(crate) type Observer = Arc<dyn Fn(&ServedRequest<'_>) + Send + Sync>;

impl Settings {
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
