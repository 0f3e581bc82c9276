//! The command line: enrolls faces from a shell, on a region or on the embedded sandbox.
//!
//! A verb is a module, and what verbs share stands below them.

// The verbs.
mod check_access;
mod completions;
mod enroll;
mod explain;
mod regions;
mod report;
mod sandbox;
mod spec;
mod token;

// What becomes of ids.
mod connection_advice;
mod failure_advice;
mod journal;
mod record;
mod status;
mod summary;

// Which ids, which server, and which credentials.
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

// How the command speaks with whoever runs it.
mod exit;
mod numbers;
mod output_format;
mod problem;
mod signals;
mod terminal;

use std::{io, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

use exit::Exit;

/// Enrolls the faces of failed verifications with ADVANCE.AI's Face-Search Enroll.
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
    // Large beside the others.
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
            // The program that reads the output has closed it. Results of ids and of checks can no longer
            // be printed.
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
