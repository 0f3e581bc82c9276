//! Edits of the contract and of the errata. What an edit changes is told by a path, so that edits can
//! follow each other; all the rest of the file stays as it is, comments and layout among it.

mod change;
mod layout;
mod path;

use serde::Serialize;
use serde_json::Value as Json;

use change::Change;
pub(super) use change::Edit;
pub use change::Target;
pub(super) use layout::at_once;
use path::Step;

/// What an edit does to the lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hunk {
    /// The file.
    pub file: String,
    /// The first line that it takes away, or the one that its lines stand before; from 1.
    pub line: usize,
    /// How many lines go.
    pub taken: usize,
    /// The lines that come, as they stand in the file.
    pub lines: Vec<String>,
}

/// A place that edits are made of.
#[derive(Debug, Clone)]
pub(super) struct Place {
    target: Target,
    at: Vec<Step>,
}

impl Place {
    /// The root of the errata.
    pub(super) fn errata() -> Self {
        Self {
            target: Target::Errata,
            at: Vec::new(),
        }
    }

    /// A place of the contract, by the keys that lead to it.
    pub(super) fn of<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Self {
        let at = keys.into_iter();
        let at = at.map(|key| Step::Key(key.as_ref().to_owned())).collect();
        Self {
            target: Target::Contract,
            at,
        }
    }

    pub(super) fn key(&self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// The item of a list that has this value.
    pub(super) fn item(&self, value: impl Into<Json>) -> Self {
        self.step(Step::Item(value.into()))
    }

    fn step(&self, step: Step) -> Self {
        let mut place = self.clone();
        place.at.push(step);
        place
    }

    pub(super) fn set(self, value: impl Into<String>) -> Edit {
        self.edit(Change::Set(value.into()))
    }

    pub(super) fn insert(self, lines: Vec<String>) -> Edit {
        self.edit(Change::Insert(lines))
    }

    pub(super) fn remove(self) -> Edit {
        self.edit(Change::Remove)
    }

    pub(super) fn rename(self, key: &str) -> Edit {
        self.edit(Change::Rename(key.to_owned()))
    }

    fn edit(self, change: Change) -> Edit {
        let Self { target, at } = self;
        Edit { target, at, change }
    }
}

impl Hunk {
    pub(super) fn is_empty(&self) -> bool {
        self.taken == 0 && self.lines.is_empty()
    }

    /// The lines in which two texts differ.
    pub(super) fn between(file: &str, was: &str, is: &str) -> Self {
        let (was, is): (Vec<_>, Vec<_>) = (was.lines().collect(), is.lines().collect());
        let same = |(was, is): &(&&str, &&str)| was == is;
        let above = was.iter().zip(&is).take_while(same).count();
        let (was, is) = (was.get(above..), is.get(above..));
        let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
        let below = was
            .iter()
            .rev()
            .zip(is.iter().rev())
            .take_while(same)
            .count();
        let kept = is.len().saturating_sub(below);
        Self {
            file: file.to_owned(),
            line: above + 1,
            taken: was.len().saturating_sub(below),
            lines: is.iter().take(kept).map(|&line| line.to_owned()).collect(),
        }
    }
}
