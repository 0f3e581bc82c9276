//! `cargo xtask check`: compares the contract with what the vendor's pages state, and with its newest
//! release. The package `drift` finds the differences; this reads and writes the files.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use face_search_enroll_compatibility::{Compatibility, Document as Compared, Step as Demanded};
use face_search_enroll_contract::Contract;
use face_search_enroll_drift::{
    self as drift, Checked, Documents, Done, OperationPage, TextFile, write_done, write_json,
    write_text,
};

use crate::{import, pages, releases};

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Paragraphs for people, and a line that counts.
    Text,
    /// An array of objects.
    Json,
}

/// How far an edit of `--fix` may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Edition {
    /// No caller breaks: what the page stated before stays in the contract.
    Minor,
    /// What the page states now replaces what it stated before.
    Major,
}

/// Compare the contract with the vendor's pages, and with its newest release
///
/// Prints each fact that does not agree, with the lines of both sides and the ways to settle it: the edits,
/// and what users of the contract notice. Then prints the changes since the newest release, and whether
/// info.version is high enough for them. With --fix, makes the edits that need no decision, and prints
/// the findings that are left. Exit codes: 0 everything agrees, apart from known errata, and the version
/// is right; 1 something does not agree, or the version is too low; 2 an input cannot be read.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Compare with this saved page instead of the imported facts of all pages; `-` reads standard
    /// input
    #[arg(long, value_name = "PAGE")]
    pub page: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// The folder with the contract, the facts of the pages, the errata and the releases
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    pub folder: PathBuf,
    /// Edit the contract and the errata wherever no decision is needed
    #[arg(long, conflicts_with = "page")]
    pub fix: bool,
    /// With --fix, also settle changes that break callers: minor keeps what the page stated before, major
    /// replaces it
    #[arg(long, value_name = "STEP", requires = "fix")]
    pub edition: Option<Edition>,
    /// Print findings that an erratum settles in full, instead of one line each
    #[arg(long)]
    pub errata: bool,
}

impl Args {
    /// A check of `folder`, with the default of every option.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self {
            page: None,
            format: Format::Text,
            folder: folder.to_owned(),
            fix: false,
            edition: None,
            errata: false,
        }
    }
}

/// Checks. Writes findings to `out`, and to `err` why an input cannot be read. Returns the exit code.
///
/// # Errors
///
/// If an output fails.
pub fn run(
    args: &Args,
    stdin: &mut dyn Read,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let checked = if args.fix {
        fixed(args)
    } else {
        check(args, stdin).map(|(checked, _)| (Vec::new(), checked))
    };
    match checked {
        Ok((done, checked)) => {
            match args.format {
                Format::Text => {
                    write_done(&done, out)?;
                    write_text(&checked, args.errata, out)?;
                }
                // Programs read an array of findings, and nothing else.
                Format::Json => {
                    write_done(&done, err)?;
                    write_json(&checked, out)?;
                }
            }
            Ok(u8::from(checked.disagrees()))
        }
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            Ok(2)
        }
    }
}

/// The contract in `folder` and what was found, if everything agrees. Otherwise writes why not, and returns
/// the exit code. `done` completes the message: `published`.
pub(crate) fn agreed(
    folder: &Path,
    done: &str,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Result<(Checked, Compared), u8>> {
    let args = Args::of(folder);
    let (checked, document) = match check(&args, &mut io::empty()) {
        Ok(found) => found,
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            return Ok(Err(2));
        }
    };
    if checked.disagrees() {
        write_text(&checked, args.errata, out)?;
        writeln!(
            err,
            "error: {} was not {done}, because `cargo xtask check` refuses it; settle the findings above first",
            document.file
        )?;
        return Ok(Err(1));
    }
    Ok(Ok((checked, document)))
}

/// Checks. Returns what was found, and the contract.
fn check(args: &Args, stdin: &mut dyn Read) -> Result<(Checked, Compared), String> {
    let documents = read_documents(args, stdin)?;
    let mut checked = drift::check(&documents)?;
    let contract = compared(&documents)?;
    checked.since_release = releases::since_newest(&args.folder, &contract)?;
    Ok((checked, contract))
}

/// Makes the edits that need no decision. Returns what was done, and the findings that are left.
fn fixed(args: &Args) -> Result<(Vec<Done>, Checked), String> {
    let mut documents = read_documents(args, &mut io::empty())?;
    let before = documents.clone();
    let (mut done, mut checked) = drift::fix(&mut documents, args.edition.map(edition))?;
    checked.since_release = releases::since_newest(&args.folder, &compared(&documents)?)?;
    let least = checked.since_release.as_ref().and_then(demanded);
    if let Some(least) = least {
        done.extend(drift::write_version(&mut documents, &least));
        checked.since_release = releases::since_newest(&args.folder, &compared(&documents)?)?;
    }
    let files = [
        (&before.contract, &documents.contract),
        (&before.errata, &documents.errata),
    ];
    for (was, is) in files {
        if was.text() != is.text() {
            fs::write(&is.file, is.text()).map_err(|error| format!("{}: {error}", is.file))?;
        }
    }
    Ok((done, checked))
}

fn edition(edition: Edition) -> drift::Edition {
    match edition {
        Edition::Minor => drift::Edition::Minor,
        Edition::Major => drift::Edition::Major,
    }
}

/// The version that the changes since the release require, if the contract's version is too low.
fn demanded(since: &Compatibility) -> Option<String> {
    match &since.step {
        Demanded::Fits => None,
        Demanded::Unchanged { least }
        | Demanded::Lower { least }
        | Demanded::TooSmall { least } => Some(least.to_string()),
    }
}

fn compared(documents: &Documents) -> Result<Compared, String> {
    let file = &documents.contract.file;
    let contract = Contract::parse(file, documents.contract.text())
        .map_err(|problems| format!("the contract cannot be used\n{problems}"))?;
    // With its placeholders filled in, as in a release.
    Ok(Compared {
        file: file.clone(),
        text: contract.text,
        tree: contract.tree,
    })
}

fn read_documents(args: &Args, stdin: &mut dyn Read) -> Result<Documents, String> {
    let contract = read(&pages::contract_file(&args.folder))?;
    let errata = read(&args.folder.join("errata.yaml"))?;
    let known = Contract::parse(&contract.file, contract.text())
        .map_err(|problems| format!("the contract cannot be used\n{problems}"))?;
    let pages = match &args.page {
        Some(path) => vec![read_page(path, &known, stdin)?],
        None => pages::read_all(&args.folder, &known)?,
    };
    Ok(Documents {
        contract,
        errata,
        pages,
        all: args.page.is_none(),
    })
}

fn read_page(
    path: &Path,
    contract: &Contract,
    stdin: &mut dyn Read,
) -> Result<OperationPage, String> {
    let page = import::read_page(path, stdin)?;
    let operation = pages::operation_of(contract, &page).map_err(|reason| {
        format!(
            "{}: {reason}; run `cargo xtask import PAGE --facts vendor-pages/OPERATION.yaml`, and check \
             without --page",
            path.display()
        )
    })?;
    Ok(OperationPage { operation, page })
}

fn read(path: &Path) -> Result<TextFile, String> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
    Ok(TextFile::new(file, text))
}
