//! The command for another run, as a shell takes it.

use std::{env, path::Path};

/// The command of this process, with `--resume` if a journal has to be gone on with.
pub(crate) fn command(journal: Option<&Path>) -> String {
    let mut words: Vec<_> = env::args_os()
        .map(|word| quoted(&word.to_string_lossy()))
        .collect();
    let resume = "--resume";
    if journal.is_some() && !words.iter().any(|word| word == resume) {
        // After the name of the command: what follows `--` are ids.
        let at = words.iter().position(|word| word == "enroll");
        words.insert(at.map_or(words.len(), |at| at + 1), resume.to_owned());
    }
    words.join(" ")
}

/// A word that a POSIX shell takes as it stands.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=@%+,".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
