//! What is known of every call, whether it succeeded or failed.

use std::time::Duration;

use face_search_enroll_runtime::Progress;

use crate::Endpoint;

/// Where a call went, how often, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallContext {
    /// The server that was called.
    pub endpoint: Endpoint,
    /// How often the call was sent, or failed to be sent.
    pub attempts: u32,
    /// How long the call took, tokens and delays included, without the wait for its turn at a pace.
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
