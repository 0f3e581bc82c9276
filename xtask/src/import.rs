//! `cargo xtask import PAGE`: writes the facts of a vendor's page to disk, and prints what changed.
//!
//! The file is rendered in memory, then written or, with `--check`, compared. Whether the contract agrees
//! with the page is the question of `check`.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use face_search_enroll_contract::Contract;
use face_search_enroll_vendor_page::{self as page, VendorPage};

use crate::pages;

/// Read a vendor's page, and write its facts to disk
///
/// PAGE is a saved or copied page: HTML, Markdown or plain text. The addresses on it show which operation
/// of the contract it documents, or that the operation is new. Prints a line for each fact that changed,
/// and writes the facts to vendor-pages/OPERATION.yaml. Exit codes: 0 the facts on disk are up to date;
/// 1 they are not, and --check was given; 2 PAGE cannot be read, or its operation is unknown.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The saved page; `-` reads standard input
    pub page: PathBuf,
    /// Write nothing, and exit with 1 if a file would change
    #[arg(long)]
    pub check: bool,
    /// The folder with the contract and the facts
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    pub folder: PathBuf,
    /// The file for the facts; default: named after the operation
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
}

/// How an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportStatus {
    /// The file has the facts of the page.
    UpToDate,
    /// It does not, and nothing was written because of `--check`.
    WouldChange,
    /// The page cannot be read, or its operation is unknown.
    Unreadable,
}

impl ImportStatus {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::UpToDate => 0,
            Self::WouldChange => 1,
            Self::Unreadable => 2,
        }
    }
}

/// Imports a page. Writes the changes to `out`, and the reason of a failure to `err`.
///
/// # Errors
///
/// If the facts cannot be read from disk or written, or an output fails.
pub fn run(
    args: &Args,
    stdin: &mut dyn Read,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<ImportStatus> {
    let read = read_page(&args.page, stdin).and_then(|page| Ok((target(args, &page)?, page)));
    let (target, page) = match read {
        Ok(read) => read,
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            return Ok(ImportStatus::Unreadable);
        }
    };
    if let Some(operation) = &target.new_operation {
        writeln!(
            out,
            "the contract has no operation with the path of this page; it is called {operation} here, \
             after the last segment of the path; `cargo xtask check` prints the operation to paste"
        )?;
    }
    let facts = &target.facts;
    let yaml = page::to_yaml(&page);
    let before = read_facts(facts)?;
    report(facts, args.check, &page, &yaml, before.as_deref(), out)?;
    if before.as_deref() == Some(yaml.as_str()) {
        return Ok(ImportStatus::UpToDate);
    }
    if args.check {
        return Ok(ImportStatus::WouldChange);
    }
    if let Some(folder) = facts.parent() {
        fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    }
    fs::write(facts, yaml).map_err(|error| at(facts, &error))?;
    Ok(ImportStatus::UpToDate)
}

/// Where the facts of a page go.
struct Target {
    facts: PathBuf,
    /// The name of an operation that the contract lacks.
    new_operation: Option<String>,
}

fn target(args: &Args, page: &VendorPage) -> Result<Target, String> {
    if let Some(facts) = &args.facts {
        return Ok(Target {
            facts: facts.clone(),
            new_operation: None,
        });
    }
    let remedy = "name the file for its facts with --facts FILE";
    let file = pages::contract_file(&args.folder);
    let text = fs::read_to_string(&file);
    let text = text.map_err(|error| format!("{}: {error}; {remedy}", file.display()))?;
    let contract = Contract::parse(&file.display().to_string(), &text).map_err(|problems| {
        format!("the contract cannot be used to find the page's operation; correct it, or {remedy}\n{problems}")
    })?;
    let operation = pages::operation_of(&contract, page)
        .map_err(|reason| format!("{}: {reason}; {remedy}", args.page.display()))?;
    Ok(Target {
        facts: pages::file_of(&args.folder, &operation),
        new_operation: contract
            .operation(&operation)
            .is_none()
            .then_some(operation),
    })
}

fn report(
    facts: &Path,
    check: bool,
    page: &VendorPage,
    yaml: &str,
    before: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let file = facts.display();
    let old = match before.map(page::from_yaml) {
        None => {
            writeln!(out, "{file}: new file")?;
            VendorPage::default()
        }
        Some(Ok(old)) => old,
        Some(Err(error)) => {
            writeln!(out, "{file}:{error}; every fact is reported as added")?;
            VendorPage::default()
        }
    };
    let changes = page::changes(&old, page);
    for change in &changes {
        writeln!(out, "{change}")?;
    }
    for field in &page.response_fields {
        if let Some(other) = &field.other_reading {
            writeln!(
                out,
                "guessed  response field {}: its text can also be read as {other} (line {}); save the \
                 page as HTML or Markdown, which separate names from descriptions",
                field.name, field.line
            )?;
        }
    }
    let missing = page.missing_sections();
    for section in &missing {
        writeln!(out, "missing  section {section}")?;
    }
    let count = match changes.len() {
        0 if before == Some(yaml) => return writeln!(out, "{file}: up to date"),
        0 => "no fact changed, only line numbers".to_owned(),
        1 => "1 change".to_owned(),
        n => format!("{n} changes"),
    };
    let hint = if check {
        "; run `cargo xtask import` without --check to write the file"
    } else {
        ""
    };
    writeln!(out, "{file}: {count}{hint}")
}

/// The facts of a saved page, or why it cannot be read.
pub(crate) fn read_page(path: &Path, stdin: &mut dyn Read) -> Result<VendorPage, String> {
    let bytes = read_bytes(path, stdin).map_err(|error| format!("{}: {error}", path.display()))?;
    page::read(&bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn read_bytes(path: &Path, stdin: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut file;
    let input: &mut dyn Read = if path == Path::new("-") {
        stdin
    } else {
        file = fs::File::open(path)?;
        &mut file
    };
    // One byte more than the limit is enough to be refused.
    let limit = u64::try_from(page::MAX_BYTES).map_or(u64::MAX, |limit| limit.saturating_add(1));
    let mut bytes = vec![];
    input.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The file of facts, if there is one. It is about to be replaced, so invalid UTF-8 does not matter.
fn read_facts(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, &error)),
    }
}

/// An error that names its file.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
