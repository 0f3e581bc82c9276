//! A place that is compared: the names on the way to it, and the node on each side.

use face_search_enroll_contract::yaml::Node;

use crate::{
    change::{Affected::Callers, Change, Kind, Subject},
    effect::{Effect, major},
    located::LocatedNode,
};

/// How the two nodes of a difference belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// By their place.
    Same,
    /// By what they say, under another name.
    Renamed,
    /// By their name, in another place.
    Moved,
}

/// A place that is compared. At least one side has it.
#[derive(Debug, Clone)]
pub(crate) struct Difference<'n> {
    /// The names on the way, by which rules are found.
    pub(crate) names: Vec<String>,
    pub(crate) was: Option<LocatedNode<'n>>,
    pub(crate) is: Option<LocatedNode<'n>>,
    pub(crate) relation: Relation,
    /// What the rule calls it, and the rule's pattern.
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

    /// The newer side, or else the older.
    pub(crate) fn either(&self) -> Option<&LocatedNode<'n>> {
        self.is.as_ref().or(self.was.as_ref())
    }

    /// The value of each side, if it has one.
    pub(crate) fn values(&self) -> [Option<&'n Node>; 2] {
        [&self.was, &self.is].map(|side| side.as_ref().map(|located| located.node))
    }

    /// A flag of each side; what is not written is false.
    pub(crate) fn flags(&self) -> [bool; 2] {
        let values = self.values();
        values.map(|value| value.and_then(Node::as_bool).unwrap_or(false))
    }

    /// Whether both sides have it and say the same; the order of keys does not count.
    pub(crate) fn is_equal(&self) -> bool {
        self.both()
            .is_some_and(|(was, is)| was.node.to_json() == is.node.to_json())
    }

    /// This difference as a change that does `effect`.
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

    /// What no rule knows must not be passed over.
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
