//! What others may rely on in the chores: one binary, a module a behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod changes;
mod check;
mod command;
mod facts;
mod hostile;
mod lines;
#[path = "../../../contract/tests/patch/mod.rs"]
mod patch;
mod publish;
mod readme;
mod release;
mod render;
mod renderings;
mod slips;
mod truncated;
mod unreadable;
mod wordings;
mod yaml;
