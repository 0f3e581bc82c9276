//! Compiled dependencies, for tests that build a copy of this project.

use std::{fs, path::Path};

/// Copies the dependencies that are compiled in one target folder to another, so that they need not be compiled
/// again.
///
/// A copy of the project cannot use the same target folder: cargo would mistake its artifacts for those of this
/// project.
pub fn reuse_dependencies(from: &Path, to: &Path) {
    for folder in ["deps", "build", ".fingerprint"] {
        let [from, to] = [from, to].map(|target| target.join("debug").join(folder));
        // Another profile has another folder.
        let Ok(entries) = fs::read_dir(from) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_own = ["face-search-enroll", "face_search_enroll", "xtask"]
                .iter()
                .any(|own| name.contains(own));
            // Programs and tests belong to this project.
            let is_program = folder == "deps" && !name.starts_with("lib");
            let to = to.join(name);
            if !is_own && !is_program && !to.exists() {
                copy_with_times(&path, &to);
            }
        }
    }
}

/// Cargo compares modification times to find out what is up to date.
fn copy_with_times(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            copy_with_times(&path, &to.join(path.file_name().unwrap()));
        }
        return;
    }
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(from, to).unwrap();
    let modified = from.metadata().unwrap().modified().unwrap();
    let file = fs::File::options().write(true).open(to).unwrap();
    file.set_modified(modified).unwrap();
}
