//! The documents to compare, as texts: the contract, the errata, and the facts of the pages.

use std::sync::{Arc, OnceLock};

use face_search_enroll_contract::{Contract, yaml::Node};

use crate::{
    compare::{compare, compare_all},
    edit::{Edit, Hunk, Target, at_once},
    errata::{self, settle},
    finding::Checked,
    page::OperationPage,
};

/// A file and its text.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// The name, for reports.
    pub file: String,
    text: String,
    tree: OnceLock<Option<Arc<Node>>>,
}

impl TextFile {
    /// A text, with the name of its file.
    #[must_use]
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            text: text.into(),
            tree: OnceLock::new(),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    fn tree(&self) -> Option<&Node> {
        let tree = self
            .tree
            .get_or_init(|| Node::parse(&self.text).ok().map(Arc::new));
        tree.as_deref()
    }

    /// The same file with another text.
    #[must_use]
    pub fn with(&self, text: impl Into<String>) -> Self {
        Self::new(&self.file, text)
    }

    fn edited(&self, edits: &[&Edit]) -> Option<Self> {
        if edits.is_empty() {
            return Some(self.clone());
        }
        if let Some(text) = at_once(&self.text, self.tree()?, edits) {
            return Some(self.with(text));
        }
        edits.iter().try_fold(self.clone(), |file, edit| {
            Some(file.with(edit.apply(&file.text, file.tree()?)?))
        })
    }
}

/// Everything that a check reads.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The contract.
    pub contract: TextFile,
    /// The errata.
    pub errata: TextFile,
    /// The facts of the pages.
    pub pages: Vec<OperationPage>,
    /// Whether these are all pages. If not, the one page is compared with its operation alone.
    pub all: bool,
}

impl Documents {
    /// Compares, and applies the errata. The findings have no ways yet.
    pub(crate) fn compare(&self) -> Result<(Contract, Checked), String> {
        let TextFile { file, text, .. } = &self.contract;
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

    /// The documents after edits. None if an edit does not find its place.
    pub(crate) fn edited(&self, edits: &[Edit]) -> Option<Self> {
        let of = |target| -> Vec<_> { edits.iter().filter(|it| it.target == target).collect() };
        Some(Self {
            contract: self.contract.edited(&of(Target::Contract))?,
            errata: self.errata.edited(&of(Target::Errata))?,
            pages: self.pages.clone(),
            all: self.all,
        })
    }

    /// The lines that edits change. The numbers are those of these documents, if the place of the edit exists
    /// there.
    pub(crate) fn hunks(&self, edits: &[Edit]) -> Vec<Hunk> {
        let hunk = |(index, edit): (usize, &Edit)| {
            let file = self.of(edit.target);
            if let Some(alone) = edit.apply(&file.text, file.tree()?) {
                return Some(Hunk::between(&file.file, &file.text, &alone));
            }
            let before = self.edited(edits.get(..index)?)?;
            let after = self.edited(edits.get(..=index)?)?;
            let [was, is] = [&before, &after].map(|it| it.of(edit.target));
            Some(Hunk::between(&file.file, &was.text, &is.text))
        };
        let hunks = edits.iter().enumerate().filter_map(hunk);
        // An edit that changes nothing has nothing to paste.
        hunks.filter(|hunk| !hunk.is_empty()).collect()
    }

    fn of(&self, target: Target) -> &TextFile {
        match target {
            Target::Contract => &self.contract,
            Target::Errata => &self.errata,
        }
    }
}
