//! What changed in the contract since a release of it, whom that breaks, and whether `info.version`
//! makes the step that it demands.
//!
//! `walk` compares the two trees by the table in `rules`, `report` and `markdown`
//! display. Nothing here knows the vendor's page, or where contracts and releases lie: who compares reads
//! them.

mod change;
mod document;
mod markdown;
mod meanings;
mod pair;
mod pattern;
mod report;
mod roles;
mod rules;
mod spot;
mod version;
mod walk;

pub use change::{Affected, Change, Class, Kind, Said, Subject};
pub use document::Document;
pub use report::Record;
pub use rules::patterns;
pub use version::{Step, least, parse as parse_version};

/// A contract held against a release of it.
#[derive(Debug, Clone)]
pub struct Compatibility {
    /// The release.
    pub released: Edition,
    /// The contract that is to follow it.
    pub current: Edition,
    /// What changed: what breaks first, then in the order of the contract.
    pub changes: Vec<Change>,
    /// Whether the version makes the step that the changes demand.
    pub step: Step,
}

/// A contract, as reports name it.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The file.
    pub file: String,
    /// The line of `info.version`.
    pub line: usize,
    /// What it says.
    pub version: semver::Version,
}

impl Compatibility {
    /// Compares `current` with the release before it.
    ///
    /// # Errors
    ///
    /// Where the version of one is not three numbers.
    pub fn between(released: &Document, current: &Document) -> Result<Self, String> {
        let (released_edition, current_edition) = (released.edition()?, current.edition()?);
        let changes = changes(released, current);
        let class = changes.iter().map(|change| change.class).max();
        let step = Step::made(&released_edition.version, &current_edition.version, class);
        Ok(Self {
            released: released_edition,
            current: current_edition,
            changes,
            step,
        })
    }

    /// Whether the contract may not follow the release under its version.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.step != Step::Fits
    }

    /// How many changes are of `class`.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        let of_class = |change: &&Change| change.class == class;
        self.changes.iter().filter(of_class).count()
    }
}

/// What changed from one contract to another, whatever their versions: what breaks first, then in
/// the order of the newer contract.
#[must_use]
pub fn changes(was: &Document, is: &Document) -> Vec<Change> {
    let mut changes = walk::changes(&was.tree, &is.tree);
    // What a tree does not hold cannot break anybody, but a release is frozen to the byte.
    if changes.is_empty() {
        changes.extend(document::layout(was, is));
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.class));
    changes
}
