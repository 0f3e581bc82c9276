//! Taking values out of the tree: every helper notes what is wrong and goes on, so that all
//! problems are found in one reading.

use std::fmt;

use crate::{
    problem::{Position, Problem},
    yaml::{Key, Node},
};

/// A value and where it stands in the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: Position,
}

impl<T> Located<T> {
    pub(crate) fn new(value: T, at: Position) -> Self {
        Self { value, at }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Located<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl Key {
    pub(crate) fn located(&self) -> Located<String> {
        Located::new(self.text.clone(), self.at)
    }
}

/// Collects the problems.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    pub(crate) fn problem(
        &mut self,
        at: Position,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.problems.push(Problem {
            at,
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// The text of `node`; anything else, and blank text, is a problem.
    pub(crate) fn text(&mut self, node: &Node, what: &str) -> Option<Located<String>> {
        match node.as_str() {
            Some(text) if !text.trim().is_empty() => Some(Located::new(text.to_owned(), node.at)),
            _ => {
                self.problem(node.at, format!("{what} that is no text"), "write a string");
                None
            }
        }
    }

    /// The one of `words` that `node` is.
    pub(crate) fn word<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let found = node
            .as_str()
            .and_then(|text| words.iter().find(|(word, _)| *word == text));
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            let written = node.to_json();
            self.problem(
                node.at,
                format!("unknown word {written} for {what}"),
                format!(
                    "write one of: {}, in quotes where YAML 1.1 reads a boolean",
                    known.join(", ")
                ),
            );
        }
        found.map(|(_, value)| *value)
    }
}

/// The entries of one mapping, taken one by one; what is left over at the end is a problem.
#[derive(Debug)]
pub(crate) struct Fields<'n> {
    at: Position,
    what: &'static str,
    entries: &'n [(Key, Node)],
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Starts on `node`, which problems call `what`.
    pub(crate) fn of(reader: &mut Reader, node: &'n Node, what: &'static str) -> Self {
        if !matches!(node.value, crate::yaml::Value::Map(_)) {
            reader.problem(
                node.at,
                format!("{what} that is no mapping"),
                "write keys and values",
            );
        }
        Self {
            at: node.at,
            what,
            entries: node.entries(),
            known: Vec::new(),
        }
    }

    pub(crate) fn optional(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.entries
            .iter()
            .find(|(found, _)| found.text == key)
            .map(|(_, node)| node)
    }

    pub(crate) fn required(&mut self, reader: &mut Reader, key: &'static str) -> Option<&'n Node> {
        let found = self.optional(key);
        if found.is_none() {
            reader.problem(
                self.at,
                format!("{} without {key}", self.what),
                format!("write {key}: …"),
            );
        }
        found
    }

    pub(crate) fn required_text(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
    ) -> Option<Located<String>> {
        let node = self.required(reader, key)?;
        reader.text(node, key)
    }

    pub(crate) fn optional_text(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
    ) -> Option<Located<String>> {
        let node = self.optional(key)?;
        reader.text(node, key)
    }

    /// Reports what nobody asked for: a slip in a key, or a stray comma in a flow mapping.
    pub(crate) fn finish(self, reader: &mut Reader) {
        for (key, _) in self.entries {
            if !self.known.contains(&key.text.as_str()) {
                reader.problem(
                    key.at,
                    format!("unknown key {} in {}", key.text, self.what),
                    format!("write one of: {}", self.known.join(", ")),
                );
            }
        }
    }
}
