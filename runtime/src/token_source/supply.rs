//! Asking a token source for a token, even if the source panics or takes too long.

use std::{
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use tokio::time::{Instant, timeout_at};

use super::source::{IssuedToken, TokenSource, TokenSourceError};
use crate::AccessToken;

/// The origin of the token of an attempt.
#[derive(Clone)]
pub enum TokenSupply {
    /// There is no token, for operations that take none.
    None,
    /// Always the same token.
    Constant(AccessToken),
    /// A source, which is asked for each attempt.
    Source(Arc<dyn TokenSource>),
}

impl TokenSupply {
    /// Returns the token for an attempt. A `deadline` of None means no limit.
    ///
    /// # Errors
    ///
    /// Returns the error of the source, or why the source returned neither a token nor an error.
    #[inline]
    pub async fn get(&self, deadline: Option<Instant>) -> Result<AccessToken, TokenSourceError> {
        match self {
            Self::Constant(token) => Ok(token.clone()),
            // Boxed, so that a call with a constant token does not reserve space for the timer.
            _ => Ok(Box::pin(self.issued(deadline)).await?.token),
        }
    }

    /// Does the same as [`get`](Self::get), but returns the token with its expiry.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`get`](Self::get).
    pub async fn issued(&self, deadline: Option<Instant>) -> Result<IssuedToken, TokenSourceError> {
        let source = match self {
            Self::None => return Err(Unanswered::NoSource.into()),
            Self::Constant(token) => return Ok(token.clone().into()),
            Self::Source(source) => &**source,
        };
        match deadline {
            None => ask(source).await,
            Some(deadline) => timeout_at(deadline, ask(source))
                .await
                .unwrap_or_else(|_| Err(Unanswered::TooLate.into())),
        }
    }

    /// Whether the next token can differ from the last one.
    #[must_use]
    #[inline]
    pub fn can_change(&self) -> bool {
        matches!(self, Self::Source(_))
    }

    /// Notifies the source that a server refused `token`.
    pub fn refused(&self, token: &AccessToken) {
        if let Self::Source(source) = self {
            // The panic hook has already reported the panic. A panic in the source must not end the call.
            let _ = catch_unwind(AssertUnwindSafe(|| source.refused(token)));
        }
    }
}

impl fmt::Debug for TokenSupply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSupply(…)")
    }
}

/// Asks a source, and turns a panic in it into an error.
pub(super) async fn ask(source: &dyn TokenSource) -> Result<IssuedToken, TokenSourceError> {
    let panicked = |_| Err(Unanswered::Panicked.into());
    let mut asked = match catch_unwind(AssertUnwindSafe(|| source.token())) {
        Ok(asked) => asked,
        Err(panic) => return panicked(panic),
    };
    poll_fn(move |context| {
        // Unwind safe, because only the source itself sees its state after a panic.
        catch_unwind(AssertUnwindSafe(|| asked.as_mut().poll(context)))
            .unwrap_or_else(|panic| panicked(panic).into())
    })
    .await
}

/// Why a source returned neither a token nor an error.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error("the client has no token source")]
    NoSource,
    /// The panic message is not repeated: it may contain a secret.
    #[error("the token source panicked")]
    Panicked,
    #[error("the token source did not return a token in the time that was left for the call")]
    TooLate,
}
