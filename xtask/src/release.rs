//! `cargo xtask release`: keeps the contract as it is published now under its version. What is kept is
//! never written again.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use crate::{
    check,
    releases::{self, Kept},
};

/// Keep the contract as a release, under its version
///
/// Refuses a contract that `cargo xtask check` refuses, and never overwrites a release. Writes
/// released/VERSION.yaml beside the contract, with the facts in the place of placeholders, and
/// prints what changed since the release before it. Exit codes: 0 it is released, now or before; 1
/// it is refused; 2 an input cannot be read.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The folder of the contract, the facts of the page, the errata and the releases
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    pub folder: PathBuf,
}

/// Releases. What is written and what changed goes to `out`, the reason of a refusal to `err`; gives
/// the exit code.
///
/// # Errors
///
/// Where the release cannot be written, or an output fails.
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
            writeln!(out, "{file}: released already, with the same bytes")?;
            return Ok(0);
        }
        Kept::Other => {
            writeln!(
                err,
                "error: {} is released already with other content, in {file}; a release is never \
                 written again, so raise info.version in {}",
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
