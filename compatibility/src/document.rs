//! A contract as it is compared: its file, its text and its tree. Whether it can be used at all is
//! the contract's reader's to say; a released one is not held to rules that came after it.

use face_search_enroll_contract::{Position, yaml::Node};
use semver::Version;

use crate::{
    change::{Change, Said, Subject},
    effect::patch,
    version,
};

/// Which contract it is, as reports name it.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The file.
    pub file: String,
    /// The line of `info.version`.
    pub line: usize,
    /// What it says.
    pub version: Version,
}

/// A contract in a file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name of the file, as reports give it.
    pub file: String,
    /// The text, byte for byte.
    pub text: String,
    /// The same as a tree with positions.
    pub tree: Node,
}

impl Document {
    /// Takes `text` apart.
    ///
    /// # Errors
    ///
    /// Where it is no YAML, with the place.
    pub fn parse(file: impl Into<String>, text: impl Into<String>) -> Result<Self, String> {
        let (file, text) = (file.into(), text.into());
        let tree = Node::parse(&text).map_err(|problem| format!("{file}:{problem}"))?;
        Ok(Self { file, text, tree })
    }

    /// The version of the document, and where it stands.
    ///
    /// # Errors
    ///
    /// Where it is not three numbers, with the place.
    pub fn edition(&self) -> Result<Edition, String> {
        let Some(node) = self.version_node() else {
            return Err(format!(
                "{}: no info.version, write one such as 1.0.0",
                self.file
            ));
        };
        let text = node.as_str().map_or_else(
            || format!("{}, which is no text", node.to_json()),
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

    /// The lines, but that of the version, which is not a change but the answer to changes.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let version = self.version_node().map(|node| node.at.line);
        (1..)
            .zip(self.text.split('\n'))
            .filter(move |(number, _)| Some(*number) != version)
    }
}

/// The first line that differs between two contracts whose trees say the same.
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
