//! `check-access`: checks what works for an account, without enrolling anything.

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
/// The command requests an access token and makes one call with a random signature id. No verification
/// has that id, so nothing is enrolled.
///
/// It prints one line for each of the network, the clock, the credentials and the entitlement, and says
/// what to do about each check that failed.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  every check passed
  1  the server refused a request, or its response leaves a check open
  2  the command line, the environment or a file is wrong; nothing was sent
  3  there was no response, or the server is unavailable: run again later

Examples:
  face-search-enroll check-access --region sg --credentials-file keys.txt
  face-search-enroll check-access --region sg --format json")]
pub(crate) struct Arguments {
    #[command(flatten, next_help_heading = "Server")]
    server: ServerOptions,

    /// The output format of the checks
    #[arg(long, help_heading = "Output", value_enum, default_value = "text")]
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
