//! An operation that only one side has.

use face_search_enroll_vendor_page::VendorPage;

use super::{contract::Own, fact::on_page};
use crate::{
    finding::{Checked, Verdict},
    pieces::method,
    subject::Subject,
};

/// The contract has an operation whose page was never imported.
pub(super) fn without_page(own: Own<'_>, checked: &mut Checked) {
    let operation = own.operation;
    checked.found(
        Verdict::MissingOnPage,
        &format!("operation {}", operation.id),
        None,
        Some((
            format!("{} {}", operation.method, operation.path),
            operation.id.at.line,
        )),
        "its page was never imported; save the vendor's page and run `cargo xtask import PAGE`",
        Subject::Look,
    );
}

/// There is a page whose operation the contract does not have: one finding for the whole page.
pub(super) fn without_contract(operation: &str, page: &VendorPage, checked: &mut Checked) {
    let path = page.paths().first().copied().unwrap_or_default();
    let method = method(page).to_ascii_uppercase();
    let line = page.addresses.first().map_or(0, |address| address.line);
    checked.found(
        Verdict::MissingInSpec,
        &format!("operation {operation}"),
        Some(on_page(format!("{method} {path}"), line)),
        None,
        "add its path and its schemas",
        Subject::Operation,
    );
}
