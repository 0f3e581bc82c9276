//! The command line: enrolls faces from a shell, on a region or on the embedded sandbox.

mod enroll;
mod record;
mod regions;
mod sandbox;
mod spec;
mod target;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Enrolls the faces of failed verifications with ADVANCE.AI's Face-Search Enroll.
#[derive(Debug, Parser)]
#[command(name = "face-search-enroll", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Enroll(enroll::Arguments),
    Regions(regions::Arguments),
    Sandbox(sandbox::Arguments),
    Spec(spec::Arguments),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
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
        Command::Regions(arguments) => regions::run(arguments),
        Command::Sandbox(arguments) => sandbox::run(arguments),
        Command::Spec(arguments) => spec::run(arguments),
    };
    let exit = result.unwrap_or_else(|error| {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) {
            // Whoever reads has seen enough.
            return Exit::Enrolled;
        }
        eprintln!("error: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            eprintln!("  because: {cause}");
            source = cause.source();
        }
        Exit::Usage
    });
    ExitCode::from(exit as u8)
}
