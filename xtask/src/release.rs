//! `cargo xtask release`: keeps a copy of the contract under its version. A release is never overwritten.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use crate::{
    check,
    releases::{self, Kept},
};

/// Keep a copy of the contract as a release, under its version
///
/// Refuses a contract that `cargo xtask check` refuses, and never overwrites a release. Writes
/// released/VERSION.yaml beside the contract, with placeholders filled in, and prints the changes since
/// the previous release. Exit codes: 0 the release exists, new or with the same content; 1 it is refused;
/// 2 an input cannot be read.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The folder with the contract, the facts of the pages, the errata and the releases
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    pub folder: PathBuf,
}

/// Releases. Writes what was done to `out`, and why it was refused to `err`. Returns the exit code.
///
/// # Errors
///
/// If the release cannot be written, or an output fails.
pub fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let (checked, document) = match check::agreed(&args.folder, "released", out, err)? {
        Ok(found) => found,
        Err(code) => return Ok(code),
    };
    let edition = match document.edition() {
        Ok(edition) => edition,
        Err(reason) => {
            writeln!(err, "error: {reason}")?;
            return Ok(2);
        }
    };
    let file = releases::file_of(&args.folder, &edition);
    let kept = releases::keep(&file, &document)?;
    let file = file.display();
    match kept {
        Kept::Now => writeln!(out, "{file}: written")?,
        Kept::Before => {
            writeln!(out, "{file}: already released, with the same content")?;
            return Ok(0);
        }
        Kept::Other => {
            writeln!(
                err,
                "error: version {} is already released with other content, in {file}; a release is never \
                 overwritten, so raise info.version in {}",
                edition.version, document.file
            )?;
            return Ok(1);
        }
    }
    match &checked.since_release {
        Some(since) => since.write(out)?,
        None => writeln!(out, "the first release")?,
    }
    Ok(0)
}
