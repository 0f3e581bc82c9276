//! An edit: a place of a file, and what becomes of it.

use serde::Serialize;

use super::path::Step;

/// A file that edits are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The contract.
    Contract,
    /// The errata.
    Errata,
}

/// A place of a file, and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Edit {
    pub(crate) target: Target,
    pub(super) at: Vec<Step>,
    pub(super) change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// The value is this one, in one line.
    Set(String),
    /// The mapping or the list has this entry more, at its end. Where there is none, there is one.
    Insert(Vec<String>),
    /// The entry goes, and with the last one what held it.
    Remove,
    /// The key is this one.
    Rename(String),
}

impl Edit {
    /// How deep in the file its place is.
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
