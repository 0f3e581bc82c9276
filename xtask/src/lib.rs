//! The chores of this repository, as a library so that tests can call them.
//!
//! A verb is a module: `import` keeps the facts of the vendor's page on disk; `check` holds the contract
//! against them, and against its newest release; `release` keeps a release; `publish` writes what
//! other teams take; `bless` rewrites what the tests expect; `expand` prints the generated code;
//! `bench` compares what calls cost. Verbs share `pages` and `releases`, the folders of the vendor's
//! pages and of the releases, and `cargo`.

pub mod bench;
pub mod bless;
mod cargo;
pub mod check;
pub mod expand;
pub mod import;
pub mod pages;
pub mod publish;
pub mod release;
pub mod releases;
