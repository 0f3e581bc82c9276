//! A place in both trees that is compared: the names on the way to it, and the node on each side.

use face_search_enroll_contract::{Position, yaml::Node};
use serde_json::Value as Json;

use super::change::{Affected, Change, Class, Kind, Said, Subject};

/// A node of one of the two trees.
#[derive(Debug, Clone)]
pub(super) struct Spot<'n> {
    /// What it is called: a key, or what tells it apart in a list.
    pub(super) name: String,
    pub(super) node: &'n Node,
    /// Where its key stands, or it itself in a list.
    pub(super) at: Position,
    pub(super) pointer: String,
}

impl<'n> Spot<'n> {
    pub(super) fn root(node: &'n Node) -> Self {
        Self {
            name: String::new(),
            node,
            at: node.at,
            pointer: String::new(),
        }
    }

    /// The value under `key`, if this is a mapping that has it.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let (key, node) = self.node.entry(key)?;
        Some(Self {
            name: key.text.clone(),
            node,
            at: key.at,
            pointer: format!("{}/{}", self.pointer, escaped(&key.text)),
        })
    }

    /// The entries of a mapping or the items of a list; an item is called by its index at first.
    pub(super) fn children(&self) -> Vec<Self> {
        let entries = self.node.entries().iter();
        let entries = entries.map(|(key, node)| Self {
            name: key.text.clone(),
            node,
            at: key.at,
            pointer: format!("{}/{}", self.pointer, escaped(&key.text)),
        });
        let items = self.node.items().iter().enumerate();
        let items = items.map(|(index, node)| Self {
            name: index.to_string(),
            node,
            at: node.at,
            pointer: format!("{}/{index}", self.pointer),
        });
        entries.chain(items).collect()
    }

    pub(super) fn said(&self) -> Said {
        Said {
            value: self.node.to_json(),
            at: Some(self.at),
        }
    }
}

/// A key in a JSON pointer, by RFC 6901.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// How the two nodes of a difference belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// By their place.
    Same,
    /// By what they say, under another name.
    Renamed,
    /// By their name, in another place.
    Moved,
}

/// A place that is compared. At least one side has it.
#[derive(Debug, Clone)]
pub(super) struct Difference<'n> {
    /// The names on the way, by which rules are found.
    pub(super) names: Vec<String>,
    pub(super) was: Option<Spot<'n>>,
    pub(super) is: Option<Spot<'n>>,
    pub(super) relation: Relation,
    /// What the rule calls it, and the rule's pattern.
    pub(super) subject: Subject,
    pub(super) rule: Option<&'static str>,
}

impl<'n> Difference<'n> {
    pub(super) fn at(names: Vec<String>, was: Option<Spot<'n>>, is: Option<Spot<'n>>) -> Self {
        Self {
            names,
            was,
            is,
            relation: Relation::Same,
            subject: Subject::plain(""),
            rule: None,
        }
    }

    pub(super) fn both(&self) -> Option<(&Spot<'n>, &Spot<'n>)> {
        self.was.as_ref().zip(self.is.as_ref())
    }

    /// The value of each side, if it has one.
    pub(super) fn values(&self) -> (Option<&'n Node>, Option<&'n Node>) {
        let node = |spot: &Option<Spot<'n>>| spot.as_ref().map(|spot| spot.node);
        (node(&self.was), node(&self.is))
    }

    /// Whether both sides have it and say the same; the order of keys does not count.
    pub(super) fn is_equal(&self) -> bool {
        self.both()
            .is_some_and(|(was, is)| was.node.to_json() == is.node.to_json())
    }

    pub(super) fn kind(&self) -> Kind {
        match (&self.was, &self.is, self.relation) {
            (None, _, _) => Kind::Added,
            (_, None, _) => Kind::Gone,
            (_, _, Relation::Same) => Kind::Changed,
            (_, _, Relation::Renamed) => Kind::Renamed,
            (_, _, Relation::Moved) => Kind::Moved,
        }
    }

    /// This difference as a change of `class`.
    pub(super) fn change(&self, class: Class, affected: Affected, why: &'static str) -> Change {
        let kind = self.kind();
        let said = |spot: &Spot<'_>| match kind {
            Kind::Renamed => Said {
                value: Json::from(spot.name.as_str()),
                at: Some(spot.at),
            },
            Kind::Moved => Said {
                value: Json::from(spot.pointer.as_str()),
                at: Some(spot.at),
            },
            Kind::Added | Kind::Gone | Kind::Changed | Kind::Reordered => spot.said(),
        };
        Change {
            class,
            subject: self.subject.clone(),
            kind,
            pointer: self.pointer().to_owned(),
            was: self.was.as_ref().map(said),
            is: self.is.as_ref().map(said),
            affected,
            why: why.into(),
            rule: self.rule,
        }
    }

    pub(super) fn pointer(&self) -> &str {
        let spot = self.is.as_ref().or(self.was.as_ref());
        spot.map_or("", |spot| &spot.pointer)
    }
}
