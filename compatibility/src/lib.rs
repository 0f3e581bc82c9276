//! Compares a contract with the release before it: what changed, whom the changes break, and
//! whether `info.version` was raised far enough.
//!
//! `diff` walks through both documents and looks up the effect of each change in `rules`.
//! `compatibility` checks the version, and `report` and `markdown` display the result. This package
//! does not know the vendor's page or the locations of contracts and releases. Its callers read the
//! files.

mod change;
mod claim;
mod comparison;
mod compatibility;
mod diff;
mod difference;
mod direction;
mod document;
mod effect;
mod excerpt;
mod located;
mod markdown;
mod matching;
mod operations;
mod outcome_lookup;
mod report;
mod rules;
mod version;

pub use change::{Affected, Change, Class, Kind, Said, Subject};
pub use compatibility::{Compatibility, changes};
pub use document::{Document, Edition};
pub use rules::patterns;
pub use version::{Step, least, parse as parse_version};
