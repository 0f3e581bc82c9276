//! `cargo xtask check`: holds the contract against what the vendor's pages state, both ways, proves
//! it in itself, and holds it against its newest release. It reports and changes nothing.

mod compare;
mod contract;
mod errata;
mod fact;
mod finding;
mod join;
mod notes;
mod own;
mod paste;
mod report;
mod request;
mod response;
mod schema;
mod signature;
mod skeleton;

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
use face_search_enroll_compatibility::Document;
use face_search_enroll_contract::Contract;

pub use compare::{compare, compare_all};
pub use errata::{Erratum, read as read_errata, settle};
pub use finding::{Checked, Finding, Verdict};
pub use report::{Format, write};

/// Hold the contract against what the vendor's pages state, and against its newest release
///
/// Prints what does not agree, with the lines of both and the edit that would settle it; then what
/// changed since the newest release, whom that breaks, and whether info.version makes the step that
/// it demands. Exit codes: 0 all agrees but for known errata, and the step is made; 1 something
/// does not agree, or the step is not made; 2 an input cannot be read.
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
    match check(args, stdin) {
        Ok((checked, _)) => {
            write(&checked, args.format, out)?;
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
) -> io::Result<Result<(Checked, Document), u8>> {
    let args = Args {
        page: None,
        format: Format::Text,
        folder: folder.to_owned(),
    };
    let (checked, document) = match check(&args, &mut io::empty()) {
        Ok(found) => found,
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            return Ok(Err(2));
        }
    };
    if checked.disagrees() {
        write(&checked, args.format, out)?;
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
fn check(args: &Args, stdin: &mut dyn Read) -> Result<(Checked, Document), String> {
    let contract_file = pages::contract_file(&args.folder);
    let text = read(&contract_file)?;
    let contract = Contract::parse(&contract_file.display().to_string(), &text)
        .map_err(|problems| format!("the contract cannot be used\n{problems}"))?;
    let errata_file = args.folder.join("errata.yaml");
    let mut errata = errata::read(&read(&errata_file)?)
        .map_err(|problem| format!("{}:{problem}", errata_file.display()))?;
    let mut checked = if let Some(path) = &args.page {
        let page = read_page(path, &contract, stdin)?;
        errata.retain(|erratum| erratum.operation == page.operation);
        compare(&contract, &page)
    } else {
        compare_all(&contract, &pages::read_all(&args.folder, &contract)?)
    };
    settle(&mut checked, &errata);
    let document = Document {
        file: contract_file.display().to_string(),
        text: contract.text,
        tree: contract.tree,
    };
    checked.since_release = releases::since_newest(&args.folder, &document)?;
    Ok((checked, document))
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

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
