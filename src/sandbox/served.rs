//! What an observer sees of a request that was answered.

use std::{fmt, time::Duration};

use crate::Outcome;

/// A request, and how it was answered.
#[derive(Debug, Clone, Copy)]
pub struct Served<'r> {
    pub(super) method: &'r str,
    pub(super) path: &'r str,
    pub(super) status: Option<u16>,
    pub(super) outcome: Option<Outcome>,
    pub(super) signature_id: Option<&'r str>,
    pub(super) elapsed: Duration,
}

impl Served<'_> {
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

    /// The status of the answer; none if the connection was broken instead.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// What the answer means; none if it is no envelope.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// The signature id of the request, if it had one.
    #[must_use]
    pub fn signature_id(&self) -> Option<&str> {
        self.signature_id
    }

    /// How long the answer took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// One line: method, path, status, outcome, signature id, milliseconds.
impl fmt::Display for Served<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method,
            path,
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
