//! Copies of the frozen contract, with the facts of the pages and the errata.

use std::{fs, path::Path};

use super::frozen::FOLDER;

/// Copies the folder of the contract to `to`.
pub(crate) fn copy(to: &Path) {
    for file in ["face-search-enroll.yaml", "errata.yaml"] {
        fs::copy(FOLDER.join(file), to.join(file)).unwrap();
    }
    copy_folder(&FOLDER.join("vendor-pages"), &to.join("vendor-pages"));
}

/// Copies the releases, too.
pub(crate) fn copy_releases(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/released");
    copy_folder(&from, &to.join("released"));
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
