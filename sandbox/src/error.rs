//! The reasons why a sandbox cannot start.

use std::io;

use face_search_enroll_contract::Problems;

/// The sandbox could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be used, or the thread cannot be started.
    #[error("could not start the sandbox")]
    Listen(#[from] io::Error),
    /// The contract has problems.
    #[error("could not start the sandbox: its contract has problems")]
    Contract(#[from] Problems),
    /// The contract is valid, but lacks something that a server needs.
    #[error(
        "could not start the sandbox: the operation {operation} of its contract lacks {what}; add it"
    )]
    #[non_exhaustive]
    Unusable {
        /// The `operationId` of the operation.
        operation: String,
        /// What the operation lacks.
        what: &'static str,
    },
}
