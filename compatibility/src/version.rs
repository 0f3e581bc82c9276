//! The version of a contract by Semantic Versioning, and how far changes require to raise it.

use semver::{BuildMetadata, Prerelease, Version};

use crate::change::Class;

/// Whether a version was raised as far as the changes require.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It was, or there are no changes.
    Fits,
    /// There are changes, but the version is the one of the release.
    Unchanged {
        /// The lowest version that is high enough.
        least: Version,
    },
    /// The version is lower than the one of the release.
    Lower {
        /// The lowest version that is high enough.
        least: Version,
    },
    /// The version is higher, but not high enough.
    TooSmall {
        /// The lowest version that is high enough.
        least: Version,
    },
}

impl Step {
    /// Checks the step from `released` to `current`. `class` is the most severe change.
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

/// The lowest version that may follow `released` with changes up to `class`.
///
/// Before 1.0.0, breaking changes raise the minor version, as in cargo.
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

/// Parses a version of three numbers. Pre-releases are not allowed, because breaking changes
/// between a pre-release and its release would go unnoticed.
///
/// # Errors
///
/// A message that says what to write, for any other text.
pub fn parse(text: &str) -> Result<Version, String> {
    let version = Version::parse(text).map_err(|error| {
        format!("version {text} is not valid: {error}; write three numbers such as 1.0.0")
    })?;
    if version.pre != Prerelease::EMPTY || version.build != BuildMetadata::EMPTY {
        return Err(format!(
            "version {text} has more than three numbers; write {}",
            Version::new(version.major, version.minor, version.patch)
        ));
    }
    Ok(version)
}
