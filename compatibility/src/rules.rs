//! The rules: which place of a contract they are for, and what a change there does to others. A
//! place without a rule is looked into; what is left in the end without one counts as breaking.
//!
//! Each table is of one part of the document. The first pattern that fits counts.

mod claims;
mod deprecation;
mod limits;
mod message_order;
mod operation;
mod outcome_matching;
mod outcomes;
mod pattern;
mod rule;
mod schemas;
mod top_level;

use std::sync::LazyLock;

use crate::{change::Subject, difference::Difference};
use pattern::Pattern;
use rule::Row;

pub(crate) use message_order::changes as changes_of_order;
pub(crate) use outcome_matching::matched_outcomes;
pub(crate) use rule::{Judge, Rule};

/// All rows with their patterns taken apart.
static TABLE: LazyLock<Vec<(Pattern, &Row)>> = LazyLock::new(|| {
    let rows = rows().map(|row| (Pattern::parse(row.pattern), row));
    rows.collect()
});

/// All tables.
fn rows() -> impl Iterator<Item = &'static Row> {
    [
        top_level::ROWS,
        operation::ROWS,
        outcomes::ROWS,
        schemas::ROWS,
        limits::ROWS,
    ]
    .into_iter()
    .flatten()
}

/// The rule of this difference, which is told what it is about.
pub(crate) fn find(difference: &mut Difference<'_>) -> Option<Rule> {
    let (row, captured) = TABLE.iter().find_map(|(pattern, row)| {
        let captured = pattern.captures(&difference.names)?;
        Some((row, captured))
    })?;
    difference.subject = Subject::new(row.subject, captured);
    difference.rule = Some(row.pattern);
    Some(row.rule)
}

/// The patterns of all rules that judge, for those who want to see that each is tried.
pub fn patterns() -> impl Iterator<Item = &'static str> {
    let judging = rows().filter(|row| matches!(row.rule, Rule::Each(..) | Rule::Value(_)));
    judging.map(|row| row.pattern)
}
