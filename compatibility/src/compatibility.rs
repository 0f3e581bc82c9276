//! The comparison of a contract with a release: the changes, and whether the version was raised far
//! enough.

use std::cmp::Reverse;

use semver::Version;

use crate::{
    change::{Change, Class},
    diff,
    document::{self, Document, Edition},
    version::{Step, least},
};

/// The comparison of a contract with the release before it.
#[derive(Debug, Clone)]
pub struct Compatibility {
    /// The release.
    pub released: Edition,
    /// The contract that will be the next release.
    pub current: Edition,
    /// The changes: breaking ones first, then in the order of the contract.
    pub changes: Vec<Change>,
    /// Whether the version was raised as far as the changes require.
    pub step: Step,
}

impl Compatibility {
    /// Compares `current` with the release before it.
    ///
    /// # Errors
    ///
    /// A message if one of the versions is missing or not three numbers.
    pub fn between(released: &Document, current: &Document) -> Result<Self, String> {
        let changes = changes(released, current);
        let (released, current) = (released.edition()?, current.edition()?);
        let step = Step::made(&released.version, &current.version, most_severe(&changes));
        Ok(Self {
            released,
            current,
            changes,
            step,
        })
    }

    /// Whether the version is too low for the changes.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.step != Step::Fits
    }

    /// The number of changes of `class`.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        let of_class = |change: &&Change| change.class == class;
        self.changes.iter().filter(of_class).count()
    }

    /// The lowest version that these changes allow; `None` without changes.
    #[must_use]
    pub fn demanded(&self) -> Option<Version> {
        let class = most_severe(&self.changes)?;
        Some(least(&self.released.version, class))
    }
}

fn most_severe(changes: &[Change]) -> Option<Class> {
    changes.iter().map(|change| change.class).max()
}

/// The changes between two contracts, regardless of their versions: breaking ones first, then in
/// the order of the newer contract.
#[must_use]
pub fn changes(was: &Document, is: &Document) -> Vec<Change> {
    let mut changes = diff::changes(&was.tree, &is.tree);
    // A difference outside the tree breaks no user, but it still is a change of a released file.
    if changes.is_empty() {
        changes.extend(document::layout(was, is));
    }
    changes.sort_by_key(|change| Reverse(change.class));
    changes
}
