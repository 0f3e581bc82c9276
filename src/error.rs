//! How a call fails, by how far it got.
//!
//! Each variant of [`CallError`] says whether the request may have reached the server. The questions
//! on it tell what a caller wants to know of any of them. What a variant holds is a file of its own.

mod call_error;
mod display;

mod rejected;
mod stage;
mod unanswered;
mod unreadable;

pub use call_error::CallError;
pub use rejected::Rejected;
pub use stage::Stage;
pub use unanswered::{Connect, ConnectReason, Invalid, NoAnswer, NoToken};
pub use unreadable::{Unreadable, UnreadableReason};

use std::time::Duration;

use crate::{Endpoint, Outcome, TokenOutcome};

/// A call that did not enroll the face, or of which that is not known.
pub type EnrollError = CallError<Outcome>;

/// A call that gave no token.
pub type TokenError = CallError<TokenOutcome>;

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
