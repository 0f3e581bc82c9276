//! The chores of this repository: `cargo xtask VERB`. A verb is a file.

use std::{io, process::ExitCode};

use clap::Parser;
use xtask::{bench, check, expand, import, publish, release};

/// The chores of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
enum Verb {
    Bench(bench::Args),
    Check(check::Args),
    /// Print the Rust that the build makes of the contract
    Expand,
    Import(import::Args),
    Publish(publish::Args),
    Release(release::Args),
}

fn main() -> ExitCode {
    let out = &mut io::stdout().lock();
    let code = match Verb::parse() {
        Verb::Bench(args) => bench::run(&args, out, &mut io::stderr()).map(|()| 0),
        Verb::Check(args) => {
            check::run(&args, &mut io::stdin().lock(), out, &mut io::stderr()).map_err(Into::into)
        }
        Verb::Expand => expand::run(out).map(|()| 0),
        Verb::Import(args) => import::run(&args, &mut io::stdin().lock(), out, &mut io::stderr())
            .map(import::ImportStatus::code)
            .map_err(Into::into),
        Verb::Publish(args) => publish::run(&args, out, &mut io::stderr()).map_err(Into::into),
        Verb::Release(args) => release::run(&args, out, &mut io::stderr()).map_err(Into::into),
    };
    match code {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
