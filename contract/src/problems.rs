//! What is wrong with a contract, and where. Finding the problems is left to the readers.

use std::fmt;

use crate::position::Position;

/// One thing that keeps a contract from being used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub at: Position,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}", self.at, self.what, self.remedy)
    }
}

/// All problems of one contract, in the order of the file.
///
/// Displays one line for each: `FILE:LINE:COL: what is wrong, what to write`.
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

    /// The problems, in the order of the file; never empty.
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
