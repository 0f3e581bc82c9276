//! The sources of facts that the page does not state, or does not state any more.

use face_search_enroll_contract::Contract;

use super::{
    edit::{Edit, Place},
    write::inline,
};

/// A decision of the contract.
pub(super) const OURS: Source = Source(
    "ours",
    "A decision of this document where no source speaks.",
);
/// The table of codes of a page.
pub(super) const TABLE: &str = "table";
pub(super) const OF_TABLE: Source = Source(
    TABLE,
    "The vendor's page, in its table of codes, where the example that it prints says otherwise.",
);
/// A page of former times.
pub(super) const EARLIER: Source = Source(
    "earlier-page",
    "An earlier form of the vendor's page, which does not say so any more.",
);

/// A name, and what it stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source(pub(super) &'static str, &'static str);

impl Source {
    /// The edit that names it in the contract, unless it is named there.
    pub(super) fn named(self, contract: &Contract) -> Option<Edit> {
        let Self(name, words) = self;
        let is_known = contract.sources.iter().any(|known| *known.name == name);
        let line = format!("{name}: {}", inline(&words.into()));
        (!is_known).then(|| Place::of(["info", "x-sources"]).insert(vec![line]))
    }
}
