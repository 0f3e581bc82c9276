//! Finds where the contract has drifted from what the vendor's pages state, and how to settle it.
//!
//! [`check`] compares both, each way, and reports what does not agree as changes, each with the edits
//! that settle it. [`fix`] makes the edits that need no decision. All of it works on texts in memory:
//! whoever calls reads and writes the files.

mod compare;
mod documents;
mod edit;
mod errata;
mod finding;
mod fix;
mod page;
mod pieces;
mod report;
mod settle;
mod source;
mod subject;
mod yaml;

pub use documents::{Documents, TextFile};
pub use edit::Hunk;
pub use finding::{Checked, Finding, Open, Verdict, Way};
pub use fix::{Done, Edition, check, compare, fix, write_done, write_version};
pub use page::OperationPage;
pub use report::{write_json, write_text};
