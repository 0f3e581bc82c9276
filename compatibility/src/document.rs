//! A contract as it is compared: its file, its text and its tree. It is not validated, because a
//! released contract need not follow rules that are newer than it.

use face_search_enroll_contract::{Position, yaml::Node};
use semver::Version;

use crate::{
    change::{Change, Said, Subject},
    effect::patch,
    version,
};

/// A contract as reports identify it.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The file.
    pub file: String,
    /// The line of `info.version`.
    pub line: usize,
    /// The value of `info.version`.
    pub version: Version,
}

/// A contract in a file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name of the file in reports.
    pub file: String,
    /// The text of the file.
    pub text: String,
    /// The document as a tree with positions.
    pub tree: Node,
}

impl Document {
    /// Parses `text`.
    ///
    /// # Errors
    ///
    /// A message with the position if `text` is not YAML.
    pub fn parse(file: impl Into<String>, text: impl Into<String>) -> Result<Self, String> {
        let (file, text) = (file.into(), text.into());
        let tree = Node::parse(&text).map_err(|problem| format!("{file}:{problem}"))?;
        Ok(Self { file, text, tree })
    }

    /// The version of the document and its position.
    ///
    /// # Errors
    ///
    /// A message with the position if the version is missing or not three numbers.
    pub fn edition(&self) -> Result<Edition, String> {
        let Some(node) = self.version_node() else {
            return Err(format!(
                "{}: the document has no info.version; write one such as 1.0.0",
                self.file
            ));
        };
        let text = node.as_str().map_or_else(
            || format!("{}, which is not a string", node.to_json()),
            str::to_owned,
        );
        let version = version::parse(&text)
            .map_err(|reason| format!("{}:{}: {reason}", self.file, node.at))?;
        Ok(Edition {
            file: self.file.clone(),
            line: node.at.line,
            version,
        })
    }

    fn version_node(&self) -> Option<&Node> {
        self.tree.at_path(&["info", "version"])
    }

    /// The lines except the one with the version. A new version is not a change, but follows from
    /// changes.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let version = self.version_node().map(|node| node.at.line);
        (1..)
            .zip(self.text.split('\n'))
            .filter(move |(number, _)| Some(*number) != version)
    }
}

/// The first line that differs between two contracts with equal trees.
pub(crate) fn layout(was: &Document, is: &Document) -> Option<Change> {
    let [old, new] = [was, is].map(|document| document.lines().collect::<Vec<_>>());
    let differs = |index: &usize| {
        let [old, new] = [&old, &new].map(|lines| lines.get(*index).map(|(_, text)| text));
        old != new
    };
    let first = (0..old.len().max(new.len())).find(differs)?;
    let said = |lines: &[(usize, &str)]| {
        let (line, text) = *lines.get(first)?;
        let at = Some(Position { line, column: 1 });
        let value = text.into();
        Some(Said { value, at })
    };
    let effect = patch("the first line that differs; programs read the same as before");
    Some(Change {
        subject: Subject::plain("comments, layout or order"),
        was: said(&old),
        is: said(&new),
        rule: Some(""),
        ..effect.change()
    })
}
