//! The rules: the places in a contract, and the effect of a change there. A place without a rule is
//! compared entry by entry. A change that no rule covers counts as breaking.
//!
//! Each table covers one part of the document. The first matching pattern counts.

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

/// All rows with their parsed patterns.
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

/// Finds the rule of this difference, and sets its subject and rule.
pub(crate) fn find(difference: &mut Difference<'_>) -> Option<Rule> {
    let (row, captured) = TABLE.iter().find_map(|(pattern, row)| {
        let captured = pattern.captures(&difference.names)?;
        Some((row, captured))
    })?;
    difference.subject = Subject::new(row.subject, captured);
    difference.rule = Some(row.pattern);
    Some(row.rule)
}

/// The patterns of all rules that classify changes, so that a test can check that each is covered.
pub fn patterns() -> impl Iterator<Item = &'static str> {
    let judging = rows().filter(|row| matches!(row.rule, Rule::Each(..) | Rule::Value(_)));
    judging.map(|row| row.pattern)
}
