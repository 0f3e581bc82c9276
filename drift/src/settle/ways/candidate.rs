//! A possible way to settle a group. It has not been tried yet.

use crate::{edit::Edit, finding::Open};

#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// What is done.
    pub(crate) what: String,
    pub(crate) edits: Vec<Edit>,
    /// What a person must decide first.
    pub(crate) open: Option<Open>,
}

impl Candidate {
    pub(super) fn new(what: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self {
            what: what.into(),
            edits,
            open: None,
        }
    }

    pub(super) fn open(self, open: impl Into<Option<Open>>) -> Self {
        let open = open.into();
        Self { open, ..self }
    }
}
