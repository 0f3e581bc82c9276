//! What users may rely on, a behaviour a module, against real servers on loopback.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod answers;
mod bulk;
mod changed_contract;
mod classification;
mod cli;
mod command_line;
mod connections;
mod decompression;
mod endpoints;
mod enroll;
mod errors;
mod explain;
mod faults;
mod generated;
mod invalid_requests;
mod log;
mod logging;
mod openapi;
mod proxy;
mod readme;
mod redirects;
mod regions;
mod report;
mod retries;
mod sandbox;
mod secrets;
mod serve;
mod server;
mod soak;
mod tidy;
mod tls;
mod tokens;
mod wire;

use std::{error::Error, path::Path, sync::LazyLock, time::Duration};

use face_search_enroll::{AccessToken, Client, ClientBuilder, Endpoint, Outcome, RetryPolicy};
use face_search_enroll_contract::Contract;

/// The token of every test, which must show up nowhere.
const TOKEN: &str = "test-token-that-must-never-be-seen";

/// The contract, which has the facts that the tests compare with.
static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    Contract::parse(CONTRACT_FILE, &read(CONTRACT_FILE)).expect("the contract can be used")
});

const CONTRACT_FILE: &str = "openapi/face-search-enroll.yaml";

/// A file of the repository.
fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A client that sends a call once.
fn client(endpoint: impl Into<Endpoint>) -> Client {
    builder(endpoint)
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}

/// A client with the standard retries, but that waits for nobody.
fn retrying(endpoint: impl Into<Endpoint>) -> Client {
    builder(endpoint).retry(at_once()).build().unwrap()
}

fn builder(endpoint: impl Into<Endpoint>) -> ClientBuilder {
    Client::builder(endpoint).access_token(AccessToken::new(TOKEN).unwrap())
}

/// What the server answers when it has enrolled a face.
fn enrolled() -> Vec<u8> {
    let mut examples = CONTRACT.examples.iter();
    let enrolled = examples.find(|example| example.outcome.value == Outcome::Enrolled.name());
    server::http("200 OK", "", &enrolled.unwrap().body.to_string())
}

/// Repeats that wait for nobody.
fn at_once() -> RetryPolicy {
    RetryPolicy::standard().initial_delay(Duration::ZERO)
}

/// What caused an error, and what caused that, as people read it.
fn causes(error: &dyn Error) -> String {
    std::iter::successors(error.source(), |cause| (*cause).source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Everything that can be printed of an error and of what caused it.
fn shown(error: &(dyn Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| (*error).source())
        .map(|error| format!("{error}\n{error:?}\n{error:#?}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether `text` is somewhere in bytes that are no text.
fn contains(bytes: &[u8], text: &str) -> bool {
    let mut windows = bytes.windows(text.len());
    windows.any(|window| window == text.as_bytes())
}

/// Compares `actual` with the file `expected`, or writes it there if `UPDATE_EXPECTED` is set.
fn assert_file(expected: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(expected);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == actual,
        "{expected} is not what it should be; set UPDATE_EXPECTED=1 to rewrite it, and read the diff\n\n{}",
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
                return format!("line {number}\n  in the file: {left}\n  should be:   {right}");
            }
        }
    }
    "line endings or the last line differ".to_owned()
}
