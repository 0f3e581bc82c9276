//! The part of an answered request that an observer sees.

use std::{fmt, time::Duration};

/// A request and how it was answered.
#[derive(Debug, Clone, Copy)]
pub struct ServedRequest<'r> {
    pub(crate) method: &'r str,
    pub(crate) path: &'r str,
    pub(crate) operation: Option<&'r str>,
    pub(crate) status: Option<u16>,
    pub(crate) outcome: Option<&'r str>,
    pub(crate) signature_id: Option<&'r str>,
    pub(crate) elapsed: Duration,
}

impl ServedRequest<'_> {
    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &str {
        self.method
    }

    /// The path of the request, without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path
    }

    /// The `operationId` of the operation; `None` if the path belongs to no operation.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation
    }

    /// The HTTP status of the answer; `None` if the connection was closed instead.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The name of the outcome in the contract, such as `AlreadyEnrolled`; `None` if the answer is
    /// not an envelope. You can parse it as an [`Outcome`](face_search_enroll::Outcome).
    #[must_use]
    pub fn outcome(&self) -> Option<&str> {
        self.outcome
    }

    /// The signature id of the request, if it had one.
    #[must_use]
    pub fn signature_id(&self) -> Option<&str> {
        self.signature_id
    }

    /// The time from the request to the answer.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// One line for a log: method, path, status, outcome, signature id, milliseconds.
impl fmt::Display for ServedRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method,
            path,
            operation: _,
            status,
            outcome,
            signature_id,
            elapsed,
        } = self;
        write!(f, "{method} {}", path.escape_debug())?;
        match status {
            Some(status) => write!(f, " {status}")?,
            None => f.write_str(" disconnected")?,
        }
        if let Some(outcome) = outcome {
            write!(f, " {outcome}")?;
        }
        if let Some(signature_id) = signature_id {
            write!(f, " {}", signature_id.escape_debug())?;
        }
        write!(f, " {:.1} ms", elapsed.as_secs_f64() * 1000.0)
    }
}
