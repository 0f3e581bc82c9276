//! A call that has no token to send.

use std::{error::Error, fmt, sync::Arc};

use super::call_context::CallContext;

/// A call without a token.
#[derive(Debug)]
#[non_exhaustive]
pub struct NoToken {
    /// Where the call was to go.
    pub call: CallContext,
    pub(crate) source: Arc<dyn Error + Send + Sync>,
}

impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no access token for {}", self.call.endpoint)
    }
}

impl Error for NoToken {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
