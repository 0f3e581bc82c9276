//! The part of a request that a test sees before it chooses the reply.

use std::fmt;

/// A request to an operation.
#[derive(Clone, Copy)]
pub struct ReceivedRequest<'r> {
    pub(crate) number: u64,
    pub(crate) operation: &'r str,
    pub(crate) token: Option<&'r str>,
    pub(crate) signature_id: Option<&'r str>,
}

impl ReceivedRequest<'_> {
    /// The number of the request. The first request to the sandbox has the number 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The `operationId` of the operation.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// The access token of the request, if it has one.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token
    }

    /// The signature id in the request; `None` if the body does not follow the contract, or if the
    /// operation takes no signature id.
    #[must_use]
    pub fn signature_id(&self) -> Option<&str> {
        self.signature_id
    }
}

/// Does not show the token.
impl fmt::Debug for ReceivedRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedRequest")
            .field("number", &self.number)
            .field("operation", &self.operation)
            .field("signature_id", &self.signature_id)
            .finish_non_exhaustive()
    }
}
