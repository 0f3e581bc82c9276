//! The chores of this repository, as a library so that tests can call them.
//!
//! `page` reads the vendor's page into typed facts; `import` keeps them on disk; `check` holds the
//! contract against them, and against its newest release; `release` keeps one, `releases` reads them;
//! `publish` writes what other teams take; `expand` prints the generated code; `bench` compares what calls
//! cost.

pub mod bench;
mod cargo;
pub mod check;
pub mod expand;
pub mod import;
pub mod page;
pub mod publish;
pub mod release;
pub mod releases;
