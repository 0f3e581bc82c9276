//! `completions` and `man`: shell completions and man pages, generated from the command line.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

use crate::{exit::Exit, problem::Problem};

/// Print a completion script for a shell
///
/// Write the script to the folder where your shell looks for completions, then start a new shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll completions bash \\
      > ~/.local/share/bash-completion/completions/face-search-enroll
  face-search-enroll completions zsh > ~/.zfunc/_face-search-enroll")]
pub(crate) struct Completions {
    /// The shell to complete in
    shell: Shell,
}

/// Print the man page of the program, or of one command
///
/// The page is in roff format, as `man` reads it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll man enroll | man -l -
  face-search-enroll man > ~/.local/share/man/man1/face-search-enroll.1")]
pub(crate) struct Manual {
    /// The command to describe, instead of the whole program
    #[arg(value_name = "COMMAND")]
    of: Option<String>,
}

pub(crate) fn completions(arguments: &Completions, mut command: Command) -> Result<Exit, Problem> {
    let name = command.get_name().to_owned();
    // The script is written to memory first, because the generator panics if it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Exit::Enrolled)
}

pub(crate) fn man(arguments: &Manual, mut command: Command) -> Result<Exit, Problem> {
    // This sets the full names of the subcommands.
    command.build();
    if let Some(name) = &arguments.of {
        let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        let unknown = format!("unknown command {name:?}; use one of {}", names.join(", "));
        command = command.find_subcommand(name).cloned().ok_or(unknown)?;
    }
    let title = command.get_display_name().unwrap_or(command.get_name());
    let title = title.replace(' ', "-").to_uppercase();
    let source = format!("face-search-enroll {}", env!("CARGO_PKG_VERSION"));
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .title(title)
        .section("1")
        .source(source)
        .manual("User Commands")
        .render(&mut page)?;
    io::stdout().lock().write_all(&page)?;
    Ok(Exit::Enrolled)
}
