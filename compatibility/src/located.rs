//! A node of one of the two contracts, with its name, its position and its JSON pointer.

use face_search_enroll_contract::{
    METHODS, Position,
    yaml::{Key, Node},
};

use crate::change::Said;

/// A node and its position.
#[derive(Debug, Clone)]
pub(crate) struct LocatedNode<'n> {
    /// The name of the node: its key, or what identifies it in a list.
    pub(crate) name: String,
    pub(crate) node: &'n Node,
    /// The position of its key, or of the item in a list.
    pub(crate) at: Position,
    pub(crate) pointer: String,
}

impl<'n> LocatedNode<'n> {
    pub(crate) fn root(node: &'n Node) -> Self {
        Self {
            name: String::new(),
            node,
            at: node.at,
            pointer: String::new(),
        }
    }

    /// The value under `key`, if this is a mapping with that key.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let (key, node) = self.node.entry(key)?;
        Some(self.entry(key, node))
    }

    /// The entries of a mapping or the items of a list. The name of an item is its index at first.
    pub(crate) fn children(&self) -> Vec<Self> {
        let entries = self.node.entries().iter();
        let entries = entries.map(|(key, node)| self.entry(key, node));
        let items = self.node.items().iter().enumerate();
        let items = items.map(|(index, node)| self.child(index.to_string(), node.at, node));
        entries.chain(items).collect()
    }

    fn entry(&self, key: &Key, node: &'n Node) -> Self {
        self.child(key.text.clone(), key.at, node)
    }

    fn child(&self, name: String, at: Position, node: &'n Node) -> Self {
        // Escaped as in RFC 6901.
        let escaped = name.replace('~', "~0").replace('/', "~1");
        Self {
            pointer: format!("{}/{escaped}", self.pointer),
            name,
            node,
            at,
        }
    }

    /// Whether this entry of a path is an operation.
    pub(crate) fn is_method(&self) -> bool {
        METHODS.contains(&self.name.as_str())
    }

    pub(crate) fn said(&self) -> Said {
        Said {
            value: self.node.to_json(),
            at: Some(self.at),
        }
    }

    /// `text` at this position, instead of the value.
    pub(crate) fn says(&self, text: &str) -> Said {
        Said {
            value: text.into(),
            at: Some(self.at),
        }
    }
}
