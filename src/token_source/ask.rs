//! Asking a source, whatever it does.

use std::{
    error::Error,
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
};

use super::{
    issued::IssuedToken,
    source::{TokenSource, TokenSourceError},
};
use crate::AccessToken;

/// Asks a source, and turns a panic in it into an error.
pub(super) async fn ask(source: &impl TokenSource) -> Result<IssuedToken, TokenSourceError> {
    let mut asked = pin!(async { source.token().await });
    poll_fn(move |context| {
        // Nothing of the source is used after its panic but what its next call uses.
        match catch_unwind(AssertUnwindSafe(|| asked.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(_) => Err(Panicked.into()).into(),
        }
    })
    .await
}

/// Tells a source that a server refused its token.
pub(super) fn tell_refused(source: &impl TokenSource, token: &AccessToken) {
    // A panic in it concerns the source alone; the hook has reported it.
    let _ = catch_unwind(AssertUnwindSafe(|| source.refused(token)));
}

/// A source that panicked. What it said may be anything, so it is not repeated.
#[derive(Debug)]
struct Panicked;

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token source panicked")
    }
}

impl Error for Panicked {}
