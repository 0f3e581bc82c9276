//! The command line: enrolls faces from a shell, in a region or on the embedded sandbox.
//!
//! Each subcommand is a module. The modules that they share are listed below them.

// The subcommands.
mod check_access;
mod completions;
mod enroll;
mod explain;
mod regions;
mod report;
mod sandbox;
mod spec;
mod token;

// The results of calls.
mod connection_advice;
mod failure_advice;
mod journal;
mod record;
mod status;
mod summary;

// The ids, the server, and the credentials.
mod credentials;
mod credentials_file;
mod environment;
mod id_digest;
mod input;
mod known_ids;
mod open_files;
mod plain_text;
mod server;
mod shard;
mod token_file;
mod token_text;

// Input and output for the user.
mod exit;
mod numbers;
mod output_format;
mod problem;
mod signals;
mod terminal;

use std::{io, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

use exit::Exit;

/// Enroll the faces of failed verifications with ADVANCE.AI's Face-Search Enroll
///
/// Each subcommand has its own help: face-search-enroll help enroll
#[derive(Debug, Parser)]
#[command(
    name = "face-search-enroll",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  face-search-enroll enroll --sandbox 730baa5ab2e34e53
  face-search-enroll check-access --region sg --credentials-file keys.txt
  face-search-enroll enroll --region sg --credentials-file keys.txt --input ids.csv \\
      --output results.jsonl
  face-search-enroll explain PARAMETER_ERROR 'transaction is not pass'"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    // Boxed, because it is much larger than the others.
    Enroll(Box<enroll::Arguments>),
    Report(report::Arguments),
    CheckAccess(Box<check_access::Arguments>),
    Token(Box<token::Arguments>),
    Explain(explain::Arguments),
    Regions(regions::Arguments),
    Sandbox(sandbox::Arguments),
    Spec(spec::Arguments),
    Completions(completions::Completions),
    Man(completions::Manual),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Enroll(arguments) => enroll::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::CheckAccess(arguments) => check_access::run(arguments),
        Command::Token(arguments) => token::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Regions(arguments) => regions::run(arguments),
        Command::Sandbox(arguments) => sandbox::run(arguments),
        Command::Spec(arguments) => spec::run(arguments),
        Command::Completions(arguments) => {
            completions::completions(arguments, Arguments::command())
        }
        Command::Man(arguments) => completions::man(arguments, Arguments::command()),
    };
    let exit = result.unwrap_or_else(|error| {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            // The program that reads the output has ended. For these commands that is a failure, because
            // results could not be printed.
            return match arguments.command {
                Command::Enroll(_)
                | Command::Report(_)
                | Command::CheckAccess(_)
                | Command::Token(_) => Exit::Failed,
                _ => Exit::Enrolled,
            };
        }
        terminal::say_error(&*error);
        Exit::Usage
    });
    ExitCode::from(exit as u8)
}
