//! An answer that says no.

use std::{error::Error, fmt, time::Duration};

use super::call_context::CallContext;
use crate::{Code, Outcome};

/// An envelope that is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// Where the call went.
    pub call: CallContext,
    /// What the answer means.
    pub outcome: Outcome,
    /// The code of the answer.
    pub code: Code,
    /// The message of the answer.
    pub message: Option<String>,
    /// What else the answer says, as text or JSON.
    pub extra: Option<String>,
    /// The name of the request and its answer, for the vendor's support.
    pub transaction_id: Option<String>,
    /// The HTTP status of the answer; the envelope counts, whatever it is.
    pub http_status: u16,
    /// What the server asked to wait before the call is repeated.
    pub retry_after: Option<Duration>,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = shortened(self.code.as_str()).escape_debug();
        let endpoint = &self.call.endpoint;
        write!(f, "{} from {endpoint}: code {code}", self.outcome)?;
        if let Some(message) = &self.message {
            write!(f, ", message {:?}", shortened(message))?;
        }
        if let Some(extra) = &self.extra {
            write!(f, ", extra {:?}", shortened(extra))?;
        }
        if let Some(id) = &self.transaction_id {
            write!(f, ", transaction {}", shortened(id).escape_debug())?;
        }
        write!(f, ", HTTP {}", self.http_status)
    }
}

impl Error for Rejected {}

/// The beginning of a text of the server: an error is one line that a person reads.
fn shortened(text: &str) -> &str {
    const SHOWN: usize = 200;
    text.char_indices()
        .nth(SHOWN)
        .map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
