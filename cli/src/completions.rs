//! `completions` and `man`: what shells and manuals want to know of the command.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

use crate::{exit::Exit, problem::Problem};

/// Print what a shell needs to complete commands and options
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll completions bash > ~/.local/share/bash-completion/completions/face-search-enroll
  face-search-enroll completions zsh > ~/.zfunc/_face-search-enroll")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

/// Print the manual page, of all or of one command
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll man enroll | man -l -
  face-search-enroll man > ~/.local/share/man/man1/face-search-enroll.1")]
pub(crate) struct Manual {
    /// The command that it is of
    #[arg(value_name = "COMMAND")]
    of: Option<String>,
}

pub(crate) fn completions(arguments: &Completions, mut command: Command) -> Result<Exit, Problem> {
    let name = command.get_name().to_owned();
    // Written to memory first: the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Exit::Enrolled)
}

pub(crate) fn man(arguments: &Manual, mut command: Command) -> Result<Exit, Problem> {
    // Subcommands get their full names.
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
