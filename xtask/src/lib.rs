//! The maintainer's commands, as a library so that tests can call them.
//!
//! Each command is a module. `import` writes the facts of a vendor's page to disk. `check` compares the
//! contract with them, and with its newest release. `release` keeps a release. `publish` writes the files
//! for other teams. `bless` rewrites the outputs that tests expect. `expand` prints the generated code.
//! `bench` measures calls. They share `pages` and `releases`, which read the folders of the same names,
//! and `cargo`.

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
