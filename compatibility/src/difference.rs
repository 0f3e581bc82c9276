//! A place that is compared: its path, and the node on each side.

use face_search_enroll_contract::yaml::Node;

use crate::{
    change::{Affected::Callers, Change, Kind, Subject},
    effect::{Effect, major},
    located::LocatedNode,
};

/// Why the two nodes of a difference belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// They are in the same place.
    Same,
    /// They have the same content under another name.
    Renamed,
    /// They have the same name in another place.
    Moved,
}

/// A place that is compared. At least one side has it.
#[derive(Debug, Clone)]
pub(crate) struct Difference<'n> {
    /// The path as a list of names. It selects the rule.
    pub(crate) names: Vec<String>,
    pub(crate) was: Option<LocatedNode<'n>>,
    pub(crate) is: Option<LocatedNode<'n>>,
    pub(crate) relation: Relation,
    /// The description from the rule, and the pattern of the rule.
    pub(crate) subject: Subject,
    pub(crate) rule: Option<&'static str>,
}

impl<'n> Difference<'n> {
    pub(crate) fn new(
        was: Option<LocatedNode<'n>>,
        is: Option<LocatedNode<'n>>,
        relation: Relation,
    ) -> Self {
        Self {
            names: Vec::new(),
            was,
            is,
            relation,
            subject: Subject::plain(""),
            rule: None,
        }
    }

    pub(crate) fn both(&self) -> Option<(&LocatedNode<'n>, &LocatedNode<'n>)> {
        self.was.as_ref().zip(self.is.as_ref())
    }

    /// The newer side, or else the older side.
    pub(crate) fn either(&self) -> Option<&LocatedNode<'n>> {
        self.is.as_ref().or(self.was.as_ref())
    }

    /// The value on each side.
    pub(crate) fn values(&self) -> [Option<&'n Node>; 2] {
        [&self.was, &self.is].map(|side| side.as_ref().map(|located| located.node))
    }

    /// The boolean on each side. A missing one is false.
    pub(crate) fn flags(&self) -> [bool; 2] {
        let values = self.values();
        values.map(|value| value.and_then(Node::as_bool).unwrap_or(false))
    }

    /// Whether both sides have equal values. The order of keys does not matter.
    pub(crate) fn is_equal(&self) -> bool {
        self.both()
            .is_some_and(|(was, is)| was.node.to_json() == is.node.to_json())
    }

    /// This difference as a change with this effect.
    pub(crate) fn change(&self, effect: Effect) -> Change {
        let kind = match (&self.was, &self.is, self.relation) {
            (None, _, _) => Kind::Added,
            (_, None, _) => Kind::Gone,
            (_, _, Relation::Same) => Kind::Changed,
            (_, _, Relation::Renamed) => Kind::Renamed,
            (_, _, Relation::Moved) => Kind::Moved,
        };
        let said = |located: &LocatedNode<'_>| match kind {
            Kind::Renamed => located.says(&located.name),
            Kind::Moved => located.says(&located.pointer),
            Kind::Added | Kind::Gone | Kind::Changed | Kind::Reordered => located.said(),
        };
        Change {
            subject: self.subject.clone(),
            kind,
            pointer: self.pointer().to_owned(),
            was: self.was.as_ref().map(said),
            is: self.is.as_ref().map(said),
            rule: self.rule,
            ..effect.change()
        }
    }

    /// A change that no rule knows must not be missed, so it counts as breaking.
    pub(crate) fn unknown(&self) -> Change {
        let why = "no rule knows this change, so it counts as breaking";
        Change {
            subject: Subject::new("{0}", [self.pointer()]),
            rule: None,
            ..self.change(major(Callers, why))
        }
    }

    fn pointer(&self) -> &str {
        self.either().map_or("", |located| &located.pointer)
    }
}
