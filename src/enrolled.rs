//! What a call gives that succeeded.

use crate::{Code, Endpoint};

/// The face of a verification journey is in the face set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    pub(crate) signature_id: String,
    pub(crate) code: Code,
    pub(crate) message: Option<String>,
    pub(crate) transaction_id: Option<String>,
    pub(crate) http_status: u16,
    pub(crate) endpoint: Endpoint,
    pub(crate) attempts: u32,
}

impl Enrolled {
    /// The signature id that was sent.
    #[must_use]
    pub fn signature_id(&self) -> &str {
        &self.signature_id
    }

    /// The name of the request and its answer, for the vendor's support; none if the answer had
    /// none. It may be longer than the contract promises.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.transaction_id.as_deref()
    }

    /// The code of the answer.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.code
    }

    /// The message of the answer, if it had one.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The HTTP status of the answer; the envelope counts, whatever it is.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        self.http_status
    }

    /// The server that has the face now.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// How often the call was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}
