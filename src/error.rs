//! How a call fails, by how far it got.
//!
//! Each variant of [`EnrollError`] says whether the request may have reached the server. The questions
//! on it tell what a caller wants to know of any of them. What a variant holds is a file of its own.

mod display;
mod enroll_error;
mod rejected;
mod stage;
mod unanswered;
mod unreadable;

pub use enroll_error::EnrollError;
pub use rejected::Rejected;
pub use stage::Stage;
pub use unanswered::{Connect, ConnectReason, Invalid, NoAnswer, NoToken};
pub use unreadable::{Unreadable, UnreadableReason};

use std::time::Duration;

use crate::Endpoint;

/// Where a call went, how often, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallContext {
    /// The server that was called.
    pub endpoint: Endpoint,
    /// How often the call was sent, or tried to be sent.
    pub attempts: u32,
    /// How long the call took, tokens and delays included, but not the wait for its turn at a pace.
    pub elapsed: Duration,
    /// Whether an attempt before the last one may have enrolled the face.
    pub earlier_attempt_may_have_enrolled: bool,
}
