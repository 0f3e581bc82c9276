//! What a change does to others: the judgement of a rule.

use crate::change::{
    Affected::{self, People},
    Change, Class, Kind, Subject,
};

/// What a change does, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effect {
    pub(crate) class: Class,
    pub(crate) affected: Affected,
    pub(crate) why: &'static str,
}

impl Effect {
    /// The gravest of several judgements of one change.
    pub(crate) fn gravest(effects: impl Iterator<Item = Self>) -> Self {
        effects.max_by_key(|effect| effect.class).unwrap_or(SAME)
    }

    /// What a change does.
    pub(crate) fn of(change: &Change) -> Self {
        effect(change.class, change.affected, change.why)
    }

    /// A change that does this; what and where it is comes to it.
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

/// Other words for people who read.
pub(crate) const WORDS: Effect = patch("the words alone are different");
/// Another way of writing.
pub(crate) const SAME: Effect = patch("written another way, and means the same");
/// What an answer means to those who act on outcomes.
pub(crate) const READ_OTHERWISE: Effect = major(
    Affected::Readers,
    "the same answer is read as another outcome",
);

/// It breaks somebody.
pub(crate) const fn major(affected: Affected, why: &'static str) -> Effect {
    effect(Class::Major, affected, why)
}

/// It adds, and breaks nobody.
pub(crate) const fn minor(affected: Affected, why: &'static str) -> Effect {
    effect(Class::Minor, affected, why)
}

/// It is noticed by people alone.
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
