//! What a rule is: a place, what it is called in reports, and what a change there does.

use crate::{
    change::{Affected, Change},
    comparison::Comparison,
    difference::Difference,
    effect::{Effect, WORDS, major, minor},
    matching::MatchBy,
};

/// A rule, and where it applies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) pattern: &'static str,
    /// With `{0}`, `{1}` and so on for the names that the pattern keeps.
    pub(crate) subject: &'static str,
    pub(crate) rule: Rule,
}

/// What is done at a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule {
    /// `info.version` is the answer to changes, and none itself.
    Version,
    /// It holds entries, which are compared one by one; where it is missing it has none.
    Entries(MatchBy),
    /// It holds outcomes, of which one may move to the other list.
    Outcomes,
    /// It is judged where it comes or goes, and looked into where it stays.
    Each(MatchBy, Judge),
    /// It is judged as a whole.
    Value(Judge),
}

/// What a change does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Judge {
    /// Always the same.
    Always(Effect),
    /// The one where it is added, else the other.
    Added(Effect, Effect),
    /// It depends on what the change is.
    Depends(fn(&Comparison<'_>, &Difference<'_>) -> Effect),
    /// It may be other changes than this one, several or none.
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

/// A value whose change is a matter of words.
pub(crate) const fn words(pattern: Text, subject: Text) -> Row {
    value(pattern, subject, Judge::Always(WORDS))
}

/// A value whose change always breaks somebody.
pub(crate) const fn breaks(pattern: Text, subject: Text, affected: Affected, why: Text) -> Row {
    value(pattern, subject, Judge::Always(major(affected, why)))
}

/// A value that is judged as a whole.
pub(crate) const fn value(pattern: Text, subject: Text, judge: Judge) -> Row {
    row(pattern, subject, Rule::Value(judge))
}

/// An entry that is judged where it comes or goes, and looked into where it stays.
pub(crate) const fn each(pattern: Text, subject: Text, judge: Judge) -> Row {
    row(pattern, subject, Rule::Each(MatchBy::Key, judge))
}

/// It may be added; else it breaks somebody.
pub(crate) const fn adds(affected: Affected, added: Text, broken: Text) -> Judge {
    Judge::Added(minor(affected, added), major(affected, broken))
}
