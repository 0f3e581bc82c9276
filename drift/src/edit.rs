//! Edits of the contract and of the errata. An edit names its place by a path, so that edits can follow each
//! other. The rest of the file stays the same, including comments and layout.

mod change;
mod path;
mod splice;
mod text;

use serde::Serialize;
use serde_json::Value as Json;

use change::Change;
pub(crate) use change::Edit;
pub(crate) use change::Target;
use path::Step;
pub(crate) use splice::at_once;

/// What an edit does to the lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hunk {
    /// The file.
    pub file: String,
    /// The first line that is removed, or the line that the new lines are inserted before; from 1.
    pub line: usize,
    /// How many lines are removed.
    pub taken: usize,
    /// The new lines, with their indentation.
    pub lines: Vec<String>,
}

/// A place in a file. Its methods make edits.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    target: Target,
    at: Vec<Step>,
}

impl Place {
    /// The root of the errata.
    pub(crate) fn errata() -> Self {
        Self {
            target: Target::Errata,
            at: Vec::new(),
        }
    }

    /// A place in the contract, by its keys.
    pub(crate) fn of<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Self {
        let at = keys.into_iter();
        let at = at.map(|key| Step::Key(key.as_ref().to_owned())).collect();
        Self {
            target: Target::Contract,
            at,
        }
    }

    pub(crate) fn key(&self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// The list item with this value.
    pub(crate) fn item(&self, value: impl Into<Json>) -> Self {
        self.step(Step::Item(value.into()))
    }

    fn step(&self, step: Step) -> Self {
        let mut place = self.clone();
        place.at.push(step);
        place
    }

    pub(crate) fn set(self, value: impl Into<String>) -> Edit {
        self.edit(Change::Set(value.into()))
    }

    pub(crate) fn insert(self, lines: Vec<String>) -> Edit {
        self.edit(Change::Insert(lines))
    }

    pub(crate) fn remove(self) -> Edit {
        self.edit(Change::Remove)
    }

    pub(crate) fn rename(self, key: &str) -> Edit {
        self.edit(Change::Rename(key.to_owned()))
    }

    fn edit(self, change: Change) -> Edit {
        let Self { target, at } = self;
        Edit { target, at, change }
    }
}

impl Hunk {
    pub(crate) fn is_empty(&self) -> bool {
        self.taken == 0 && self.lines.is_empty()
    }

    /// The lines in which two texts differ.
    pub(crate) fn between(file: &str, was: &str, is: &str) -> Self {
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
