//! `cargo xtask publish`: writes the files for other teams: the contract as YAML and JSON, the reference page,
//! examples, changes, and checksums. All are rendered in memory, then written or, with `--check`, compared.

mod bundle;
mod folder;

use std::{
    io::{self, Write},
    path::PathBuf,
};

use crate::check;
use bundle::Bundle;

/// Write the files for teams that use the contract
///
/// Writes face-search-enroll-VERSION/ and latest/ with the contract as YAML and JSON, the reference page,
/// the examples, the changes since the previous release, and checksums. The output depends on the
/// contract alone, not on the machine. Refuses a contract that `cargo xtask check` refuses. Exit codes:
/// 0 the files are written or, with --check, up to date; 1 they are not; 2 an input cannot be read.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The folder to write to
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    pub out: PathBuf,
    /// Write nothing, and exit with 1 if a file would change
    #[arg(long)]
    pub check: bool,
    /// The folder with the contract, the facts of the pages, the errata and the releases
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    pub folder: PathBuf,
}

/// Publishes. Writes the list of files to `out`, and why it was refused to `err`. Returns the exit code.
///
/// # Errors
///
/// If a file cannot be written, or an output fails.
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
    writeln!(out, "{named}: {count} files, also in {latest}")?;
    Ok(0)
}

/// Writes which files of the folders are out of date.
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
        writeln!(
            err,
            "error: the published files are out of date; run `cargo xtask publish` to write them"
        )?;
        return Ok(1);
    }
    for folder in folders {
        writeln!(out, "{}: up to date", folder.display())?;
    }
    Ok(0)
}
