//! The command for another run, as a shell takes it.

use std::{env, path::Path};

/// The command of this process, with `--resume` if a journal has to be gone on with.
pub(crate) fn resume_command(journal: Option<&Path>) -> String {
    let words = env::args_os();
    let mut words: Vec<_> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let resume = "--resume";
    if journal.is_some() && !words.iter().any(|word| word == resume) {
        // After the name of the command: what follows `--` are ids.
        let at = words.iter().position(|word| word == "enroll");
        words.insert(at.map_or(words.len(), |at| at + 1), resume.to_owned());
    }
    // Only a NUL cannot be quoted, and no word of a command has one.
    shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default()
}
