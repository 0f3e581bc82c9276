//! The contract and the facts of the token operation's page, as they were when these tests were written.
//! `facts` has those of the other page.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use face_search_enroll_vendor_page::{VendorPage, from_yaml};

use super::facts::WithoutLines as _;

/// The folder that has them.
pub(crate) static FOLDER: LazyLock<PathBuf> =
    LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/frozen"));

pub(crate) fn contract_text() -> String {
    fs::read_to_string(FOLDER.join("face-search-enroll.yaml")).unwrap()
}

/// The facts of the token operation's page, lines left out.
pub(crate) fn token() -> VendorPage {
    let facts = include_str!("../../../tests/frozen/vendor-pages/generateToken.yaml");
    from_yaml(facts).unwrap().without_lines()
}
