//! `cargo xtask publish`: writes what other teams take: the contract in both forms, its page, its
//! examples, what changed, and checksums. Everything is rendered in memory, and then written or,
//! with `--check`, compared.

mod bundle;
mod folder;

use std::{
    io::{self, Write},
    path::PathBuf,
};

use crate::check;
use bundle::Bundle;

/// Write what other teams take of the contract
///
/// Writes face-search-enroll-VERSION/ and latest/ with the contract as YAML and JSON, the reference
/// page, the examples, what changed since the release before, and checksums. The same contract
/// gives the same bytes, on any machine. Refuses a contract that `cargo xtask check` refuses. Exit
/// codes: 0 it is written, or with --check it is as it would be written; 1 it is not; 2 an input
/// cannot be read.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The folder to write to
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    pub out: PathBuf,
    /// Write nothing; exit with 1 if something would be written
    #[arg(long)]
    pub check: bool,
    /// The folder of the contract, the facts of the page, the errata and the releases
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    pub folder: PathBuf,
}

/// Publishes. What is written goes to `out`, the reason of a refusal to `err`; gives the exit code.
///
/// # Errors
///
/// Where a file cannot be written, or an output fails.
pub fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let document = match check::agreed(&args.folder, "published", out, err)? {
        Ok((_, document)) => document,
        Err(code) => return Ok(code),
    };
    let bundle = match bundle::render(&document, &args.folder) {
        Ok(bundle) => bundle,
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            return Ok(2);
        }
    };
    let folders = [bundle.name.as_str(), "latest"].map(|name| args.out.join(name));
    if args.check {
        return compare(&bundle, &folders, out, err);
    }
    for folder in &folders {
        folder::write(folder, &bundle.files)?;
    }
    for (path, bytes) in &bundle.files {
        writeln!(out, "{:>9}  {}/{path}", bytes.len(), bundle.name)?;
    }
    let [named, latest] = folders.each_ref().map(|folder| folder.display());
    let count = bundle.files.len();
    writeln!(out, "{named}: {count} files, also as {latest}")?;
    Ok(0)
}

/// Tells what of the folders is not as it would be written.
fn compare(
    bundle: &Bundle,
    folders: &[PathBuf],
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<u8> {
    let mut differences = Vec::new();
    for folder in folders {
        differences.extend(folder::differences(folder, &bundle.files)?);
    }
    for difference in &differences {
        writeln!(out, "{difference}")?;
    }
    if !differences.is_empty() {
        writeln!(err, "error: run `cargo xtask publish` to write it anew")?;
        return Ok(1);
    }
    for folder in folders {
        writeln!(out, "{}: as it would be written", folder.display())?;
    }
    Ok(0)
}
