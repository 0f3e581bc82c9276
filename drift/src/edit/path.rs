//! Follows a path through a document.

use face_search_enroll_contract::{
    Position,
    yaml::{Key, Node, Value},
};
use serde_json::Value as Json;

/// A step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// To the value under a key.
    Key(String),
    /// To the list item with this value.
    Item(Json),
}

/// What a path leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'n> {
    /// The key, unless it is an item.
    pub(super) key: Option<&'n Key>,
    pub(super) node: &'n Node,
    /// The mapping or list around it.
    pub(super) parent: Option<&'n Node>,
}

impl<'n> Found<'n> {
    pub(super) fn by(root: &'n Node, path: &[Step]) -> Option<Self> {
        let root = Self {
            key: None,
            node: root,
            parent: None,
        };
        path.iter().try_fold(root, Self::next)
    }

    fn next(self, step: &Step) -> Option<Self> {
        let parent = self.node;
        let (key, node) = match step {
            Step::Key(key) => {
                let (key, node) = parent.entry(key)?;
                (Some(key), node)
            }
            Step::Item(value) => {
                let mut items = parent.items().iter();
                (None, items.find(|item| item.to_json() == *value)?)
            }
        };
        Some(Self {
            key,
            node,
            parent: Some(parent),
        })
    }

    /// The position of the key, or of the item.
    pub(super) fn start(self) -> Position {
        self.key.map_or(self.node.at, |key| key.at)
    }
}

/// The position of each entry of a mapping or list.
pub(super) fn starts(node: &Node) -> Vec<Position> {
    match &node.value {
        Value::Map(entries) => entries.iter().map(|(key, _)| key.at).collect(),
        Value::List(items) => items.iter().map(|item| item.at).collect(),
        _ => Vec::new(),
    }
}
