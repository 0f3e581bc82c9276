//! The facts of the endpoint's page, as the repository keeps them.

use face_search_enroll_vendor_page::{VendorPage, from_yaml};

/// The facts of the endpoint's page, lines left out.
pub(crate) fn base() -> VendorPage {
    let facts = include_str!("../../../openapi/vendor-page.yaml");
    from_yaml(facts).unwrap().without_lines()
}
