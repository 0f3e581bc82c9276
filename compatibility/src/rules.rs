//! The rules: which place of a contract they are for, and what a change there does to others. A
//! place without a rule is looked into; what is left in the end without one counts as breaking.
//!
//! Each table is of one part of the document. The first pattern that fits counts.

mod claims;
mod document;
mod limits;
mod operation;
mod outcomes;
mod schemas;
mod searches;

use std::sync::LazyLock;

use face_search_enroll_contract::yaml::Node;

use super::{
    change::{Affected, Change, Class, Kind, Subject},
    meanings::Meanings,
    pair::{By, Pair},
    pattern::Pattern,
    roles::Roles,
    spot::{Difference, Spot},
};

pub(super) use outcomes::pairs as outcome_pairs;
pub(super) use searches::changes as changed_searches;

/// What is known of both contracts.
#[derive(Debug)]
pub(super) struct Both<'n> {
    pub(super) was: Side<'n>,
    pub(super) is: Side<'n>,
    pub(super) roles: Roles,
}

/// What is known of one contract.
#[derive(Debug)]
pub(super) struct Side<'n> {
    pub(super) root: Spot<'n>,
    pub(super) meanings: Meanings<'n>,
}

impl<'n> Side<'n> {
    pub(super) fn of(root: Spot<'n>) -> Self {
        Self {
            meanings: Meanings::of(&root),
            root,
        }
    }
}

/// What is done at a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// `info.version` is the answer to changes, and none itself.
    Version,
    /// It holds entries, which are compared one by one; where it is missing it has none.
    Entries(By),
    /// It holds outcomes, of which one may move to the other list.
    Outcomes,
    /// It is judged where it comes or goes, and looked into where it stays.
    Each(By, Judge),
    /// It is judged as a whole.
    Value(Judge),
}

/// What a change does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Judge {
    /// Nothing but to people who read.
    Words,
    /// Whatever it is, it breaks somebody.
    Breaks(Affected, &'static str),
    /// It may be added; else it breaks somebody.
    Adds {
        affected: Affected,
        added: &'static str,
        broken: &'static str,
    },
    /// It depends.
    By(fn(&Both<'_>, &Difference<'_>) -> Vec<Change>),
}

impl Judge {
    pub(super) fn judge(self, both: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
        let change = match self {
            Self::Words => words(difference),
            Self::Breaks(affected, why) => difference.change(Class::Major, affected, why),
            Self::Adds {
                affected, added, ..
            } if difference.was.is_none() => difference.change(Class::Minor, affected, added),
            Self::Adds {
                affected, broken, ..
            } => difference.change(Class::Major, affected, broken),
            Self::By(judge) => return judge(both, difference),
        };
        vec![change]
    }
}

fn words(difference: &Difference<'_>) -> Change {
    difference.change(
        Class::Patch,
        Affected::People,
        "the words alone are different",
    )
}

/// A change in writing that says the same as before.
pub(super) fn same(difference: &Difference<'_>) -> Change {
    difference.change(
        Class::Patch,
        Affected::People,
        "written another way, and means the same",
    )
}

/// Entries in another order, by their names.
pub(super) fn reordered(difference: &Difference<'_>, pairs: &[Pair<'_>]) -> Change {
    let mut change = difference.change(Class::Patch, Affected::People, "the same in another order");
    change.kind = Kind::Reordered;
    let stayed = pairs
        .iter()
        .filter_map(|pair| pair.was.as_ref().zip(pair.is.as_ref()));
    let now: Vec<_> = stayed.clone().map(|(_, is)| is.name.clone()).collect();
    let mut before: Vec<_> = stayed.map(|(was, is)| (was.at, is.name.clone())).collect();
    before.sort();
    let before: Vec<_> = before.into_iter().map(|(_, name)| name).collect();
    for (said, names) in [(&mut change.was, before), (&mut change.is, now)] {
        if let Some(said) = said {
            said.value = names.join(", ").into();
        }
    }
    change
}

/// What no rule knows must not be passed over.
pub(super) fn unknown(difference: &Difference<'_>) -> Change {
    let why = "no rule knows this change, so it counts as breaking";
    let mut change = difference.change(Class::Major, Affected::Callers, why);
    change.subject = Subject::new("{0}", [difference.pointer()]);
    change.rule = None;
    change
}

/// A rule and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) pattern: &'static str,
    subject: &'static str,
    pub(super) rule: Rule,
}

const fn row(pattern: &'static str, subject: &'static str, rule: Rule) -> Row {
    Row {
        pattern,
        subject,
        rule,
    }
}

/// All rows with their patterns taken apart.
static TABLE: LazyLock<Vec<(Pattern, &Row)>> = LazyLock::new(|| {
    let rows = rows().map(|row| (Pattern::parse(row.pattern), row));
    rows.collect()
});

/// All tables.
fn rows() -> impl Iterator<Item = &'static Row> {
    [
        document::ROWS,
        operation::ROWS,
        outcomes::ROWS,
        schemas::ROWS,
        limits::ROWS,
    ]
    .into_iter()
    .flatten()
}

/// The row of this difference, which is told what it is about.
pub(super) fn find(difference: &mut Difference<'_>) -> Option<&'static Row> {
    let (row, captured) = TABLE.iter().find_map(|(pattern, row)| {
        let captured = pattern.captures(&difference.names)?;
        Some((*row, captured))
    })?;
    difference.subject = Subject::new(row.subject, captured);
    difference.rule = Some(row.pattern);
    Some(row)
}

/// The patterns of all rules that judge, for those who want to see that each is tried.
pub fn patterns() -> impl Iterator<Item = &'static str> {
    let judging = rows().filter(|row| matches!(row.rule, Rule::Each(..) | Rule::Value(_)));
    judging.map(|row| row.pattern)
}

/// What is true where a flag is not written.
fn flags(difference: &Difference<'_>) -> (bool, bool) {
    let (was, is) = difference.values();
    let flag = |node: Option<&Node>| node.and_then(Node::as_bool).unwrap_or(false);
    (flag(was), flag(is))
}

/// A mark that something is on its way out, or no longer is.
fn deprecated(_: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let change = match flags(difference) {
        (false, true) => difference.change(
            Class::Minor,
            Affected::Callers,
            "it may go with the next major version; compilers warn of it",
        ),
        (true, false) => difference.change(
            Class::Minor,
            Affected::Callers,
            "it stays; compilers no longer warn of it",
        ),
        _ => same(difference),
    };
    vec![change]
}
