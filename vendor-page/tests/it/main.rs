//! Tests of the behaviour of the reader. Each module is about one behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod changes;
mod facts;
mod generated;
mod hostile;
mod lines;
mod render;
mod renderings;
mod slips;
mod token_page;
mod truncated;
mod unreadable;
mod wordings;
mod yaml;
