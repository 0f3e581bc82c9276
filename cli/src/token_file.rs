//! Reads a token from a file, and reads it again when the server refuses the token.

use std::{
    fmt::Display,
    path::Path,
    sync::{Mutex, PoisonError},
};

use face_search_enroll::{CachedTokenSource, IssuedToken, TokenSource, token_source::from_fn};

use crate::{plain_text::SmallFile, problem::Problem, token_text};

/// A source of the token in this file. When the server refuses the token, the file is read again, because
/// another program may have renewed it.
pub(crate) fn token_source(path: &Path) -> Result<impl TokenSource + use<>, Problem> {
    let first = Mutex::new(Some(read_token(path)?));
    let path = path.to_owned();
    Ok(CachedTokenSource::new(from_fn(move || {
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let token = first.map_or_else(|| read_token(&path), Ok);
        async { token }
    })))
}

/// Reads the current token in the file.
fn read_token(path: &Path) -> Result<IssuedToken, Problem> {
    let failed = |what: &dyn Display| {
        format!(
            "could not read the token file {}: {what}; pass a file that holds only the token",
            path.display()
        )
    };
    let file = SmallFile::open(path).map_err(|error| failed(&error))?;
    let text = file.read().map_err(|what| failed(&what))?;
    token_text::read(&text).map_err(|what| {
        let name = path.display();
        format!("the token file {name} {what}").into()
    })
}
