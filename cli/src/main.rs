//! The command line: enrolls faces from a shell, on a region or on the embedded sandbox.

mod advice;
mod completions;
mod digest;
mod enroll;
mod explain;
mod input;
mod journal;
mod record;
mod regions;
mod report;
mod sandbox;
mod shard;
mod signals;
mod spec;
mod tally;
mod target;
mod terminal;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;

/// Enrolls the faces of failed verifications with ADVANCE.AI's Face-Search Enroll.
#[derive(Debug, Parser)]
#[command(
    name = "face-search-enroll",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  face-search-enroll enroll --sandbox 730baa5ab2e34e53
  face-search-enroll enroll --region sg --token-file token.txt --input ids.csv \\
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
    Explain(explain::Arguments),
    Regions(regions::Arguments),
    Sandbox(sandbox::Arguments),
    Spec(spec::Arguments),
    Completions(completions::Completions),
    Man(completions::Manual),
}

/// Why a command was not done.
type Problem = Box<dyn std::error::Error + Send + Sync>;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Writes an object as JSON, a line of its own.
fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// What the exit code says, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Every id is enrolled now.
    Enrolled = 0,
    /// Some ids were rejected.
    Rejected = 1,
    /// The command was wrong, and nothing was sent.
    Usage = 2,
    /// Some ids are not settled yet.
    Failed = 3,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Enroll(arguments) => enroll::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Regions(arguments) => regions::run(arguments),
        Command::Sandbox(arguments) => sandbox::run(arguments),
        Command::Spec(arguments) => spec::run(arguments),
        Command::Completions(arguments) => completions::completions(arguments),
        Command::Man(arguments) => completions::man(arguments),
    };
    let exit = result.unwrap_or_else(|error| {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            // Whoever reads has seen enough. What became of ids cannot be told by then.
            return match arguments.command {
                Command::Enroll(_) | Command::Report(_) => Exit::Failed,
                _ => Exit::Enrolled,
            };
        }
        terminal::say_error(&*error);
        Exit::Usage
    });
    ExitCode::from(exit as u8)
}
