//! Walks through both trees together. A place is equal in both, or classified by its rule, or
//! compared entry by entry. Anything else is a change that no rule knows.

use face_search_enroll_contract::yaml::{Node, Value as Yaml};

use crate::{
    change::{Change, Kind},
    comparison::Comparison,
    difference::{Difference, Relation},
    effect::{SAME, patch},
    located::LocatedNode,
    matching::{MatchBy, matched},
    operations::{self, Operations},
    rules::{self, Judge, Rule},
};

type Nodes<'n> = Vec<LocatedNode<'n>>;

/// The changes between the trees, in the order of the newer one. A change outside the operations is
/// listed once.
pub(crate) fn changes(was: &Node, is: &Node) -> Vec<Change> {
    let operations = Operations::of(was, is);
    let mut changes = Vec::new();
    if operations.pairs.is_empty() {
        add_changes(&mut changes, [was, is], [was, is]);
    }
    for [old, new] in &operations.pairs {
        add_changes(&mut changes, [old, new], [was, is]);
    }
    if !operations.pairs.is_empty() {
        let comparison = Comparison::of(was, is, [was, is]);
        let mut walk = Walk {
            comparison: &comparison,
            changes: Vec::new(),
        };
        let gone = operations.gone.iter().map(|names| (names, was, false));
        let new = operations.new.iter().map(|names| (names, is, true));
        for (names, tree, is_new) in gone.chain(new) {
            if let Some(difference) = operation(tree, names, is_new) {
                walk.visit(difference);
            }
        }
        changes.extend(walk.changes);
    }
    for change in &mut changes {
        let mut trees = [is, was].into_iter();
        change.operation = trees.find_map(|tree| operations::named(tree, &change.pointer));
    }
    changes
}

/// Adds the changes between two documents with one operation each. `whole` are the complete
/// documents, which show how schemas are used.
fn add_changes<'n>(changes: &mut Vec<Change>, [was, is]: [&'n Node; 2], whole: [&'n Node; 2]) {
    let comparison = Comparison::of(was, is, whole);
    let mut walk = Walk {
        comparison: &comparison,
        changes: Vec::new(),
    };
    let [was, is] = [was, is].map(|tree| Some(LocatedNode::root(tree)));
    walk.visit(Difference::new(was, is, Relation::Same));
    for change in rules::changes_of_order(&comparison) {
        walk.add(change);
    }
    for change in walk.changes {
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
}

/// An operation that only one side has.
fn operation<'n>(
    tree: &'n Node,
    [path, method]: &[String; 2],
    is_new: bool,
) -> Option<Difference<'n>> {
    let node = LocatedNode::root(tree)
        .get("paths")?
        .get(path)?
        .get(method)?;
    let (was, is) = if is_new {
        (None, Some(node))
    } else {
        (Some(node), None)
    };
    let mut difference = Difference::new(was, is, Relation::Same);
    difference.names = vec!["paths".to_owned(), path.clone(), method.clone()];
    Some(difference)
}

struct Walk<'c, 'n> {
    comparison: &'c Comparison<'n>,
    changes: Vec<Change>,
}

