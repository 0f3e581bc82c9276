//! The version of a contract, by Semantic Versioning, and the step that changes demand of it.

use semver::{BuildMetadata, Prerelease, Version};

use crate::change::Class;

/// Whether a version makes the step that changes demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It does, or there is no change.
    Fits,
    /// There are changes, and the version is that of the release.
    Unchanged {
        /// The least version that would do.
        least: Version,
    },
    /// The version is lower than that of the release.
    Lower {
        /// The least version that would do.
        least: Version,
    },
    /// The version is higher, and not high enough.
    TooSmall {
        /// The least version that would do.
        least: Version,
    },
}

impl Step {
    /// The step from `released` to `current`, where the gravest change is of `class`.
    #[must_use]
    pub fn made(released: &Version, current: &Version, class: Option<Class>) -> Self {
        let least = class.map_or_else(|| released.clone(), |class| least(released, class));
        if current >= &least {
            Self::Fits
        } else if current == released {
            Self::Unchanged { least }
        } else if current < released {
            Self::Lower { least }
        } else {
            Self::TooSmall { least }
        }
    }
}

/// The least version that may follow `released` with changes up to `class`.
///
/// Before 1.0.0 the number in the middle is the one that breaks, as cargo reads it.
#[must_use]
pub fn least(released: &Version, class: Class) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = released;
    match class {
        Class::Major if *major > 0 => Version::new(major.saturating_add(1), 0, 0),
        Class::Major => Version::new(0, minor.saturating_add(1), 0),
        Class::Minor if *major > 0 => Version::new(*major, minor.saturating_add(1), 0),
        Class::Minor | Class::Patch => Version::new(*major, *minor, patch.saturating_add(1)),
    }
}

/// Reads a version of three numbers. One of a release to come would let what it breaks pass
/// unseen by the release after it.
///
/// # Errors
///
/// Anything else, with what to write.
pub fn parse(text: &str) -> Result<Version, String> {
    let version = Version::parse(text)
        .map_err(|error| format!("version {text}: {error}, write three numbers such as 1.0.0"))?;
    if version.pre != Prerelease::EMPTY || version.build != BuildMetadata::EMPTY {
        return Err(format!(
            "version {text} is more than three numbers, write {}",
            Version::new(version.major, version.minor, version.patch)
        ));
    }
    Ok(version)
}
