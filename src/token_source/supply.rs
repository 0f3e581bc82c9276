//! Asking a source, whatever it does.

use std::{
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use tokio::time::{Instant, timeout_at};

use super::source::{IssuedToken, TokenSource, TokenSourceError};
use crate::AccessToken;

/// Where the token of an attempt comes from.
#[derive(Clone)]
pub(crate) enum TokenSupply {
    /// For operations that take no token.
    None,
    /// It needs no asking.
    Constant(AccessToken),
    Source(Arc<dyn TokenSource>),
}

impl TokenSupply {
    /// The token for an attempt; `deadline` is None for no limit.
    pub(crate) async fn get(
        &self,
        deadline: Option<Instant>,
    ) -> Result<AccessToken, TokenSourceError> {
        match self {
            Self::Constant(token) => Ok(token.clone()),
            // In a box: most calls have a constant token and need no room for the timer.
            _ => Ok(Box::pin(self.issued(deadline)).await?.token),
        }
    }

    /// The same, with its expiry.
    pub(crate) async fn issued(
        &self,
        deadline: Option<Instant>,
    ) -> Result<IssuedToken, TokenSourceError> {
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

    /// Whether there may be another token than the one that was given.
    pub(crate) fn can_change(&self) -> bool {
        matches!(self, Self::Source(_))
    }

    pub(crate) fn refused(&self, token: &AccessToken) {
        if let Self::Source(source) = self {
            // A panic in it concerns the source alone; the hook has reported it.
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
        // Nothing of the source is used after its panic but what its next call uses.
        catch_unwind(AssertUnwindSafe(|| asked.as_mut().poll(context)))
            .unwrap_or_else(|panic| panicked(panic).into())
    })
    .await
}

/// Why there is neither a token nor an error of a source.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error("there is no source of tokens")]
    NoSource,
    /// What it said may be anything, so it is not repeated.
    #[error("the token source panicked")]
    Panicked,
    #[error("the token source gave none in the time that the call had left")]
    TooLate,
}