impl<'n> Walk<'_, 'n> {
    /// Records a change once. Something that moved is found at both places.
    fn add(&mut self, change: Change) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    fn judge(&mut self, judge: Judge, difference: &Difference<'n>) {
        for change in judge.changes(self.comparison, difference) {
            self.add(change);
        }
    }

    fn visit(&mut self, mut difference: Difference<'n>) {
        let stayed = difference.both().is_some() && difference.relation == Relation::Same;
        match rules::find(&mut difference) {
            Some(Rule::Version) => {}
            Some(Rule::Entries(by)) => {
                self.entries(&difference, |_, was, is| matched(by, was, is));
            }
            Some(Rule::Outcomes) => self.entries(&difference, rules::matched_outcomes),
            Some(Rule::Each(by, judge)) => {
                if !stayed {
                    self.judge(judge, &difference);
                }
                self.inside(by, &difference);
            }
            Some(Rule::Value(judge)) => {
                if !stayed || !difference.is_equal() {
                    self.judge(judge, &difference);
                }
            }
            None if difference.both().is_none() => self.add(difference.unknown()),
            None => self.inside(MatchBy::Key, &difference),
        }
    }

    /// Compares the entries of a place that both sides have.
    fn inside(&mut self, by: MatchBy, difference: &Difference<'n>) {
        let Some((was, is)) = difference.both() else {
            return;
        };
        let is_map = |located: &LocatedNode<'_>| matches!(located.node.value, Yaml::Map(_));
        let is_reference = |located: &LocatedNode<'_>| located.node.get("$ref").is_some();
        if is_reference(was) || is_reference(is) {
            self.reference(difference);
        } else if is_map(was) && is_map(is) {
            self.all(difference, matched(by, was.children(), is.children()));
        } else if !difference.is_equal() {
            self.add(difference.unknown());
        }
    }

    /// Compares two references. Their targets are compared at their own place.
    fn reference(&mut self, difference: &Difference<'n>) {
        if difference.is_equal() {
            return;
        }
        let mut reference = difference.clone();
        reference.names.push("$ref".to_owned());
        match rules::find(&mut reference) {
            Some(Rule::Value(judge)) => self.judge(judge, &reference),
            _ => self.add(difference.unknown()),
        }
    }

    /// Compares the entries of two mappings or lists. A missing one has no entries.
    fn entries(
        &mut self,
        difference: &Difference<'n>,
        matched: impl Fn(&Comparison<'n>, Nodes<'n>, Nodes<'n>) -> Vec<Difference<'n>>,
    ) {
        if have_no_entries(difference.values()) && !difference.is_equal() {
            self.add(difference.unknown());
            return;
        }
        let [was, is] = [&difference.was, &difference.is].map(|located| {
            let located = located.as_ref();
            located.map_or_else(Vec::new, LocatedNode::children)
        });
        if was.is_empty() && is.is_empty() {
            if !difference.is_equal() {
                self.add(difference.change(SAME));
            }
            return;
        }
        let entries = matched(self.comparison, was, is);
        if let Some(change) = reordered(difference, &entries) {
            self.add(change);
        }
        self.all(difference, entries);
    }

    fn all(&mut self, parent: &Difference<'n>, entries: Vec<Difference<'n>>) {
        for mut entry in entries {
            let name = entry.was.as_ref().or(entry.is.as_ref());
            let name = name.map(|located| located.name.clone());
            entry.names = parent.names.iter().cloned().chain(name).collect();
            self.visit(entry);
        }
    }
}

/// Whether a side is neither a mapping nor a list, or one side is a mapping and the other a list.
fn have_no_entries(values: [Option<&Node>; 2]) -> bool {
    let there = values.into_iter().flatten().map(|node| &node.value);
    let there = there.filter(|value| !matches!(value, Yaml::Null));
    let (maps, others): (Vec<_>, Vec<_>) = there.partition(|value| matches!(value, Yaml::Map(_)));
    let are_lists = others.iter().all(|value| matches!(value, Yaml::List(_)));
    !are_lists || !(maps.is_empty() || others.is_empty())
}

/// The change of order, if the common entries of both sides are in another order.
fn reordered(difference: &Difference<'_>, entries: &[Difference<'_>]) -> Option<Change> {
    let stayed = entries
        .iter()
        .filter(|entry| entry.relation != Relation::Moved);
    let places = stayed.filter_map(Difference::both).map(|(was, _)| was.at);
    if places.is_sorted() {
        return None;
    }
    let both = entries.iter().filter_map(Difference::both);
    let now: Vec<_> = both.map(|(was, is)| (was.at, is.name.as_str())).collect();
    let mut before = now.clone();
    before.sort();
    let mut change = difference.change(patch("the same in another order"));
    change.kind = Kind::Reordered;
    for (said, entries) in [(&mut change.was, before), (&mut change.is, now)] {
        if let Some(said) = said {
            let names: Vec<_> = entries.into_iter().map(|(_, name)| name).collect();
            said.value = names.join(", ").into();
        }
    }
    Some(change)
}
