//! Tests of what users of the command can rely on. They run the command as a process; each module tests one
//! behaviour.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod check_access;
mod cli;
mod command_line;
mod credentials;
mod enroll;
mod explain;
mod guide;
mod proxy;
mod report;
mod serve;
mod token;
mod token_server;

use face_search_enroll_contract::Operation;
use face_search_enroll_test_support::{CONTRACT, TOKEN, answer, read, server};

/// The operation that most tests are about, in the contract.
fn operation() -> &'static Operation {
    CONTRACT.operation("enroll").unwrap()
}

/// The operation that issues tokens.
fn token_operation() -> &'static Operation {
    CONTRACT.operation("generateToken").unwrap()
}
