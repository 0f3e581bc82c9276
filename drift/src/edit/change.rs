//! An edit: a place in a file, and what changes there.

use super::path::Step;

/// A file that edits change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The contract.
    Contract,
    /// The errata.
    Errata,
}

/// A place in a file, and what changes there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edit {
    pub(crate) target: Target,
    pub(super) at: Vec<Step>,
    pub(super) change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Set the value, on one line.
    Set(String),
    /// Add an entry at the end of the mapping or list. Create the mapping or list if it does not exist.
    Insert(Vec<String>),
    /// Remove the entry. With the last entry, also remove the mapping or list around it.
    Remove,
    /// Rename the key.
    Rename(String),
}

impl Edit {
    /// How deeply its place is nested.
    pub(crate) fn depth(&self) -> usize {
        self.at.len()
    }

    /// The same edit with other texts.
    pub(crate) fn with_texts(&self, other: impl Fn(&str) -> String) -> Self {
        let mut edit = self.clone();
        for step in &mut edit.at {
            if let Step::Key(key) = step {
                *key = other(key);
            }
        }
        edit.change = match edit.change {
            Change::Set(value) => Change::Set(other(&value)),
            Change::Insert(lines) => Change::Insert(lines.iter().map(|line| other(line)).collect()),
            Change::Rename(key) => Change::Rename(other(&key)),
            Change::Remove => Change::Remove,
        };
        edit
    }
}
