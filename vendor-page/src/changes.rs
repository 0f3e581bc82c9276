//! What changed between two pages: the difference of their facts. Line numbers do not count, so
//! another rendering of the same page is not a change.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::facts::VendorPage;
use crate::statements::{Statement, statements};

/// A fact that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageChange {
    /// The page did not state it before.
    Added(Statement),
    /// The page no longer states it.
    Removed(Statement),
    /// The page states something else now.
    Changed {
        /// What it stated.
        old: Statement,
        /// What it states now.
        new: Statement,
    },
    /// The page has the same list in another order.
    Moved {
        /// The name of the list.
        list: &'static str,
        /// The first line that is in another place.
        line: u32,
    },
}

impl fmt::Display for PageChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added(new) => {
                write!(
                    f,
                    "added    {}: {} (line {})",
                    new.fact, new.value, new.line
                )
            }
            Self::Removed(old) => {
                write!(
                    f,
                    "removed  {}: {} (was line {})",
                    old.fact, old.value, old.line
                )
            }
            Self::Changed { old, new } => {
                let Statement { fact, line, .. } = new;
                let (old, new) = (&old.value, &new.value);
                write!(f, "changed  {fact}: {old} → {new} (line {line})")
            }
            Self::Moved { list, line } => write!(f, "moved    order of {list} (line {line})"),
        }
    }
}

/// What changed from one set of facts to another, in the order of the facts.
#[must_use]
pub fn changes(old: &VendorPage, new: &VendorPage) -> Vec<PageChange> {
    let (old, new) = (statements(old), statements(new));
    let (mut before, mut after) = (by_key(&old), by_key(&new));
    let mut changes = vec![];
    for Statement { key, .. } in new.iter().chain(&old) {
        let old = before.remove(key.as_str()).unwrap_or_default();
        let new = after.remove(key.as_str()).unwrap_or_default();
        compare(&old, &new, &mut changes);
    }
    let lists: BTreeSet<_> = new
        .iter()
        .filter_map(|it| Some(it.listed.as_ref()?.0))
        .collect();
    changes.extend(lists.into_iter().filter_map(|list| moved(list, &old, &new)));
    changes
}

fn by_key(statements: &[Statement]) -> BTreeMap<&str, Vec<&Statement>> {
    let mut by_key: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for statement in statements {
        by_key.entry(&statement.key).or_default().push(statement);
    }
    by_key
}

/// Pairs equal statements first, and then the rest in order. An inserted row is then one addition,
/// and not a change of every row below it.
fn compare(old: &[&Statement], new: &[&Statement], changes: &mut Vec<PageChange>) {
    let mut unpaired: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in old {
        *unpaired.entry(&statement.value).or_default() += 1;
    }
    let mut take = |statement: &&&Statement| match unpaired.get_mut(statement.value.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let mut left: Vec<Statement> = new
        .iter()
        .filter(|it| !take(it))
        .copied()
        .cloned()
        .collect();
    let mut gone: Vec<Statement> = old.iter().filter(take).copied().cloned().collect();
    let pairs = gone.len().min(left.len());
    let (added, removed) = (left.split_off(pairs), gone.split_off(pairs));
    let replaced = gone.into_iter().zip(left);
    changes.extend(replaced.map(|(old, new)| PageChange::Changed { old, new }));
    changes.extend(removed.into_iter().map(PageChange::Removed));
    changes.extend(added.into_iter().map(PageChange::Added));
}

/// Whether the common entries of a list are in another order.
fn moved(list: &'static str, old: &[Statement], new: &[Statement]) -> Option<PageChange> {
    let (old, new) = (listed(old, list), listed(new, list));
    let olds: BTreeSet<_> = old.iter().map(|(name, _)| name).collect();
    let news: BTreeSet<_> = new.iter().map(|(name, _)| name).collect();
    let old = old.iter().filter(|(name, _)| news.contains(name));
    let new = new.iter().filter(|(name, _)| olds.contains(name));
    let moved = old.zip(new).find(|(old, new)| old.0 != new.0);
    moved.map(|(_, &(_, line))| PageChange::Moved { list, line })
}

/// The entries of this list, with their lines.
fn listed<'s>(statements: &'s [Statement], list: &str) -> Vec<(&'s str, u32)> {
    let listed = statements.iter().filter_map(|statement| {
        let (of, known_by) = statement.listed.as_ref()?;
        (*of == list).then_some((known_by.as_str(), statement.line))
    });
    listed.collect()
}
