//! The command for the next run, quoted for a shell.

use std::{env, path::Path};

use face_search_enroll::Proxy;

use crate::server::PROXY_OPTION;

/// The command of this process, with `--resume` if there is a journal to continue.
pub(crate) fn resume_command(journal: Option<&Path>) -> String {
    let words = env::args_os();
    let mut words: Vec<_> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    hide_password(&mut words);
    let resume = "--resume";
    if journal.is_some() && !words.iter().any(|word| word == resume) {
        // It goes directly after the name of the command, because everything after `--` is an id.
        let at = words.iter().position(|word| word == "enroll");
        words.insert(at.map_or(words.len(), |at| at + 1), resume.to_owned());
    }
    // Quoting fails only for a NUL byte, which an argument cannot contain.
    shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default()
}

/// Hides the user name and the password of a proxy.
fn hide_password(words: &mut [String]) {
    let mut is_value = false;
    for word in words {
        let (option, value) = match word.split_once('=') {
            Some((PROXY_OPTION, value)) => ("--proxy=", value),
            _ if is_value => ("", word.as_str()),
            _ => {
                is_value = word == PROXY_OPTION;
                continue;
            }
        };
        is_value = false;
        let shown = Proxy::new(value).map_or_else(|_| "…".to_owned(), |proxy| proxy.to_string());
        *word = format!("{option}{shown}");
    }
}
