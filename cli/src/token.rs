//! `token`: prints an access token for other programs.

use std::{
    io::{self, Write},
    time::Duration,
};

use clap::Args;
use face_search_enroll::{CallError, IssuedToken};
use serde::Serialize;

use crate::{
    connection_advice,
    exit::Exit,
    failure_advice::TokenAdvice,
    numbers,
    output_format::{OutputFormat, write_json},
    problem::Problem,
    server::{Server, ServerOptions, block_on},
    terminal::{say, say_error, say_note},
};

/// Print an access token, for curl and other programs
///
/// The token is printed alone on one line. Everybody who has it can make calls for your account until it
/// expires, so keep it out of logs and of files that others can read.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  the token was printed
  1  the server refused to issue a token
  2  the command line, the environment or a file is wrong; nothing was sent
  3  there was no response, or the server is unavailable: run again later

Examples:
  face-search-enroll token --region sg --credentials-file keys.txt
  face-search-enroll token --region sg --period 10m --format json")]
pub(crate) struct Arguments {
    #[command(flatten, next_help_heading = "Server")]
    server: ServerOptions,

    /// The lifetime of the token, such as 10m or 24h [default: 1h]
    #[arg(long, help_heading = "Output", value_name = "TIME", value_parser = numbers::time)]
    period: Option<Duration>,

    /// The output format of the token
    #[arg(long, help_heading = "Output", value_enum, default_value = "text")]
    format: OutputFormat,
}

#[derive(Serialize)]
struct PrintedToken<'t> {
    token: &'t str,
    expires_at: Option<String>,
    region: &'t str,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let server = arguments.server.resolve_with_period(arguments.period)?;
    match block_on(server.client.issued_token())? {
        Ok(issued) => {
            print(&issued, &server, arguments.format)?;
            Ok(Exit::Enrolled)
        }
        Err(no_token) => {
            let advice = TokenAdvice::of(&no_token);
            say_error(&*no_token);
            say(format_args!("  what to do: {}", advice.action));
            let cause = no_token.token_error().and_then(CallError::connect_cause);
            let hint = cause.and_then(|cause| connection_advice::advice(cause, &server));
            hint.into_iter().for_each(say_note);
            Ok(advice.exit)
        }
    }
}

fn print(issued: &IssuedToken, server: &Server, format: OutputFormat) -> io::Result<()> {
    let token = issued.token().expose();
    let mut out = io::stdout().lock();
    match format {
        OutputFormat::Text => writeln!(out, "{token}"),
        OutputFormat::Json => {
            let expires_at = issued.expiry().map(humantime::format_rfc3339_seconds);
            let printed = PrintedToken {
                token,
                expires_at: expires_at.map(|time| time.to_string()),
                region: server.region(),
            };
            write_json(&mut out, &printed)
        }
    }
}
