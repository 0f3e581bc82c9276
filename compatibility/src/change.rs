//! A change of the contract as typed data.

use std::fmt;

use face_search_enroll_contract::Position;
use serde::Serialize;
use serde_json::Value as Json;

/// The effect of a change on users of the previous release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Only the wording changes.
    Patch,
    /// It adds something, and breaks no user.
    Minor,
    /// It breaks some users.
    Major,
}

impl Class {
    /// Every class, the most severe first.
    pub const ALL: [Self; 3] = [Self::Major, Self::Minor, Self::Patch];

    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Who notices a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Affected {
    /// Callers who use a client that is generated from the document.
    Callers,
    /// Authors of code that handles outcomes.
    Readers,
    /// Authors of tests that request an example of a sandbox by name.
    Testers,
    /// Readers of the document.
    People,
}

impl Affected {
    /// The words in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Callers => "callers of the generated clients",
            Self::Readers => "readers of outcomes",
            Self::Testers => "tests that ask a sandbox for an example",
            Self::People => "people who read the document",
        }
    }
}

/// How something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The release does not have it.
    Added,
    /// The contract no longer has it.
    Gone,
    /// Both have it with different values.
    Changed,
    /// It has another name.
    Renamed,
    /// It is in another place.
    Moved,
    /// It has the same entries in another order.
    Reordered,
}

impl Kind {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Gone => "gone",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Reordered => "reordered",
        }
    }
}

/// The value in one of the two contracts, and its position.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The value.
    pub value: Json,
    /// The position; `None` for a value that is derived from other places.
    pub at: Option<Position>,
}

impl Said {
    /// A derived value, which has no position.
    pub(crate) fn derived(text: &str) -> Self {
        Self {
            value: text.into(),
            at: None,
        }
    }
}

/// A description of what changed, with names from the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    template: &'static str,
    names: Vec<String>,
}

impl Subject {
    /// `template` has placeholders for the names: `{0}`, `{1}` and so on.
    pub(crate) fn new(
        template: &'static str,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            template,
            names: names.into_iter().map(Into::into).collect(),
        }
    }

    /// A description without names.
    pub(crate) fn plain(words: &'static str) -> Self {
        Self::new(words, None::<String>)
    }

    /// The description, with each name formatted by `show`.
    pub(crate) fn with(&self, show: impl Fn(&str) -> String) -> String {
        let mut parts = self.template.split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (index, words) in parts.filter_map(|part| part.split_once('}')) {
            let index: Option<usize> = index.parse().ok();
            let name = index.and_then(|index| self.names.get(index));
            text.extend(name.map(|name| show(name)));
            text.push_str(words);
        }
        text
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with(str::to_owned))
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The effect of the change on users.
    pub class: Class,
    /// The operation that changed; `None` for a change of the whole document.
    pub operation: Option<String>,
    /// What changed.
    pub subject: Subject,
    /// How it changed.
    pub kind: Kind,
    /// The JSON pointer to the place: in the contract, or in the release if the place is gone.
    pub pointer: String,
    /// The value in the release.
    pub was: Option<Said>,
    /// The value in the contract.
    pub is: Option<Said>,
    /// Who notices.
    pub affected: Affected,
    /// What they notice.
    pub why: &'static str,
    /// The pattern of the rule that classified the change; `None` if no rule applies.
    pub rule: Option<&'static str>,
}

impl Change {
    /// The operation and what changed, with each name formatted by `show`.
    pub(crate) fn what(&self, show: impl Fn(&str) -> String) -> String {
        let operation = self.operation.as_deref();
        let operation = operation.map_or_else(String::new, |it| show(it) + ": ");
        operation + &self.subject.with(show)
    }
}
