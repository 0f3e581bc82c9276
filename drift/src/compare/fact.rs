//! A fact as one side states it. Its key finds the fact of the other side.

use face_search_enroll_contract::Located;
use face_search_enroll_vendor_page::{Broken, Sourced};

use crate::{finding::Verdict, subject::Subject};

/// A text and its line, from 1.
pub(super) type Quote = (String, usize);

/// A text of the page.
pub(super) fn on_page(text: impl Into<String>, line: u32) -> Quote {
    (text.into(), line as usize)
}

/// A fact of the page that may be absent.
pub(super) fn sourced(fact: Option<&Sourced>) -> Option<Quote> {
    fact.map(|it| on_page(&it.value, it.line))
}

/// A text of the contract.
pub(super) fn located(text: &Located<String>) -> Quote {
    (text.value.clone(), text.at.line)
}

/// What the page states, and what the contract does.
pub(super) type Sides = (Vec<Fact>, Vec<Fact>);

/// A fact as one side states it.
#[derive(Debug)]
pub(super) struct Fact {
    /// Finds the same fact on the other side.
    pub(super) key: String,
    /// Its name in reports.
    pub(super) name: String,
    pub(super) said: Option<Quote>,
    /// Whether the other side must state it too.
    pub(super) wanted: bool,
    /// How to settle it if the other side does not state it.
    pub(super) hint: String,
    /// How to settle it if both sides state it and differ.
    pub(super) mend: Option<String>,
    /// What is wrong with it, regardless of the other side.
    pub(super) verdict: Option<Verdict>,
    /// What it is about.
    pub(super) subject: Subject,
    /// More facts about the same thing. They are compared if both sides know the thing.
    pub(super) details: Vec<Self>,
}

impl Fact {
    /// A fact that the other side must state; its key is its name.
    pub(super) fn new(
        name: impl Into<String>,
        said: impl Into<Option<Quote>>,
        hint: impl Into<String>,
    ) -> Self {
        let name = name.into();
        Self {
            key: name.clone(),
            name,
            said: said.into(),
            wanted: true,
            hint: hint.into(),
            mend: None,
            verdict: None,
            subject: Subject::Page,
            details: vec![],
        }
    }

    /// A fact that the other side may state.
    pub(super) fn optional(key: impl Into<String>, said: impl Into<Option<Quote>>) -> Self {
        Self::new(key, said, "").wanted(false)
    }

    /// A body of the page that is not valid JSON.
    pub(super) fn broken(name: impl Into<String>, Broken { reason, line }: &Broken) -> Self {
        let hint =
            "this body on the page is not valid JSON; compare it by hand, and write an erratum";
        Self::new(name, on_page(reason, *line), hint).wrong(Verdict::Unreadable)
    }

    pub(super) fn text(&self) -> Option<&str> {
        self.said.as_ref().map(|(text, _)| text.as_str())
    }

    pub(super) fn key(self, key: impl Into<String>) -> Self {
        let key = key.into();
        Self { key, ..self }
    }

    pub(super) fn wanted(self, wanted: bool) -> Self {
        Self { wanted, ..self }
    }

    pub(super) fn mend(self, mend: impl Into<String>) -> Self {
        let mend = Some(mend.into());
        Self { mend, ..self }
    }

    pub(super) fn wrong(self, verdict: Verdict) -> Self {
        let verdict = Some(verdict);
        Self { verdict, ..self }
    }

    pub(super) fn about(self, subject: Subject) -> Self {
        Self { subject, ..self }
    }

    pub(super) fn with(self, details: Vec<Self>) -> Self {
        Self { details, ..self }
    }
}
