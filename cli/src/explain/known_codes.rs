//! The codes that the contract knows.

use face_search_enroll::Outcome;

/// The codes of the contract, in its order.
pub(crate) fn known_codes() -> Vec<&'static str> {
    let mut known = Vec::new();
    for code in Outcome::ALL.iter().flat_map(|outcome| outcome.codes()) {
        if !known.contains(code) {
            known.push(*code);
        }
    }
    known
}
