//! The published files, in memory.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use face_search_enroll_compatibility::{Compatibility, Document};
use face_search_enroll_contract::Contract;
use sha2::{Digest, Sha256};

use crate::releases;

/// The files of a version, by their paths.
#[derive(Debug)]
pub(super) struct Bundle {
    /// The name of its folder.
    pub(super) name: String,
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// Renders the files. `folder` has the releases.
pub(super) fn render(document: &Document, folder: &Path) -> Result<Bundle, String> {
    let contract = Contract::parse(&document.file, &document.text)
        .map_err(|problems| format!("the contract cannot be used\n{problems}"))?;
    let mut files = BTreeMap::new();
    let mut add = |path: String, text: String| files.insert(path, text.into_bytes());
    add("openapi.yaml".to_owned(), document.text.clone());
    add("openapi.json".to_owned(), contract.to_json());
    let page = face_search_enroll_page::render(&contract);
    let page = page.map_err(|error| format!("the reference page cannot be rendered: {error}"))?;
    add("index.html".to_owned(), page);
    add("CHANGES.md".to_owned(), changes(document, folder)?);
    for operation in &contract.operations {
        let id = &operation.id;
        for example in &operation.request_examples {
            let path = format!("examples/{id}/request-{}.json", *example.name);
            add(path, format!("{:#}\n", *example.body));
        }
        for example in &operation.examples {
            let path = format!("examples/{id}/response-{}.json", *example.name);
            add(path, format!("{:#}\n", *example.body));
        }
    }
    let sums = checksums(&files);
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    Ok(Bundle {
        name: format!("face-search-enroll-{}", *contract.version),
        files,
    })
}

/// The changes since the release before this version.
fn changes(document: &Document, folder: &Path) -> Result<String, String> {
    let version = document.edition()?.version;
    let releases = releases::read(folder)?;
    let mut newest_first = releases.iter().rev();
    let before = newest_first.find(|release| release.edition.version < version);
    let changes = match before {
        Some(release) => Compatibility::between(&release.document, document)?.markdown(),
        None => format!("## {version}\n\nThe first release.\n"),
    };
    Ok(format!("# Changes\n\n{changes}"))
}

/// A line for each file, as `sha256sum --check` reads them.
fn checksums(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut sums = String::new();
    for (path, bytes) in files {
        for byte in Sha256::digest(bytes) {
            // Writing to a string does not fail.
            _ = write!(sums, "{byte:02x}");
        }
        _ = writeln!(sums, "  {path}");
    }
    sums
}
