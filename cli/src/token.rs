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
/// It is alone on its line. Whoever has it can call the servers for your account until it expires: keep
/// it out of logs and files that others can read.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes:
  0  the token is printed
  1  the server refused to issue one
  2  the command was wrong, and nothing was sent
  3  there was no answer, or the server cannot answer now: run again

Examples:
  face-search-enroll token --region sg --credentials-file keys.txt
  face-search-enroll token --region sg --period 10m --format json")]
pub(crate) struct Arguments {
    #[command(flatten, next_help_heading = "Server")]
    server: ServerOptions,

    /// How long the token is to be good, such as 10m or 24h; an hour by default
    #[arg(long, value_name = "TIME", value_parser = numbers::time)]
    period: Option<Duration>,

    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
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
