//! `check-access`: tells what of an account works, without enrolling anything.

mod check;
mod checks;

use std::io::Write;

use clap::Args;

use self::{check::Check, checks::Checks};
use crate::{
    exit::Exit,
    output_format::{OutputFormat, write_json},
    problem::Problem,
    server::{ServerOptions, block_on},
};

/// Check that this machine and this account can enroll faces
///
/// It gets a token, and makes one call with a random signature id, which no verification has: nothing
/// is enrolled. It says whether the network, the clock, the credentials and the entitlement are in order,
/// and what to do where one is not.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  all is well
  1  the server refused something, or its answer does not tell
  2  the command was wrong, and nothing was sent
  3  there was no answer, or the server cannot answer now: run again

Examples:
  face-search-enroll check-access --region sg --credentials-file keys.txt
  face-search-enroll check-access --region sg --format json")]
pub(crate) struct Arguments {
    #[command(flatten, next_help_heading = "Server")]
    server: ServerOptions,

    /// How the checks are printed
    #[arg(long, value_enum, default_value = "text")]
    format: OutputFormat,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let server = arguments.server.resolve()?;
    let checks = Checks::new(&server)?;
    let checks = block_on(checks.run())?;
    let mut out = anstream::stdout().lock();
    for check in &checks {
        match arguments.format {
            OutputFormat::Json => write_json(&mut out, check)?,
            OutputFormat::Text => check.print(&mut out)?,
        }
    }
    out.flush()?;
    Ok(checks
        .iter()
        .map(Check::exit)
        .max()
        .unwrap_or(Exit::Enrolled))
}
