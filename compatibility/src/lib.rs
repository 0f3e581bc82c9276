//! Compares two versions of the contract: what changed from a release to the contract that is to
//! follow it, whom that breaks, and whether `info.version` makes the step that it demands.
//!
//! `diff` walks through both documents and asks `rules` what a change at a place does to others;
//! `compatibility` holds the version against that, and `report` and `markdown` display it. Nothing here
//! knows the vendor's page, or where contracts and releases lie: who compares reads them.

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
