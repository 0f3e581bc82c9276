//! Matches the operations of the release and the contract. Each pair is compared as if the
//! documents had no other operation, so that rules deal with one operation only.

use face_search_enroll_contract::{
    METHODS,
    yaml::{Key, Node, Value},
};

/// The path, the method and the node of an operation.
type Place<'n> = (&'n Key, &'n Key, &'n Node);

/// The operations of both contracts.
#[derive(Debug, Default)]
pub(crate) struct Operations {
    /// The documents of each pair, with only that operation in them.
    pub(crate) pairs: Vec<[Node; 2]>,
    /// The paths and methods of operations that are gone.
    pub(crate) gone: Vec<[String; 2]>,
    /// The paths and methods of new operations.
    pub(crate) new: Vec<[String; 2]>,
}

impl Operations {
    pub(crate) fn of(was: &Node, is: &Node) -> Self {
        let mut old: Vec<_> = places(was).collect();
        let mut new: Vec<_> = places(is).collect();
        let mut pairs = Vec::new();
        join(&mut old, &mut new, &mut pairs, |old, new| {
            old.0.text == new.0.text && old.1.text == new.1.text
        });
        join(&mut old, &mut new, &mut pairs, |old, new| {
            let id = |place: &Place<'_>| {
                place
                    .2
                    .get("operationId")
                    .and_then(Node::as_str)
                    .map(str::to_owned)
            };
            id(old).is_some() && id(old) == id(new)
        });
        if let ([_], [_]) = (old.as_slice(), new.as_slice()) {
            join(&mut old, &mut new, &mut pairs, |_, _| true);
        }
        let names = |(path, method, _): &Place<'_>| [path.text.clone(), method.text.clone()];
        Self {
            pairs: pairs
                .iter()
                .map(|(old, new)| [alone(was, old), alone(is, new)])
                .collect(),
            gone: old.iter().map(names).collect(),
            new: new.iter().map(names).collect(),
        }
    }
}

/// The name of the operation that a JSON pointer leads into.
pub(crate) fn named(tree: &Node, pointer: &str) -> Option<String> {
    let mut names = pointer.strip_prefix("/paths/")?.split('/');
    let path = names.next()?.replace("~1", "/").replace("~0", "~");
    let method = names.next()?;
    let (_, _, node) = places(tree).find(|(it, verb, _)| it.text == path && verb.text == method)?;
    let id = node.get("operationId").and_then(Node::as_str);
    Some(id.map_or_else(|| format!("{method} {path}"), str::to_owned))
}

fn places(tree: &Node) -> impl Iterator<Item = Place<'_>> {
    let paths = tree.get("paths").map_or(&[][..], Node::entries).iter();
    paths.flat_map(|(path, item)| {
        let operations = item.entries().iter();
        let operations = operations.filter(|(key, _)| METHODS.contains(&key.text.as_str()));
        operations.map(move |(method, node)| (path, method, node))
    })
}

/// Moves operations that belong together from both lists to `pairs`.
fn join<'n>(
    old: &mut Vec<Place<'n>>,
    new: &mut Vec<Place<'n>>,
    pairs: &mut Vec<(Place<'n>, Place<'n>)>,
    belong: impl Fn(&Place<'_>, &Place<'_>) -> bool,
) {
    new.retain(|new| {
        let Some(index) = old.iter().position(|old| belong(old, new)) else {
            return true;
        };
        pairs.push((old.remove(index), *new));
        false
    });
}

/// The document with only this operation.
fn alone(tree: &Node, (path, method, _): &Place<'_>) -> Node {
    let mut tree = tree.clone();
    let is_method = |key: &Key| METHODS.contains(&key.text.as_str());
    let paths = entries(&mut tree)
        .iter_mut()
        .find(|(key, _)| key.text == "paths");
    if let Some((_, paths)) = paths {
        // Keep entries without operations, so that they are compared too.
        let holds = |item: &Node| item.entries().iter().any(|(key, _)| is_method(key));
        retain(paths, |key, item| key.at == path.at || !holds(item));
        for (key, item) in entries(paths) {
            let here = key.at == path.at;
            retain(item, |key, _| {
                !is_method(key) || (here && key.at == method.at)
            });
        }
    }
    tree
}

fn retain(node: &mut Node, keep: impl Fn(&Key, &Node) -> bool) {
    if let Value::Map(entries) = &mut node.value {
        entries.retain(|(key, node)| keep(key, node));
    }
}

fn entries(node: &mut Node) -> &mut [(Key, Node)] {
    match &mut node.value {
        Value::Map(entries) => entries,
        _ => &mut [],
    }
}
