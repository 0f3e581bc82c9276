//! What users of the command may rely on, a behaviour a module, with the command as a process.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod cli;
mod command_line;
mod enroll;
mod explain;
mod proxy;
mod report;
mod serve;

use face_search_enroll_test_support::{CONTRACT, TOKEN, answer, read, server};
