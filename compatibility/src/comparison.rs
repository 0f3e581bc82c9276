//! What rules are told of both contracts, beside the place that they judge.

use face_search_enroll_contract::yaml::Node;

use crate::{
    direction::{Direction, Reach},
    located::LocatedNode,
    outcome_lookup::OutcomeLookup,
};

/// Both contracts.
#[derive(Debug)]
pub(crate) struct Comparison<'n> {
    pub(crate) was: Revision<'n>,
    pub(crate) is: Revision<'n>,
    reach: Reach,
}

/// One of the two contracts.
#[derive(Debug)]
pub(crate) struct Revision<'n> {
    tree: &'n Node,
    pub(crate) outcomes: OutcomeLookup<'n>,
}

impl<'n> Comparison<'n> {
    /// `whole` are the documents that both are taken from.
    pub(crate) fn of(was: &'n Node, is: &'n Node, whole: [&Node; 2]) -> Self {
        Self {
            was: Revision::of(was),
            is: Revision::of(is),
            reach: Reach::of(whole),
        }
    }

    /// The ways that values travel of the schema at these names, or of one inside it.
    pub(crate) fn directions(&self, names: &[String]) -> Vec<Direction> {
        let component = names.get(2).map_or("", String::as_str);
        self.reach.directions(component)
    }
}

impl<'n> Revision<'n> {
    fn of(tree: &'n Node) -> Self {
        Self {
            tree,
            outcomes: OutcomeLookup::of(&LocatedNode::root(tree)),
        }
    }

    /// The value under `key` at these names.
    pub(crate) fn value(&self, names: &[String], key: &str) -> Option<&'n Node> {
        let mut path = names.iter();
        let node = path.try_fold(self.tree, |node, name| node.get(name));
        node?.get(key)
    }
}
