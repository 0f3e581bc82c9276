//! A request that may have arrived, and whose answer did not.

use std::{error::Error, fmt, time::Duration};

use super::call_context::CallContext;

/// A request without a whole answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct NoAnswer {
    /// Where the call went.
    pub call: CallContext,
    /// The HTTP status, where the answer broke off after it.
    pub http_status: Option<u16>,
    /// Whether it was a time-out that ended the attempt.
    pub timed_out: bool,
    /// What the server asked to wait before the call is repeated.
    pub retry_after: Option<Duration>,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.timed_out {
            "no answer in time"
        } else {
            "no whole answer"
        };
        write!(f, "{what} from {}", self.call.endpoint)?;
        match self.http_status {
            Some(status) => write!(f, " after HTTP {status}"),
            None => Ok(()),
        }
    }
}

impl Error for NoAnswer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
