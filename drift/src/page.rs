//! A vendor's page, and the operation that it documents.

use face_search_enroll_vendor_page::VendorPage;

/// The facts of a page, and the operation that it documents.
#[derive(Debug, Clone)]
pub struct OperationPage {
    /// The `operationId`. The contract may not have it.
    pub operation: String,
    /// The facts.
    pub page: VendorPage,
}
