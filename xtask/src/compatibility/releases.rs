//! The released contracts: one file each, named by its version, frozen byte for byte.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use semver::Version;

use super::{document::Document, version};

/// The folder of the releases, beside the contract.
pub const FOLDER: &str = "released";

/// A contract as it was released.
#[derive(Debug, Clone)]
pub struct Release {
    /// Its version.
    pub version: Version,
    /// The contract.
    pub document: Document,
}

/// The file of the release `version` in `folder`.
#[must_use]
pub fn file_of(folder: &Path, version: &Version) -> PathBuf {
    folder.join(format!("{version}.yaml"))
}

/// The releases in `folder`, the oldest first; none where the folder is not there.
///
/// # Errors
///
/// The first file that cannot be read, that is not named by a version, or that says another one.
pub fn read(folder: &Path) -> Result<Vec<Release>, String> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("{}: {error}", folder.display())),
    };
    let paths: Result<Vec<PathBuf>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut paths = paths.map_err(|error| format!("{}: {error}", folder.display()))?;
    paths.sort();
    let mut releases = Vec::new();
    for path in paths {
        let extension = path.extension().unwrap_or_default();
        if extension == "yaml" || extension == "yml" {
            releases.push(read_release(folder, &path)?);
        }
    }
    releases.sort_by(|one, other| one.version.cmp(&other.version));
    Ok(releases)
}

fn read_release(folder: &Path, path: &Path) -> Result<Release, String> {
    let file = path.display();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let version = version::parse(&name)
        .ok()
        .filter(|version| file_of(folder, version) == path)
        .ok_or_else(|| {
            format!(
                "{file}: a file among the released contracts that is not named by its version, \
                 call it VERSION.yaml or move it away"
            )
        })?;
    let frozen = "a released contract is never edited, restore it";
    let document = Document::read(path).map_err(|error| format!("{error}; {frozen}"))?;
    let says = document
        .edition()
        .map_err(|error| format!("{error}; {frozen}"))?;
    if says.version != version {
        return Err(format!(
            "{file}:{}: the version {}, which is not that of the file's name; {frozen}",
            says.line, says.version
        ));
    }
    Ok(Release { version, document })
}
