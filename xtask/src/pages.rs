//! The folder of the vendor's pages: a file of facts for each operation, and which operation a page is about.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use face_search_enroll_contract::Contract;
use face_search_enroll_drift::OperationPage;
use face_search_enroll_vendor_page::{self as page, VendorPage};
use heck::ToLowerCamelCase;

const FOLDER: &str = "vendor-pages";

/// The contract of a folder.
#[must_use]
pub fn contract_file(folder: &Path) -> PathBuf {
    folder.join("face-search-enroll.yaml")
}

/// The file of the facts of an operation's page.
#[must_use]
pub fn file_of(folder: &Path, operation: &str) -> PathBuf {
    folder.join(FOLDER).join(format!("{operation}.yaml"))
}

/// The operation that a page is about: the one whose path is in its addresses. If the contract has none, a
/// name from the last segment of the path.
///
/// # Errors
///
/// If the addresses have no known path, or several.
pub fn operation_of(contract: &Contract, page: &VendorPage) -> Result<String, String> {
    let paths = page.paths();
    let operations = contract.operations.iter();
    let known: Vec<_> = operations
        .filter(|operation| paths.contains(&operation.path.as_str()))
        .map(|operation| operation.id.as_str())
        .collect();
    match (known.as_slice(), paths.first()) {
        ([operation], _) => Ok((*operation).to_owned()),
        ([], Some(path)) => name_of(path).ok_or_else(|| {
            format!("no operation has the path {path}, and its last segment is not a usable name")
        }),
        ([], None) => {
            let known = contract.operations.iter();
            let known: Vec<_> = known.map(|operation| operation.path.as_str()).collect();
            Err(format!(
                "it has no address, so its operation is unknown; expected an address with a path such as {}",
                known.join(" or ")
            ))
        }
        (several, _) => Err(format!(
            "its addresses belong to several operations: {}",
            several.join(", ")
        )),
    }
}

/// The last segment of a path in camelCase.
fn name_of(path: &str) -> Option<String> {
    let segment = path.trim_end_matches('/').rsplit('/').next()?;
    let name = segment.to_lower_camel_case();
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name.then_some(name)
}

/// The pages of a folder, sorted by file name. A file is named after its operation. If the contract has no
/// operation of that name, the addresses decide.
///
/// # Errors
///
/// The first file that cannot be read, and two files of one operation.
pub fn read_all(folder: &Path, contract: &Contract) -> Result<Vec<OperationPage>, String> {
    let mut pages: Vec<(PathBuf, OperationPage)> = Vec::new();
    for file in files(&folder.join(FOLDER))? {
        let found = read_file(&file, contract)?;
        let twin = pages.iter().find(|(_, it)| it.operation == found.operation);
        if let Some((other, _)) = twin {
            return Err(format!(
                "{} and {} both document the operation {}; remove one of them",
                other.display(),
                file.display(),
                found.operation
            ));
        }
        pages.push((file, found));
    }
    Ok(pages.into_iter().map(|(_, page)| page).collect())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let at = |error: io::Error| format!("{}: {error}", folder.display());
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(at)?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>().map_err(at)?;
    paths.retain(|path| path.extension().is_some_and(|it| it == "yaml"));
    paths.sort();
    Ok(paths)
}

fn read_file(file: &Path, contract: &Contract) -> Result<OperationPage, String> {
    let shown = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("{shown}: {error}"))?;
    let page = page::from_yaml(&text).map_err(|error| {
        format!("{shown}:{error}; run `cargo xtask import PAGE` to write the file again")
    })?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let told = operation_of(contract, &page).ok();
    let told = told.filter(|told| contract.operation(told).is_some());
    let operation = match told {
        Some(told) if contract.operation(&name).is_none() => told,
        _ => name.into_owned(),
    };
    Ok(OperationPage { operation, page })
}
