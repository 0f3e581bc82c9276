//! The chores of this repository, as a library so that tests can call them.
//!
//! `import` keeps the facts of the vendor's page on disk; `check` holds the
//! contract against them, and `compatibility` against its releases; `release` keeps a release;
//! `publish` writes what other teams take; `expand` prints the generated code; `bench` compares what calls
//! cost.

pub mod bench;
mod cargo;
pub mod check;
pub mod compatibility;
pub mod expand;
pub mod import;
pub mod publish;
pub mod release;
