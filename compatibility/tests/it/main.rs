//! What others may rely on in a comparison of two contracts: one binary, a module a behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../../../contract/tests/patch/mod.rs"]
mod patch;
mod readings;
mod reports;
mod versions;
