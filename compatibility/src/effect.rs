//! The effect of a change on users, as a rule classifies it.

use crate::change::{
    Affected::{self, People},
    Change, Class, Kind, Subject,
};

/// The effect of a change, and who notices it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effect {
    pub(crate) class: Class,
    pub(crate) affected: Affected,
    pub(crate) why: &'static str,
}

impl Effect {
    /// The most severe of several effects.
    pub(crate) fn most_severe(effects: impl Iterator<Item = Self>) -> Self {
        effects.max_by_key(|effect| effect.class).unwrap_or(SAME)
    }

    /// The effect of a change.
    pub(crate) fn of(change: &Change) -> Self {
        effect(change.class, change.affected, change.why)
    }

    /// A change with this effect. The caller fills in the rest.
    pub(crate) fn change(self) -> Change {
        let Self {
            class,
            affected,
            why,
        } = self;
        Change {
            class,
            operation: None,
            subject: Subject::plain(""),
            kind: Kind::Changed,
            pointer: String::new(),
            was: None,
            is: None,
            affected,
            why,
            rule: None,
        }
    }
}

/// Only the wording differs.
pub(crate) const WORDS: Effect = patch("only the wording changed");
/// Only the notation differs.
pub(crate) const SAME: Effect = patch("it is written differently, and means the same");
/// The same answer has another outcome.
pub(crate) const OTHER_OUTCOME: Effect =
    major(Affected::Readers, "the same answer has another outcome");

/// It breaks some users.
pub(crate) const fn major(affected: Affected, why: &'static str) -> Effect {
    effect(Class::Major, affected, why)
}

/// It adds something, and breaks no user.
pub(crate) const fn minor(affected: Affected, why: &'static str) -> Effect {
    effect(Class::Minor, affected, why)
}

/// Only readers of the document notice it.
pub(crate) const fn patch(why: &'static str) -> Effect {
    effect(Class::Patch, People, why)
}

const fn effect(class: Class, affected: Affected, why: &'static str) -> Effect {
    Effect {
        class,
        affected,
        why,
    }
}
