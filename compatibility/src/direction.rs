//! The direction in which values of a schema are sent. The same change can be harmless for requests
//! and breaking for responses.

use std::collections::BTreeSet;

use face_search_enroll_contract::{METHODS, yaml::Node};

/// The direction in which values are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the caller to the server.
    Request,
    /// From the server to the caller.
    Response,
}

/// The schemas that requests and responses use, in either contract.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    request: BTreeSet<String>,
    response: BTreeSet<String>,
}

impl Reach {
    pub(crate) fn of(trees: [&Node; 2]) -> Self {
        let mut reach = Self::default();
        for tree in trees {
            let paths = tree.get("paths").map_or(&[][..], Node::entries);
            let items = paths.iter().flat_map(|(_, item)| item.entries());
            for (_, operation) in items.filter(|(key, _)| METHODS.contains(&&*key.text)) {
                for (key, reached) in [
                    ("requestBody", &mut reach.request),
                    ("responses", &mut reach.response),
                ] {
                    if let Some(node) = operation.get(key) {
                        add_reached(tree, node, reached);
                    }
                }
            }
        }
        reach
    }

    /// The directions of the component. A component that is not used has both, because its users
    /// are not known.
    pub(crate) fn directions(&self, component: &str) -> Vec<Direction> {
        match [&self.request, &self.response].map(|reached| reached.contains(component)) {
            [true, false] => vec![Direction::Request],
            [false, true] => vec![Direction::Response],
            _ => vec![Direction::Request, Direction::Response],
        }
    }
}

/// Adds the components that `node` refers to, directly or indirectly.
fn add_reached(tree: &Node, node: &Node, reached: &mut BTreeSet<String>) {
    let referred = node.get("$ref").and_then(Node::as_str);
    let referred = referred.and_then(|reference| reference.strip_prefix("#/components/schemas/"));
    if let Some(name) = referred
        && reached.insert(name.to_owned())
        && let Some(schema) = tree.at_path(&["components", "schemas", name])
    {
        add_reached(tree, schema, reached);
    }
    for (_, child) in node.entries() {
        add_reached(tree, child, reached);
    }
    for item in node.items() {
        add_reached(tree, item, reached);
    }
}
