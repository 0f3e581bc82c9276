//! A copy of what a check reads: the contract, the facts of the pages, the errata. Not the releases.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// The contract, the pages and the errata as they were when these tests were written.
pub(crate) static FROZEN: LazyLock<PathBuf> =
    LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/frozen"));

/// Copies the folder of the contract to `to`.
pub(crate) fn copy(to: &Path) {
    for file in ["face-search-enroll.yaml", "errata.yaml"] {
        fs::copy(FROZEN.join(file), to.join(file)).unwrap();
    }
    copy_folder(&FROZEN.join("vendor-pages"), &to.join("vendor-pages"));
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
