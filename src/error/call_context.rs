//! What is known about every call, whether it succeeded or failed.

use std::time::Duration;

use face_search_enroll_runtime::Progress;

use crate::Endpoint;

/// The server of a call, its attempts, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallContext {
    /// The server that was called.
    pub endpoint: Endpoint,
    /// How many attempts the call made, including those that failed to connect.
    pub attempts: u32,
    /// How long the call took, including tokens and delays, but not the wait for a pace.
    pub elapsed: Duration,
    /// Whether an attempt before the last one may have enrolled the face.
    pub earlier_attempt_may_have_enrolled: bool,
}

impl CallContext {
    pub(crate) fn new(progress: &Progress, endpoint: &Endpoint) -> Self {
        Self {
            endpoint: endpoint.clone(),
            attempts: progress.attempts,
            elapsed: progress.elapsed(),
            earlier_attempt_may_have_enrolled: progress.in_doubt,
        }
    }
}
