//! The result of a call that succeeded.

use std::time::Duration;

use crate::{Answer, CallContext, Code, Endpoint, Outcome, Region};

/// The result of a call after which the face of a journey is in the face set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    pub(crate) signature_id: String,
    pub(crate) answer: Answer,
    pub(crate) call: CallContext,
}

impl Enrolled {
    /// The signature id that was sent.
    #[must_use]
    pub fn signature_id(&self) -> &str {
        &self.signature_id
    }

    /// The answer of the server.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The id of the request and its answer, for the vendor's support. None if the answer has none.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.answer.transaction_id.as_deref()
    }

    /// The code of the answer.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.answer.code
    }

    /// The message of the answer. None if it has none.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.answer.message.as_deref()
    }

    /// The field `extra` of the answer, as text or JSON. None if it has none.
    #[must_use]
    pub fn extra(&self) -> Option<&str> {
        self.answer.extra.as_deref()
    }

    /// The HTTP status of the answer. The envelope decides the result, whatever the status is.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        self.answer.http_status
    }

    /// The server that the face is enrolled on.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.call.endpoint
    }

    /// The region that the face is enrolled in. None for a custom address.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.endpoint().region()
    }

    /// How many attempts the call made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.call.attempts
    }

    /// How long the call took, including tokens and delays, but not the wait for a pace.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.call.elapsed
    }

    /// Whether the answer to an earlier attempt was lost, and a later attempt of this call was answered that
    /// the face is already enrolled.
    ///
    /// The code, the message and the transaction id are those of the later answer. The face is in the face set.
    /// It may also have been enrolled before this call.
    #[must_use]
    pub fn confirmed_by_retry(&self) -> bool {
        self.answer.outcome != Outcome::Enrolled
    }

    /// What the answer means: [`Outcome::Enrolled`], or [`Outcome::AlreadyEnrolled`] if the call was
    /// [confirmed by a retry](Self::confirmed_by_retry).
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.answer.outcome
    }
}
