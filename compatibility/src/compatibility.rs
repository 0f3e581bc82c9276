//! A contract held against a release of it: the changes, and whether the version makes their step.

use std::cmp::Reverse;

use semver::Version;

use crate::{
    change::{Change, Class},
    diff,
    document::{self, Document, Edition},
    version::{Step, least},
};

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

impl Compatibility {
    /// Compares `current` with the release before it.
    ///
    /// # Errors
    ///
    /// Where the version of one is not three numbers.
    pub fn between(released: &Document, current: &Document) -> Result<Self, String> {
        let changes = changes(released, current);
        let (released, current) = (released.edition()?, current.edition()?);
        let step = Step::made(&released.version, &current.version, gravest(&changes));
        Ok(Self {
            released,
            current,
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

    /// The least version that may follow with these changes, if there are any.
    #[must_use]
    pub fn demanded(&self) -> Option<Version> {
        let class = gravest(&self.changes)?;
        Some(least(&self.released.version, class))
    }
}

fn gravest(changes: &[Change]) -> Option<Class> {
    changes.iter().map(|change| change.class).max()
}

/// What changed from one contract to another, whatever their versions: what breaks first, then in
/// the order of the newer contract.
#[must_use]
pub fn changes(was: &Document, is: &Document) -> Vec<Change> {
    let mut changes = diff::changes(&was.tree, &is.tree);
    // What a tree does not hold cannot break anybody, but a release is frozen to the byte.
    if changes.is_empty() {
        changes.extend(document::layout(was, is));
    }
    changes.sort_by_key(|change| Reverse(change.class));
    changes
}
