//! A change of the contract, as typed data.

use std::fmt;

use face_search_enroll_contract::Position;
use serde::Serialize;
use serde_json::Value as Json;

/// What a change does to those who rely on the release before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Words alone.
    Patch,
    /// It adds, and breaks nobody.
    Minor,
    /// It breaks somebody.
    Major,
}

impl Class {
    /// Every class, the gravest first.
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
    /// Those who call the endpoint through a client that is generated from the document.
    Callers,
    /// Those whose code acts on outcomes.
    Readers,
    /// Those whose tests ask a sandbox for an example by name.
    Testers,
    /// Those who read the document.
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
    /// The contract does not have it any more.
    Gone,
    /// Both have it and say different things.
    Changed,
    /// The same under another name.
    Renamed,
    /// The same in another place.
    Moved,
    /// The same entries in another order.
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

/// What one of the two contracts says, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// What it says.
    pub value: Json,
    /// Where it stands; nowhere for what follows from the rest.
    pub at: Option<Position>,
}

impl Said {
    /// What stands nowhere.
    pub(crate) fn derived(text: &str) -> Self {
        Self {
            value: text.into(),
            at: None,
        }
    }
}

/// What changed: words, and the names of the contract among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    template: &'static str,
    names: Vec<String>,
}

impl Subject {
    /// `template` has `{0}`, `{1}` and so on where the names go.
    pub(crate) fn new(
        template: &'static str,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            template,
            names: names.into_iter().map(Into::into).collect(),
        }
    }

    /// Words without names.
    pub(crate) fn plain(words: &'static str) -> Self {
        Self::new(words, None::<String>)
    }

    /// The words, each name as `show` writes it.
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
    /// What it does to others.
    pub class: Class,
    /// The operation that it is of; none where it is of the whole document.
    pub operation: Option<String>,
    /// What changed.
    pub subject: Subject,
    /// How.
    pub kind: Kind,
    /// The JSON pointer to it: into the contract, or into the release for what is gone.
    pub pointer: String,
    /// What the release says.
    pub was: Option<Said>,
    /// What the contract says.
    pub is: Option<Said>,
    /// Who notices.
    pub affected: Affected,
    /// What they notice.
    pub why: &'static str,
    /// The pattern of the rule that judged it; none where no rule knows the change.
    pub rule: Option<&'static str>,
}

impl Change {
    /// The operation that it is of, and what changed; each name as `show` writes it.
    pub(crate) fn what(&self, show: impl Fn(&str) -> String) -> String {
        let operation = self.operation.as_deref();
        let operation = operation.map_or_else(String::new, |it| show(it) + ": ");
        operation + &self.subject.with(show)
    }
}
