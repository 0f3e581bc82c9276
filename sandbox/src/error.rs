//! Why a sandbox does not start.

use std::{error::Error, fmt, io};

use face_search_enroll_contract::Problems;

/// A sandbox that cannot be started.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The operating system gives no such port, or no thread.
    Listen(io::Error),
    /// The contract cannot be read.
    Contract(Problems),
    /// The contract can be read, but lacks something that a server needs.
    #[non_exhaustive]
    Unusable {
        /// What it lacks.
        what: &'static str,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(_) => f.write_str("the sandbox cannot listen"),
            Self::Contract(_) => f.write_str("the sandbox cannot read its contract"),
            Self::Unusable { what } => write!(
                f,
                "the sandbox cannot serve this contract: it lacks {what}; add it to the operation"
            ),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listen(error) => Some(error),
            Self::Contract(problems) => Some(problems),
            Self::Unusable { .. } => None,
        }
    }
}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> Self {
        Self::Listen(error)
    }
}
