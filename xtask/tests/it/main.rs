//! What others may rely on in the chores: one binary, a module a behaviour.
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
#[path = "../../../vendor-page/tests/it/facts.rs"]
mod facts;
mod folder;
mod paste;
#[path = "../../../contract/tests/patch/mod.rs"]
mod patch;
mod procedure;
mod publish;
mod readme;
mod release;
#[path = "../../../vendor-page/tests/it/render/mod.rs"]
mod render;
mod rounds;
mod skeleton;
