//! Tests of the behaviour that users may rely on, against real servers on loopback. Each module is
//! about one behaviour.

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
mod copy;
mod credentials;
mod decompression;
mod endpoints;
mod errors;
mod faults;
mod generated;
mod invalid_requests;
mod log;
mod logging;
mod names;
mod neighbours;
mod openapi;
mod proxy;
mod readme;
mod redirects;
mod regions;
mod retries;
mod secrets;
mod soak;
mod testing;
mod tidy;
mod tls;
mod tokens;
mod wire;

use std::{error::Error, time::Duration};

use face_search_enroll::{AccessToken, Client, ClientBuilder, Endpoint, Outcome, RetryPolicy};
use face_search_enroll_contract::Operation;
use face_search_enroll_test_support::{
    CONTRACT, CONTRACT_FILE, TOKEN, answer, assert_file, connections, counting::counting_calls,
    read, server,
};

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
    builder(endpoint)
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}

/// A client with the standard retries, but without delays before them.
fn retrying(endpoint: impl Into<Endpoint>) -> Client {
    builder(endpoint).retry(at_once()).build().unwrap()
}

fn builder(endpoint: impl Into<Endpoint>) -> ClientBuilder {
    Client::builder(endpoint).access_token(AccessToken::new(TOKEN).unwrap())
}

/// The answer of a server that has enrolled a face.
fn enrolled() -> Vec<u8> {
    answer(Outcome::Enrolled)
}

/// The standard retries without delays.
fn at_once() -> RetryPolicy {
    RetryPolicy::standard().initial_delay(Duration::ZERO)
}

/// The messages of all causes of an error, one per line.
fn causes(error: &dyn Error) -> String {
    std::iter::successors(error.source(), |cause| (*cause).source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Everything that an error and its causes can print.
fn shown(error: &(dyn Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| (*error).source())
        .map(|error| format!("{error}\n{error:?}\n{error:#?}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether `text` occurs in bytes, which need not be UTF-8.
fn contains(bytes: &[u8], text: &str) -> bool {
    let mut windows = bytes.windows(text.len());
    windows.any(|window| window == text.as_bytes())
}
