//! `cargo xtask check`: holds the contract against what the vendor's pages state, both ways, proves
//! it in itself, and holds it against its newest release. It reports what does not agree as changes,
//! each with the edits that would settle it; with `--fix` it writes those that need no decision.

mod advice;
mod compare;
mod contract;
mod documents;
mod edit;
mod errata;
mod fact;
mod finding;
mod fix;
mod group;
mod join;
mod limits;
mod near;
mod notes;
mod own;
mod pieces;
mod region;
mod report;
mod request;
mod response;
mod schema;
mod signature;
mod skeleton;
mod source;
mod subject;
mod trial;
mod ways;
mod write;

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use crate::{
    import,
    pages::{self, OperationPage},
    releases,
};
use face_search_enroll_compatibility::{Compatibility, Document as Compared, Step as Demanded};
use face_search_enroll_contract::Contract;

pub use compare::{compare, compare_all};
pub use documents::{Documents, TextFile};
pub use edit::{Hunk, Target};
pub use errata::{Erratum, read as read_errata, settle};
pub use finding::{Checked, Finding, Open, Verdict, Way};
pub use fix::{Done, Step, check as check_documents, fix, tell};
pub use report::{Format, write};

/// Hold the contract against what the vendor's pages state, and against its newest release
///
/// Prints what does not agree, with the lines of both and each way to settle it: the edit, and what
/// those who rely on the contract notice of it. Then what changed since the newest release, whom that
/// breaks, and whether info.version makes the step that it demands. With --fix it writes the edits that
/// need no decision, and reports the rest. Exit codes: 0 all agrees but for known errata, and the step
/// is made; 1 something does not agree, or the step is not made; 2 an input cannot be read.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// A saved page to check its operation against, instead of the imported facts of all pages; `-`
    /// reads standard input
    #[arg(long, value_name = "PAGE")]
    pub page: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// The folder of the contract, the facts of the pages, the errata and the releases
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    pub folder: PathBuf,
    /// Write the edits that need no decision into the contract and the errata, and say which
    #[arg(long, conflicts_with = "page")]
    pub fix: bool,
    /// With --fix: of the ways to settle a finding take the first that is no more than this for those who
    /// rely on the contract. Minor keeps what the page had before; major replaces it
    #[arg(long, value_name = "STEP", requires = "fix")]
    pub edition: Option<Step>,
    /// Print what errata settle as whole findings, not in a line each
    #[arg(long)]
    pub errata: bool,
}

/// Checks. Findings go to `out`, what keeps an input from being read to `err`; gives the exit code.
///
/// # Errors
///
/// Where an output fails.
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
            // An array of findings is what programs read.
            let told: &mut dyn Write = if args.format == Format::Json {
                err
            } else {
                out
            };
            tell(&done, told)?;
            write(&checked, args.format, args.errata, out)?;
            Ok(u8::from(checked.disagrees()))
        }
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            Ok(2)
        }
    }
}

/// The contract in `folder` and what is to be said of it, if it agrees; else that is told, and the
/// exit code given. `done` says what is done with a contract that agrees: `published`.
pub(crate) fn agreed(
    folder: &Path,
    done: &str,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Result<(Checked, Compared), u8>> {
    let args = Args {
        page: None,
        format: Format::Text,
        folder: folder.to_owned(),
        fix: false,
        edition: None,
        errata: false,
    };
    let (checked, document) = match check(&args, &mut io::empty()) {
        Ok(found) => found,
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            return Ok(Err(2));
        }
    };
    if checked.disagrees() {
        write(&checked, args.format, args.errata, out)?;
        writeln!(
            err,
            "error: {} is not {done}: `cargo xtask check` refuses it, settle what it reports first",
            document.file
        )?;
        return Ok(Err(1));
    }
    Ok(Ok((checked, document)))
}

/// Checks, and gives the contract that was checked along with what was found.
fn check(args: &Args, stdin: &mut dyn Read) -> Result<(Checked, Compared), String> {
    let documents = read_documents(args, stdin)?;
    let mut checked = check_documents(&documents)?;
    let contract = compared(&documents)?;
    checked.since_release = releases::since_newest(&args.folder, &contract)?;
    Ok((checked, contract))
}

/// Writes what needs no decision; gives what was done, and what is left.
fn fixed(args: &Args) -> Result<(Vec<Done>, Checked), String> {
    let mut documents = read_documents(args, &mut io::empty())?;
    let before = documents.clone();
    let (mut done, mut checked) = fix(&mut documents, args.edition)?;
    checked.since_release = releases::since_newest(&args.folder, &compared(&documents)?)?;
    let least = checked.since_release.as_ref().and_then(demanded);
    if let Some(least) = least {
        done.extend(fix::version(&mut documents, &least));
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

/// The version that the changes since the release demand, where the contract has not made that step.
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
    // With the facts that its prose names, as a release has them.
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
            "{}: {reason}; import it with `cargo xtask import PAGE --facts FILE`, FILE named by the \
             operation in vendor-pages/, and check without --page",
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
