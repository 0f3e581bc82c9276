//! What a check finds.

use std::fmt;

use face_search_enroll_compatibility::{Class, Compatibility};
use serde::Serialize;

use super::{
    edit::{Edit, Hunk},
    subject::Subject,
};

/// How a fact of the page and one of the contract stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The page states it, and the contract does not.
    MissingInSpec,
    /// The contract states it without a source, and the page does not.
    MissingOnPage,
    /// They state different things.
    Differs,
    /// They differ as an erratum says.
    Erratum,
    /// An erratum that no longer applies.
    StaleErratum,
    /// An example of the contract that contradicts the contract.
    InvalidExample,
    /// A part of the page that cannot be read.
    Unreadable,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// One thing that does not agree, or that an erratum settles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The operation whose page it is about.
    pub operation: String,
    /// The fact.
    pub fact: String,
    /// How page and contract stand to each other.
    pub verdict: Verdict,
    /// What the page says.
    pub page: Option<String>,
    /// Where it says so, from 1.
    pub page_line: Option<usize>,
    /// What the contract says.
    pub spec: Option<String>,
    /// Where it says so, from 1.
    pub spec_line: Option<usize>,
    /// The edits that would settle it, or why an erratum does.
    pub hint: String,
    /// The other facts that it stands for: they change together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The ways to settle it, each with its edits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
    #[serde(skip)]
    pub(super) subject: Subject,
}

/// A way to settle a finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// What is done.
    pub what: String,
    /// What it is for those who rely on the contract; none where they do not notice it.
    pub class: Option<Class>,
    /// What they notice of it.
    pub notices: Vec<String>,
    /// What a person must decide first.
    pub open: Option<Open>,
    /// The lines that change.
    pub hunks: Vec<Hunk>,
    #[serde(skip)]
    pub(super) edits: Vec<Edit>,
}

impl Way {
    /// Whether it needs no decision.
    pub(super) fn is_plain(&self) -> bool {
        self.open.is_none() && self.class != Some(Class::Major)
    }
}

/// What only a person can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Open {
    /// Whether this way is the one.
    Choice,
    /// The names and the sentences that stand in capitals in the edit.
    Names,
    /// The reason of an erratum.
    Reason,
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// How many operations were held against their pages.
    pub operations: usize,
    /// The operation that is compared now.
    pub(super) operation: String,
    /// How many facts were compared.
    pub facts: usize,
    /// How many of them do not agree.
    pub disagree: usize,
    /// Those that do not agree, in the order of the pages, and those that errata settle.
    pub findings: Vec<Finding>,
    /// The contract against its newest release, if there is one.
    pub since_release: Option<Compatibility>,
}

impl Checked {
    /// How many findings are settled by errata.
    #[must_use]
    pub fn errata(&self) -> usize {
        let settled = |finding: &&Finding| finding.verdict == Verdict::Erratum;
        self.findings.iter().filter(settled).count()
    }

    /// Whether anything is left that no erratum settles, or the version does not make the step
    /// that changes since the release demand.
    #[must_use]
    pub fn disagrees(&self) -> bool {
        let refused = self
            .since_release
            .as_ref()
            .is_some_and(Compatibility::refused);
        self.findings.len() > self.errata() || refused
    }
}

impl Checked {
    /// What follows is about this operation and its page.
    pub(super) fn begin(&mut self, operation: &str) {
        self.operations += 1;
        operation.clone_into(&mut self.operation);
    }

    /// Counts a fact, and notes what is wrong with it: what each side says, with its line.
    pub(super) fn found(
        &mut self,
        verdict: Verdict,
        fact: &str,
        page: Option<(String, usize)>,
        spec: Option<(String, usize)>,
        hint: &str,
        subject: Subject,
    ) {
        self.facts += 1;
        let (page, page_line) = page.unzip();
        // What is not there stands in no line.
        let page_line = page_line.filter(|line| *line > 0);
        let (spec, spec_line) = spec.unzip();
        self.findings.push(Finding {
            operation: self.operation.clone(),
            fact: fact.to_owned(),
            verdict,
            page,
            page_line,
            spec,
            spec_line,
            hint: hint.to_owned(),
            parts: Vec::new(),
            ways: Vec::new(),
            subject,
        });
    }
}
