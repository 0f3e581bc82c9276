//! The exit codes of the command.

/// What the exit code says, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Every id is enrolled now.
    Enrolled = 0,
    /// Some ids were rejected.
    Rejected = 1,
    /// The command was wrong, and nothing was sent.
    Usage = 2,
    /// Some ids are not settled yet.
    Failed = 3,
}
