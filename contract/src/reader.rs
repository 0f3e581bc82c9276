//! Reads values from the tree. Each helper records a problem and continues, so that one pass finds
//! all problems.

use crate::{
    position::{Located, Position},
    problems::Problem,
    yaml::Node,
};

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
        self.push(Problem {
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

    /// Returns `value`, and records a problem if it is `None`.
    pub(crate) fn require<T>(
        &mut self,
        value: Option<T>,
        at: Position,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Option<T> {
        if value.is_none() {
            self.problem(at, what, remedy);
        }
        value
    }

    /// The string of `node`. A blank string is a problem, and so is any other value.
    pub(crate) fn text(&mut self, node: &Node, what: &str) -> Option<Located<String>> {
        let text = node.as_str().filter(|text| !text.trim().is_empty());
        let text = text.map(|text| Located::new(text.to_owned(), node.at));
        self.require(
            text,
            node.at,
            format!("{what} is not a string, or is blank"),
            "write a string with text",
        )
    }

    /// The value of the word in `words` that `node` is. Any other word is a problem.
    pub(crate) fn word<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let found = node
            .as_str()
            .and_then(|text| words.iter().find(|(word, _)| *word == text));
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        let remedy = format!(
            "use one of: {}, in quotes where YAML 1.1 reads a boolean",
            known.join(", ")
        );
        let unknown = format!("unknown value {} of {what}", node.to_json());
        self.require(found.map(|(_, value)| *value), node.at, unknown, remedy)
    }
}
