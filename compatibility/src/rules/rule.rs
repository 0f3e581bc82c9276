//! A rule: a place, its description in reports, and the effect of a change there.

use crate::{
    change::{Affected, Change},
    comparison::Comparison,
    difference::Difference,
    effect::{Effect, WORDS, major, minor},
    matching::MatchBy,
};

/// A rule and where it applies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) pattern: &'static str,
    /// With `{0}`, `{1}` and so on for the names that the pattern captures.
    pub(crate) subject: &'static str,
    pub(crate) rule: Rule,
}

/// How a place is compared.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule {
    /// `info.version` follows from changes, and is not a change itself.
    Version,
    /// Its entries are compared one by one. A missing place has no entries.
    Entries(MatchBy),
    /// It is a list of outcomes. An outcome may move to the other list.
    Outcomes,
    /// It is classified if it was added or removed. Otherwise, its entries are compared.
    Each(MatchBy, Judge),
    /// It is classified as a whole.
    Value(Judge),
}

/// How the effect of a change is found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Judge {
    /// The effect is always the same.
    Always(Effect),
    /// The first effect if it was added, or else the second.
    Added(Effect, Effect),
    /// The effect depends on the change.
    Depends(fn(&Comparison<'_>, &Difference<'_>) -> Effect),
    /// The difference becomes any number of changes.
    Changes(fn(&Comparison<'_>, &Difference<'_>) -> Vec<Change>),
}

impl Judge {
    pub(crate) fn changes(
        self,
        comparison: &Comparison<'_>,
        difference: &Difference<'_>,
    ) -> Vec<Change> {
        let effect = match self {
            Self::Always(effect) => effect,
            Self::Added(added, _) if difference.was.is_none() => added,
            Self::Added(_, otherwise) => otherwise,
            Self::Depends(judge) => judge(comparison, difference),
            Self::Changes(judge) => return judge(comparison, difference),
        };
        vec![difference.change(effect)]
    }
}

type Text = &'static str;

pub(crate) const fn row(pattern: Text, subject: Text, rule: Rule) -> Row {
    Row {
        pattern,
        subject,
        rule,
    }
}

/// A mapping or a list.
pub(crate) const fn entries(pattern: Text, subject: Text, by: MatchBy) -> Row {
    row(pattern, subject, Rule::Entries(by))
}

/// A value whose change only affects the wording.
pub(crate) const fn words(pattern: Text, subject: Text) -> Row {
    value(pattern, subject, Judge::Always(WORDS))
}

/// A value whose change always breaks some users.
pub(crate) const fn breaks(pattern: Text, subject: Text, affected: Affected, why: Text) -> Row {
    value(pattern, subject, Judge::Always(major(affected, why)))
}

/// A value that is classified as a whole.
pub(crate) const fn value(pattern: Text, subject: Text, judge: Judge) -> Row {
    row(pattern, subject, Rule::Value(judge))
}

/// An entry that is classified if it was added or removed, and compared otherwise.
pub(crate) const fn each(pattern: Text, subject: Text, judge: Judge) -> Row {
    row(pattern, subject, Rule::Each(MatchBy::Key, judge))
}

/// Adding it is harmless. Any other change breaks some users.
pub(crate) const fn adds(affected: Affected, added: Text, broken: Text) -> Judge {
    Judge::Added(minor(affected, added), major(affected, broken))
}
