//! A page whose operation the contract lacks: what to paste into the contract.
use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::VendorPage;

use super::finding::{Checked, Verdict};

pub(super) fn offer(_c: &Contract, operation: &str, page: &VendorPage, checked: &mut Checked) {
    let path = page.paths().first().copied().unwrap_or("/").to_owned();
    checked.found(
        Verdict::MissingInSpec,
        &format!("operation {operation}"),
        Some((path, 1)),
        None,
        "",
    );
}
