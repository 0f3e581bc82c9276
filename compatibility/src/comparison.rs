//! The context in both contracts that rules need in addition to the place that changed.

use std::collections::BTreeSet;

use face_search_enroll_contract::{METHODS, yaml::Node};

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
    /// The names of all effects in the newer contract.
    effects: BTreeSet<&'n str>,
}

/// One of the two contracts.
#[derive(Debug)]
pub(crate) struct Revision<'n> {
    tree: &'n Node,
    pub(crate) outcomes: OutcomeLookup<'n>,
}

impl<'n> Comparison<'n> {
    /// `old` and `new` are the complete documents that `was` and `is` are parts of.
    pub(crate) fn of(was: &'n Node, is: &'n Node, [old, new]: [&'n Node; 2]) -> Self {
        Self {
            was: Revision::of(was),
            is: Revision::of(is),
            reach: Reach::of([old, new]),
            effects: effects(new),
        }
    }

    /// The directions in which values of the schema at this place, or of one inside it, are sent.
    pub(crate) fn directions(&self, names: &[String]) -> Vec<Direction> {
        let component = names.get(2).map_or("", String::as_str);
        self.reach.directions(component)
    }

    /// Whether an operation of the newer contract has an effect of this name.
    pub(crate) fn has_effect(&self, name: &str) -> bool {
        self.effects.contains(name)
    }
}

fn effects(tree: &Node) -> BTreeSet<&str> {
    let paths = tree.get("paths").map_or(&[][..], Node::entries).iter();
    let items = paths.flat_map(|(_, item)| item.entries());
    let operations = items.filter(|(key, _)| METHODS.contains(&&*key.text));
    let names = operations.filter_map(|(_, node)| node.at_path(&["x-effect", "name"])?.as_str());
    names.collect()
}

impl<'n> Revision<'n> {
    fn of(tree: &'n Node) -> Self {
        Self {
            tree,
            outcomes: OutcomeLookup::of(&LocatedNode::root(tree)),
        }
    }

    /// The value under `key` at this place.
    pub(crate) fn value(&self, names: &[String], key: &str) -> Option<&'n Node> {
        let mut path = names.iter();
        let node = path.try_fold(self.tree, |node, name| node.get(name));
        node?.get(key)
    }
}
