//! Tests of the maintainer's commands: one binary, one module per behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod bless;
mod check;
mod circles;
mod command;
mod contributing;
#[path = "../../../vendor-page/tests/it/facts.rs"]
mod facts;
mod folder;
#[path = "../../../drift/tests/it/frozen.rs"]
mod frozen;
#[path = "../../../drift/tests/it/invented.rs"]
mod invented;
mod new_operation;
#[path = "../../../drift/tests/it/paste.rs"]
mod paste;
#[allow(dead_code, reason = "shared with tests of other packages")]
#[path = "../../../contract/tests/patch/mod.rs"]
mod patch;
mod procedure;
mod publish;
mod release;
#[allow(dead_code, reason = "shared with tests of other packages")]
#[path = "../../../vendor-page/tests/it/render/mod.rs"]
mod render;
mod rounds;
mod settle;
