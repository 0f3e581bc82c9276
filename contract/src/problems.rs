//! What is wrong with a contract, and where. The other modules find the problems.

use std::fmt;

use crate::position::Position;

/// One reason why a contract is not usable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The position of the problem.
    pub at: Position,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.at, self.what, self.remedy)
    }
}

/// All problems of one contract, in the order of the file.
///
/// Displays one line for each: `FILE:LINE:COL: what is wrong; what to do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems {
    file: String,
    problems: Vec<Problem>,
}

impl Problems {
    pub(crate) fn new(file: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort();
        problems.dedup();
        Self {
            file: file.to_owned(),
            problems,
        }
    }

    /// The problems in the order of the file. The slice is never empty.
    #[must_use]
    pub fn as_slice(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.problems.iter();
        let lines: Vec<_> = lines.map(|line| format!("{}:{line}", self.file)).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Problems {}
