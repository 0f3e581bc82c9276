//! The exit codes of the command.

/// The exit codes, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Every id is enrolled, by this run or before.
    Enrolled = 0,
    /// Some ids were rejected.
    Rejected = 1,
    /// The command line, the environment or a file is wrong; nothing was sent.
    Usage = 2,
    /// Some ids are not settled yet.
    Failed = 3,
}
