//! A request that breaks a rule of the contract.

use std::{error::Error, fmt};

/// A request that was not sent because a text in it breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// The field of the request.
    pub field: &'static str,
    /// What is wrong with it, and the way out.
    pub rule: String,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not sent: {} {}", self.field, self.rule)
    }
}

impl Error for Invalid {}
