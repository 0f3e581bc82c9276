//! Texts of the contract that are read from its tree.

use face_search_enroll_contract::{Contract, Operation};

/// The text at `place` in an operation.
pub(crate) fn of_operation<'c>(
    contract: &'c Contract,
    operation: &Operation,
    place: &[&str],
) -> Option<&'c str> {
    let method = operation.method.to_ascii_lowercase();
    let path = [&["paths", operation.path.as_str(), method.as_str()], place].concat();
    contract.tree.at_path(&path)?.as_str()
}
