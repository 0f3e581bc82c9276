//! Reads the entries of one mapping one by one. A key that nobody reads is a problem.

use crate::{
    position::{Located, Position},
    reader::Reader,
    yaml::{Key, Node, Value},
};

/// A mapping, and the keys that its reader knows.
#[derive(Debug)]
pub(crate) struct Mapping<'n> {
    at: Position,
    what: &'static str,
    entries: &'n [(Key, Node)],
    known: Vec<String>,
}

impl<'n> Mapping<'n> {
    /// Reads `node`. Problems call it `what`.
    pub(crate) fn of(reader: &mut Reader, node: &'n Node, what: &'static str) -> Self {
        if !matches!(node.value, Value::Map(_)) {
            reader.problem(
                node.at,
                format!("{what} is not a mapping"),
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

    pub(crate) fn optional(&mut self, key: &str) -> Option<&'n Node> {
        self.known.push(key.to_owned());
        let mut entries = self.entries.iter();
        let found = entries.find(|(found, _)| found.text == key);
        found.map(|(_, node)| node)
    }

    pub(crate) fn required(&mut self, reader: &mut Reader, key: &str) -> Option<&'n Node> {
        let found = self.optional(key);
        let what = format!("{} has no {key}", self.what);
        reader.require(found, self.at, what, format!("write {key}: …"))
    }

    pub(crate) fn optional_text(
        &mut self,
        reader: &mut Reader,
        key: &str,
    ) -> Option<Located<String>> {
        let node = self.optional(key)?;
        reader.text(node, key)
    }

    pub(crate) fn required_text(
        &mut self,
        reader: &mut Reader,
        key: &str,
    ) -> Option<Located<String>> {
        let node = self.required(reader, key)?;
        reader.text(node, key)
    }

    /// The items of the list under `key`, or none if the key is missing.
    pub(crate) fn items(&mut self, key: &str) -> &'n [Node] {
        self.optional(key).map_or(&[], Node::items)
    }

    /// The value under `key`, which must be one of `words`; `None` if the key is missing.
    pub(crate) fn optional_word<T: Copy>(
        &mut self,
        reader: &mut Reader,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let node = self.optional(key)?;
        reader.word(node, key, words)
    }

    pub(crate) fn required_word<T: Copy>(
        &mut self,
        reader: &mut Reader,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let node = self.required(reader, key)?;
        reader.word(node, key, words)
    }

    /// Reports unknown keys: a misspelt key, or the result of a stray comma in a flow mapping.
    pub(crate) fn finish(self, reader: &mut Reader) {
        for (key, _) in self.entries {
            if !self.known.contains(&key.text) {
                reader.problem(
                    key.at,
                    format!("unknown key {} in {}", key.text, self.what),
                    format!("use one of: {}", self.known.join(", ")),
                );
            }
        }
    }
}
