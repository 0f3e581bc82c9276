//! A record as it is read from a journal.

use std::borrow::Cow;

use face_search_enroll::Stage;
use serde::Deserialize;

use crate::{id_digest::IdDigest, status::Status, summary::SummaryEntry};

/// The keys of a record that are needed when it is read again.
#[derive(Debug, Deserialize)]
pub(crate) struct JournalRecord<'r> {
    #[serde(borrow)]
    signature_id: Option<BorrowedText<'r>>,
    status: Status,
    #[serde(borrow)]
    stage: Option<BorrowedText<'r>>,
    #[serde(borrow)]
    outcome: Option<BorrowedText<'r>>,
    attempts: u32,
    #[serde(borrow)]
    region: BorrowedText<'r>,
    elapsed_ms: u64,
    #[serde(borrow)]
    error: Option<BorrowedText<'r>>,
}

/// A string that is copied only if it contains escapes.
#[derive(Debug, Deserialize)]
struct BorrowedText<'r>(#[serde(borrow)] Cow<'r, str>);

impl JournalRecord<'_> {
    pub(crate) fn status(&self) -> Status {
        self.status
    }

    pub(crate) fn region(&self) -> &str {
        &self.region.0
    }

    /// The digest that identifies the record: that of the id or, for a line without one, of its error.
    pub(crate) fn digest(&self) -> IdDigest {
        IdDigest::of(self.key())
    }

    /// The same, within a region. In another region the same id is another face.
    pub(crate) fn digest_in_region(&self) -> IdDigest {
        IdDigest::of(format!("{}\n{}", self.region(), self.key()))
    }

    fn key(&self) -> &str {
        let invalid = text(self.stage.as_ref()) == Some(Stage::Invalid.as_str());
        let error = text(self.error.as_ref()).filter(|_| invalid);
        error
            .or(text(self.signature_id.as_ref()))
            .unwrap_or_default()
    }

    pub(crate) fn summary_entry(&self) -> SummaryEntry<'_> {
        let outcome = text(self.outcome.as_ref());
        SummaryEntry {
            status: self.status,
            reason: outcome.or(text(self.stage.as_ref())).unwrap_or_default(),
            id: text(self.signature_id.as_ref()).unwrap_or_default(),
            elapsed_ms: (self.attempts > 0).then_some(self.elapsed_ms),
        }
    }
}

fn text<'t>(text: Option<&'t BorrowedText<'_>>) -> Option<&'t str> {
    text.map(|text| &*text.0)
}
