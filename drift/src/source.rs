//! The sources of facts that the page does not state, or no longer states.

use face_search_enroll_contract::Contract;

use crate::{
    edit::{Edit, Place},
    yaml::inline,
};

/// A decision of the contract.
pub(crate) const OURS: Source = Source(
    "ours",
    "A decision of this document, because no source states it.",
);
/// The table of codes of a page.
pub(crate) const TABLE: &str = "table";
pub(crate) const OF_TABLE: Source = Source(
    TABLE,
    "The vendor's page, in its table of codes, where the example that it prints says otherwise.",
);
/// An earlier form of the page.
pub(crate) const EARLIER: Source = Source(
    "earlier-page",
    "An earlier form of the vendor's page, which does not say so any more.",
);

/// A name, and what it means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source(pub(crate) &'static str, &'static str);

impl Source {
    /// The edit that adds it to the contract, unless it is there.
    pub(crate) fn named(self, contract: &Contract) -> Option<Edit> {
        let Self(name, words) = self;
        let is_known = contract.sources.iter().any(|known| *known.name == name);
        let line = format!("{name}: {}", inline(&words.into()));
        (!is_known).then(|| Place::of(["info", "x-sources"]).insert(vec![line]))
    }
}
