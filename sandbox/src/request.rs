//! What a test sees of a request before it says how to treat it.

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
    /// Which request to the sandbox it is, from 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The `operationId` of the operation that is called.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// The access token that it carries, if any.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token
    }

    /// The signature id that it carries; none if its body is not what the contract asks for, or if the
    /// operation takes none.
    #[must_use]
    pub fn signature_id(&self) -> Option<&str> {
        self.signature_id
    }
}

/// Without the token.
impl fmt::Debug for ReceivedRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedRequest")
            .field("number", &self.number)
            .field("operation", &self.operation)
            .field("signature_id", &self.signature_id)
            .finish_non_exhaustive()
    }
}
