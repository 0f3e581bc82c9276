//! Reads the two keys of an account from a file.

use std::{fmt::Display, fs::Metadata, path::Path};

use face_search_enroll::Credentials;

use crate::{
    plain_text::{SmallFile, trimmed},
    problem::Problem,
};

/// The optional prefix of the names of the keys.
const PREFIX: &str = "FACE_SEARCH_ENROLL_";

const ACCESS_KEY: &str = "ACCESS_KEY";
const SECRET_KEY: &str = "SECRET_KEY";

/// Reads the keys. With `allow_readable`, other users may be able to read the file too.
pub(crate) fn read(path: &Path, allow_readable: bool) -> Result<Credentials, Problem> {
    let name = path.display();
    let failed = |what: &dyn Display| {
        format!(
            "could not read the credentials file {name}: {what}; pass a file with the access key on one line and the secret key on the next"
        )
    };
    let file = SmallFile::open(path).map_err(|error| failed(&error))?;
    if let Some(mode) = mode_for_others(&file.metadata).filter(|_| !allow_readable) {
        return Err(format!(
            "the credentials file {name} is readable by other users (mode {mode:04o}); run `chmod 600 {name}`, or pass --allow-readable-credentials if that is intended"
        )
        .into());
    }
    let text = file.read().map_err(|what| failed(&what))?;
    let (access_key, secret_key) = keys(&text).map_err(|what| failed(&what))?;
    Credentials::new(access_key, secret_key)
        .map_err(|error| format!("could not use the credentials file {name}: {error}").into())
}

/// The mode of a file, if its group or other users can read it.
#[cfg(unix)]
fn mode_for_others(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;

    let mode = metadata.mode() & 0o7777;
    (mode & 0o044 != 0).then_some(mode)
}

/// Other systems have no modes.
#[cfg(not(unix))]
fn mode_for_others(_: &Metadata) -> Option<u32> {
    None
}

/// The access key and the secret key. The error does not show the text of the file.
fn keys(text: &str) -> Result<(&str, &str), String> {
    let lines = text.lines().map(trimmed);
    let lines: Vec<_> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let access_key = named(&lines, ACCESS_KEY)?;
    let secret_key = named(&lines, SECRET_KEY)?;
    match (access_key, secret_key, &*lines) {
        (Some(access_key), Some(secret_key), _) => Ok((access_key, secret_key)),
        (Some(_), None, _) => Err(format!("it does not set {SECRET_KEY}")),
        (None, Some(_), _) => Err(format!("it does not set {ACCESS_KEY}")),
        (None, None, [first, ..]) if first.starts_with('{') => Err("it looks like JSON".to_owned()),
        (None, None, [access_key, secret_key]) => Ok((unquoted(access_key), unquoted(secret_key))),
        (None, None, _) => Err(format!(
            "expected two lines but found {}, and none that sets {ACCESS_KEY} or {SECRET_KEY}",
            lines.len()
        )),
    }
}

/// The value of the line `NAME=VALUE` with this name.
fn named<'t>(lines: &[&'t str], name: &str) -> Result<Option<&'t str>, String> {
    let mut values = lines.iter().filter_map(|line| {
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (found, value) = line.split_once('=')?;
        let found = found.trim();
        let found = found.strip_prefix(PREFIX).unwrap_or(found);
        found.eq_ignore_ascii_case(name).then(|| unquoted(value))
    });
    let value = values.next();
    if values.next().is_some() {
        return Err(format!("it sets {name} more than once"));
    }
    Ok(value)
}

/// A value without surrounding quotation marks.
fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let within = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value)
}
