//! What is held against each other, as texts: the contract, the errata, and what the pages state.

use face_search_enroll_contract::Contract;

use super::{
    compare::{compare, compare_all},
    edit::{Edit, Hunk, Target},
    errata::{self, settle},
    finding::Checked,
};
use crate::pages::OperationPage;

/// A file and its text.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// The name, as reports give it.
    pub file: String,
    /// The text.
    pub text: String,
}

/// What a check reads.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The contract.
    pub contract: TextFile,
    /// The errata.
    pub errata: TextFile,
    /// What the pages state.
    pub pages: Vec<OperationPage>,
    /// Whether these are all pages. Else the one that there is is held against its operation alone.
    pub all: bool,
}

impl Documents {
    /// Compares, and lets errata settle what they settle. Nothing is said yet of how to settle the rest.
    pub(super) fn compare(&self) -> Result<(Contract, Checked), String> {
        let TextFile { file, text } = &self.contract;
        let contract = Contract::parse(file, text)
            .map_err(|problems| format!("the contract cannot be used\n{problems}"))?;
        let mut errata = errata::read(&self.errata.text)
            .map_err(|problem| format!("{}:{problem}", self.errata.file))?;
        let mut checked = match self.pages.as_slice() {
            [page] if !self.all => {
                errata.retain(|erratum| erratum.operation == page.operation);
                compare(&contract, page)
            }
            pages => compare_all(&contract, pages),
        };
        settle(&mut checked, &errata);
        Ok((contract, checked))
    }

    /// The same with edits made; none where one finds no place.
    pub(super) fn edited<'e>(&self, edits: impl IntoIterator<Item = &'e Edit>) -> Option<Self> {
        let mut edited = self.clone();
        for edit in edits {
            let document = edited.of_mut(edit.target);
            document.text = edit.apply(&document.text)?;
        }
        Some(edited)
    }

    /// The lines that edits change, each by the numbers of these documents where it has its place
    /// there already.
    pub(super) fn hunks(&self, edits: &[Edit]) -> Vec<Hunk> {
        let mut edited = self.clone();
        let mut hunks = Vec::new();
        for edit in edits {
            let TextFile { file, text } = self.of(edit.target);
            let now = edited.of_mut(edit.target);
            let Some(next) = edit.apply(&now.text) else {
                continue;
            };
            hunks.push(match edit.apply(text) {
                Some(alone) => Hunk::between(file, text, &alone),
                None => Hunk::between(file, &now.text, &next),
            });
            now.text = next;
        }
        hunks
    }

    fn of(&self, target: Target) -> &TextFile {
        match target {
            Target::Contract => &self.contract,
            Target::Errata => &self.errata,
        }
    }

    fn of_mut(&mut self, target: Target) -> &mut TextFile {
        match target {
            Target::Contract => &mut self.contract,
            Target::Errata => &mut self.errata,
        }
    }
}
