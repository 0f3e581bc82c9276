//! Helpers that the tests of several packages share: the contract, and servers on loopback. They
//! are for tests only, so they panic if something goes wrong.

#![allow(
    missing_docs,
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod connections;
pub mod counting;
pub mod dependencies;
pub mod forget;
pub mod instructions;
pub mod server;

use std::{
    fmt::Display,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use face_search_enroll_contract::{Contract, Operation};

/// The token of every test. It must not appear in any output.
pub const TOKEN: &str = "test-token-that-must-never-be-seen";

/// The contract. Tests compare with its facts.
pub static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    Contract::parse(CONTRACT_FILE, &read(CONTRACT_FILE)).expect("the contract is usable")
});

/// The operation of the contract with this `operationId`.
pub fn operation(id: &str) -> &'static Operation {
    let operation = CONTRACT.operation(id);
    operation.unwrap_or_else(|| panic!("the contract has no operation {id}"))
}

/// The operation that enrolls.
pub fn enroll() -> &'static Operation {
    operation("enroll")
}

pub const CONTRACT_FILE: &str = "openapi/face-search-enroll.yaml";

/// The path of a file of the repository.
pub fn path(file: &str) -> PathBuf {
    let support = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = support.parent().and_then(Path::parent);
    root.expect("tests/support is in the repository").join(file)
}

/// A file of the repository.
pub fn read(file: &str) -> String {
    let path = path(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An answer of the operation that enrolls, with the body of the example for this outcome.
pub fn answer(outcome: impl Display) -> Vec<u8> {
    answer_of("enroll", outcome)
}

/// An answer of the operation with this id, with the body of the example for this outcome.
pub fn answer_of(id: &str, outcome: impl Display) -> Vec<u8> {
    let outcome = outcome.to_string();
    let mut examples = operation(id).examples.iter();
    let example = examples.find(|example| *example.outcome == outcome);
    server::http("200 OK", "", &example.unwrap().body.to_string())
}

/// Compares `actual` with the file `expected` of the repository. If `UPDATE_EXPECTED` is set,
/// writes the file first.
pub fn assert_file(expected: &str, actual: &str) {
    let path = path(expected);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == actual,
        "{expected} differs from what the code generates; set UPDATE_EXPECTED=1 to rewrite it, and review the diff\n\n{}",
        first_difference(&found, actual)
    );
}

fn first_difference(found: &str, actual: &str) -> String {
    let (mut found, mut actual) = (found.lines(), actual.lines());
    for number in 1.. {
        match (found.next(), actual.next()) {
            (Some(left), Some(right)) if left == right => {}
            (None, None) => break,
            (left, right) => {
                let (left, right) = (left.unwrap_or("(end)"), right.unwrap_or("(end)"));
                return format!("line {number}\n  in the file: {left}\n  generated:   {right}");
            }
        }
    }
    "line endings or the last line differ".to_owned()
}
