//! Why a sandbox does not start.

use std::io;

use face_search_enroll_contract::Problems;

/// A sandbox that cannot be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The operating system gives no such port, or no thread.
    #[error("the sandbox cannot listen")]
    Listen(#[from] io::Error),
    /// The contract cannot be read.
    #[error("the sandbox cannot read its contract")]
    Contract(#[from] Problems),
    /// The contract can be read, but lacks something that a server needs.
    #[error(
        "the sandbox cannot serve this contract: its operation {operation} lacks {what}; add it"
    )]
    #[non_exhaustive]
    Unusable {
        /// The `operationId`.
        operation: String,
        /// What it lacks.
        what: &'static str,
    },
}
