//! The folder of released contracts, beside the contract. Each is a file named by its version, and never
//! changes. The package `compatibility` compares two contracts.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use face_search_enroll_compatibility::{Compatibility, Document, Edition, parse_version};

const FOLDER: &str = "released";

/// A contract as it was released.
#[derive(Debug, Clone)]
pub struct Release {
    /// Its version.
    pub edition: Edition,
    /// The contract.
    pub document: Document,
}

/// What became of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It was written.
    Now,
    /// It existed, with the same content.
    Before,
    /// It existed, with other content.
    Other,
}

/// The file of a release of the contract in `folder`.
#[must_use]
pub fn file_of(folder: &Path, edition: &Edition) -> PathBuf {
    folder
        .join(FOLDER)
        .join(format!("{}.yaml", edition.version))
}

/// Compares `current` with the newest release of the contract in `folder`, if there is one.
///
/// # Errors
///
/// If a release cannot be read, or a version is not three numbers.
pub fn since_newest(folder: &Path, current: &Document) -> Result<Option<Compatibility>, String> {
    let newest = read(folder)?.pop();
    newest
        .map(|newest| Compatibility::between(&newest.document, current))
        .transpose()
}

/// Writes `document` to `file`, unless the file exists: a release is never overwritten.
///
/// # Errors
///
/// If it cannot be written, or what is there cannot be read.
pub fn keep(file: &Path, document: &Document) -> io::Result<Kept> {
    let at =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", file.display()));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(at)?;
    }
    let bytes = document.text.as_bytes();
    match fs::File::create_new(file) {
        Ok(mut new) => {
            // Half a release must not pass for one.
            let written = new.write_all(bytes);
            written
                .inspect_err(|_| _ = fs::remove_file(file))
                .map_err(at)?;
            Ok(Kept::Now)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let is_same = fs::read(file).map_err(at)? == bytes;
            Ok(if is_same { Kept::Before } else { Kept::Other })
        }
        Err(error) => Err(at(error)),
    }
}

/// The releases of the contract in `folder`, the oldest first.
///
/// # Errors
///
/// The first file that cannot be read, that is not named by a version, or that says another one.
pub fn read(folder: &Path) -> Result<Vec<Release>, String> {
    let folder = folder.join(FOLDER);
    let at = |error: io::Error| format!("{}: {error}", folder.display());
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(at)?,
    };
    let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(at)?;
    paths.retain(|path| {
        let extension = path.extension().unwrap_or_default();
        extension == "yaml" || extension == "yml"
    });
    paths.sort();
    let releases = paths.iter().map(|path| read_release(path));
    let mut releases = releases.collect::<Result<Vec<_>, _>>()?;
    releases.sort_by(|one, other| one.edition.version.cmp(&other.edition.version));
    Ok(releases)
}

fn read_release(path: &Path) -> Result<Release, String> {
    let file = path.display();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let version = parse_version(&name)
        .ok()
        .filter(|version| path.file_name() == Some(format!("{version}.yaml").as_ref()))
        .ok_or_else(|| {
            format!(
                "{file}: the name of a released contract must be VERSION.yaml; rename the file, or \
                 move it to another folder"
            )
        })?;
    let frozen =
        |error: String| format!("{error}; a released contract never changes, so restore the file");
    let text = fs::read_to_string(path).map_err(|error| frozen(format!("{file}: {error}")))?;
    let document = Document::parse(file.to_string(), text).map_err(frozen)?;
    let edition = document.edition().map_err(frozen)?;
    if edition.version != version {
        return Err(frozen(format!(
            "{file}:{}: version {} does not match the name of the file",
            edition.line, edition.version
        )));
    }
    Ok(Release { edition, document })
}
