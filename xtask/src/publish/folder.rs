//! Writes or compares a folder that has the published files and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

/// Writes `files` to `folder`, and deletes all others.
pub(super) fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for path in present(folder)? {
        if !files.contains_key(&path) {
            let path = folder.join(path);
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        fs::write(&path, bytes).map_err(at(&path))?;
    }
    Ok(())
}

/// A line for each file of `folder` that differs from `files`.
pub(super) fn differences(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
) -> io::Result<Vec<String>> {
    let present = present(folder)?;
    let mut lines = Vec::new();
    let all: BTreeSet<_> = present.iter().chain(files.keys()).collect();
    for path in all {
        let file = folder.join(path);
        let what = match files.get(path) {
            None => Some("is no longer published"),
            Some(_) if !present.contains(path) => Some("is missing"),
            Some(bytes) if fs::read(&file).map_err(at(&file))? != *bytes => Some("differs"),
            Some(_) => None,
        };
        lines.extend(what.map(|what| format!("{}: {what}", file.display())));
    }
    Ok(lines)
}

/// The paths of all files below `folder`; none if it does not exist.
fn present(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let path = folder.join(&below);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&path)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(at(&path))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if below.is_empty() {
                name
            } else {
                format!("{below}/{name}")
            };
            if entry.file_type().map_err(at(&path))?.is_dir() {
                open.push(name);
            } else {
                found.insert(name);
            }
        }
    }
    Ok(found)
}

/// An error that names its file.
fn at(path: &Path) -> impl Fn(io::Error) -> io::Error + '_ {
    |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
