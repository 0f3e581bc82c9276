//! What is known about an operation that the contract does not have.

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::VendorPage;
use heck::ToUpperCamelCase;

use super::meaning::Meanings;

/// What is known about the new operation.
pub(super) struct Skeleton<'a> {
    pub(super) contract: &'a Contract,
    pub(super) page: &'a VendorPage,
    pub(super) operation: &'a str,
    /// The prefix of the names of its schemas.
    pub(super) prefix: String,
    pub(super) meanings: Meanings,
}

impl<'a> Skeleton<'a> {
    pub(super) fn of(contract: &'a Contract, operation: &'a str, page: &'a VendorPage) -> Self {
        let mut prefix = operation.to_upper_camel_case();
        let schemas = contract.tree.at_path(&["components", "schemas"]);
        while ["Request", "Response", "Code"]
            .iter()
            .any(|kind| schemas.is_some_and(|it| it.get(&format!("{prefix}{kind}")).is_some()))
        {
            prefix.push_str("Operation");
        }
        Self {
            contract,
            page,
            operation,
            prefix,
            meanings: Meanings::of(contract, page),
        }
    }

    pub(super) fn media_type(&self) -> &str {
        let mut addresses = self.page.addresses.iter();
        let stated = addresses.find_map(|address| address.media_type.as_deref());
        stated.unwrap_or("application/json")
    }
}
