//! Which way the values of a schema travel: what is tighter for one who sends is looser for one who
//! reads.

use std::collections::BTreeSet;

use face_search_enroll_contract::yaml::Node;

use super::pattern::is_method;

/// Which way values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// From the caller to the server.
    Request,
    /// From the server to the caller.
    Response,
}

/// The schemas that requests and responses reach, in either contract.
#[derive(Debug, Default)]
pub(super) struct Roles {
    request: BTreeSet<String>,
    response: BTreeSet<String>,
}

impl Roles {
    pub(super) fn of(trees: [&Node; 2]) -> Self {
        let mut roles = Self::default();
        for tree in trees {
            let paths = tree.get("paths").map_or(&[][..], Node::entries);
            let items = paths.iter().flat_map(|(_, item)| item.entries());
            for (_, operation) in items.filter(|(key, _)| is_method(&key.text)) {
                for (key, reached) in [
                    ("requestBody", &mut roles.request),
                    ("responses", &mut roles.response),
                ] {
                    if let Some(node) = operation.get(key) {
                        reach(tree, node, reached);
                    }
                }
            }
        }
        roles
    }

    /// The ways that values of the component travel; both for one that nothing reaches, since it
    /// is not known who uses it.
    pub(super) fn of_component(&self, name: &str) -> Vec<Role> {
        let both = [
            (Role::Request, self.request.contains(name)),
            (Role::Response, self.response.contains(name)),
        ];
        let reached = both.into_iter().filter(|(_, reached)| *reached);
        let reached: Vec<Role> = reached.map(|(role, _)| role).collect();
        if reached.is_empty() {
            vec![Role::Request, Role::Response]
        } else {
            reached
        }
    }
}

/// Adds the components that `node` refers to, and those that these refer to.
fn reach(tree: &Node, node: &Node, reached: &mut BTreeSet<String>) {
    let referred = node.get("$ref").and_then(Node::as_str);
    let referred = referred.and_then(|reference| reference.strip_prefix("#/components/schemas/"));
    if let Some(name) = referred
        && reached.insert(name.to_owned())
        && let Some(schema) = tree.at_path(&["components", "schemas", name])
    {
        reach(tree, schema, reached);
    }
    for (_, child) in node.entries() {
        reach(tree, child, reached);
    }
    for item in node.items() {
        reach(tree, item, reached);
    }
}
