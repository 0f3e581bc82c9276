//! Findings.

use std::fmt;

use face_search_enroll_compatibility::{Class, Compatibility};
use serde::Serialize;

use crate::{
    edit::{Edit, Hunk},
    subject::Subject,
};

/// How a fact of the page and a fact of the contract relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The page states it, and the contract does not.
    MissingInSpec,
    /// The contract states it without a source, and the page does not.
    MissingOnPage,
    /// They state different things.
    Differs,
    /// They differ, and an erratum says why.
    Erratum,
    /// An erratum no longer applies.
    StaleErratum,
    /// An example of the contract does not fit the contract.
    InvalidExample,
    /// A part of the page cannot be read.
    Unreadable,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Something that does not agree, or that an erratum settles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The operation whose page it is about.
    pub operation: String,
    /// The fact.
    pub fact: String,
    /// How page and contract relate.
    pub verdict: Verdict,
    /// What the page says.
    pub page: Option<String>,
    /// Its line, from 1.
    pub page_line: Option<usize>,
    /// What the contract says.
    pub spec: Option<String>,
    /// Its line, from 1.
    pub spec_line: Option<usize>,
    /// What to do about it, or the reason of the erratum.
    pub hint: String,
    /// Further facts that change together with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The ways to settle it, each with its edits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
    #[serde(skip)]
    pub(crate) subject: Subject,
}

/// A way to settle a finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// What it does.
    pub what: String,
    /// The class of the change for users of the contract; none if they do not notice it.
    pub class: Option<Class>,
    /// What they notice of it.
    pub notices: Vec<String>,
    /// What a person must decide first.
    pub open: Option<Open>,
    /// The lines that change.
    pub hunks: Vec<Hunk>,
    #[serde(skip)]
    pub(crate) edits: Vec<Edit>,
}

impl Way {
    /// Whether it needs no decision.
    pub(crate) fn is_plain(&self) -> bool {
        self.open.is_none() && self.class != Some(Class::Major)
    }
}

/// What only a person can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Open {
    /// Whether this way is right.
    Choice,
    /// Names and sentences, which are placeholders in capitals in the edit.
    Names,
    /// The reason of an erratum.
    Reason,
}

/// The result of a check.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// How many operations were compared with their pages.
    pub operations: usize,
    /// The operation that is being compared.
    pub(crate) operation: String,
    /// How many facts were compared.
    pub facts: usize,
    /// How many of them do not agree.
    pub disagree: usize,
    /// What does not agree, then what errata settle.
    pub findings: Vec<Finding>,
    /// The comparison with the newest release, if there is one.
    pub since_release: Option<Compatibility>,
}

impl Checked {
    /// How many findings are settled by errata.
    #[must_use]
    pub fn errata(&self) -> usize {
        let settled = |finding: &&Finding| finding.verdict == Verdict::Erratum;
        self.findings.iter().filter(settled).count()
    }

    /// Whether a finding is left that no erratum settles, or the version is too low for the changes since the
    /// release.
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
    /// The facts that follow belong to this operation and its page.
    pub(crate) fn begin(&mut self, operation: &str) {
        self.operations += 1;
        operation.clone_into(&mut self.operation);
    }

    /// Counts a fact, and records what is wrong with it: what each side says, with its line.
    pub(crate) fn found(
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
        // Something that is missing has no line.
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
