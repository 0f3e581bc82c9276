//! Tests of the behaviour that users of the sandbox may rely on, over real connections.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod edited_contract;
mod sandbox;
mod tokens;

use face_search_enroll::{AccessToken, Client, Endpoint, RetryPolicy};
use face_search_enroll_contract::Operation;
use face_search_enroll_test_support::{CONTRACT, TOKEN};

/// The operation in the contract that most tests are about.
fn operation() -> &'static Operation {
    CONTRACT.operation("enroll").unwrap()
}

/// The header that carries the token of this operation.
fn token_header() -> &'static str {
    operation().token_header.as_ref().unwrap()
}

/// A client without retries.
fn client(endpoint: impl Into<Endpoint>) -> Client {
    Client::builder(endpoint)
        .access_token(AccessToken::new(TOKEN).unwrap())
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}
