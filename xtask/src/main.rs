//! The maintainer's commands: `cargo xtask COMMAND`. Each command is a module.

use std::{error::Error, io, process::ExitCode};

use clap::Parser;
use xtask::{bench, bless, check, expand, import, publish, release};

/// The maintainer's commands
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
enum Verb {
    Bench(bench::Args),
    Bless(bless::Args),
    Check(check::Args),
    /// Print the Rust that the build generates from the contract
    Expand,
    Import(import::Args),
    Publish(publish::Args),
    Release(release::Args),
}

fn main() -> ExitCode {
    match run(Verb::parse()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(verb: Verb) -> Result<u8, Box<dyn Error>> {
    let (stdin, out) = (&mut io::stdin().lock(), &mut io::stdout().lock());
    let err = &mut io::stderr();
    Ok(match verb {
        Verb::Bench(args) => bench::run(&args, out, err).map(|()| 0)?,
        Verb::Bless(bless::Args {}) => bless::run(out)?,
        Verb::Check(args) => check::run(&args, stdin, out, err)?,
        Verb::Expand => expand::run(out).map(|()| 0)?,
        Verb::Import(args) => import::run(&args, stdin, out, err)?.code(),
        Verb::Publish(args) => publish::run(&args, out, err)?,
        Verb::Release(args) => release::run(&args, out, err)?,
    })
}
