//! Tests of findings, of the ways to settle them, and of the edits: one binary, one module per behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../../../vendor-page/tests/it/facts.rs"]
mod facts;
mod frozen;
mod invented;
mod pages;
mod paste;
#[path = "../../../contract/tests/patch/mod.rs"]
mod patch;
#[path = "../../../vendor-page/tests/it/render/mod.rs"]
mod render;
mod skeleton;
