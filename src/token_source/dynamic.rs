//! Sources whose type is forgotten, and asking them whatever they do.

use std::{
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
};

use tokio::time::{Instant, timeout_at};

use super::source::{IssuedToken, TokenSource, TokenSourceError};
use crate::AccessToken;

/// Any [`TokenSource`], whose type is forgotten: for a source that is chosen at run time, or kept in a
/// struct without a type parameter. Clones share the source.
///
/// ```
/// use face_search_enroll::{AccessToken, CachedTokenSource, DynTokenSource, token_source::from_fn};
///
/// # fn source(token: Option<AccessToken>) -> DynTokenSource {
/// match token {
///     Some(constant) => DynTokenSource::new(constant),
///     None => DynTokenSource::new(CachedTokenSource::new(from_fn(|| async {
///         // Ask the vendor's token endpoint here.
///         AccessToken::new("the-token-of-your-account")
///     }))),
/// }
/// # }
/// ```
#[derive(Clone)]
pub struct DynTokenSource {
    source: Arc<dyn Erased>,
}

type Asked<'s> = Pin<Box<dyn Future<Output = Result<IssuedToken, TokenSourceError>> + Send + 's>>;

/// The form of [`TokenSource`] that can be behind a pointer.
trait Erased: Send + Sync {
    /// The deadline is None for no limit.
    fn token(&self, deadline: Option<Instant>) -> Asked<'_>;
    fn tell_refused(&self, token: &AccessToken);
}

impl<S: TokenSource> Erased for S {
    fn token(&self, deadline: Option<Instant>) -> Asked<'_> {
        // The timer is in the box too: most calls ask for a constant token and need no room for it.
        Box::pin(async move {
            match deadline {
                None => ask(self).await,
                Some(deadline) => timeout_at(deadline, ask(self))
                    .await
                    .unwrap_or_else(|_| Err(Unanswered::TooLate.into())),
            }
        })
    }

    fn tell_refused(&self, token: &AccessToken) {
        // A panic in it concerns the source alone; the hook has reported it.
        let _ = catch_unwind(AssertUnwindSafe(|| self.refused(token)));
    }
}

impl DynTokenSource {
    /// Forgets the type of `source`.
    #[must_use]
    pub fn new(source: impl TokenSource) -> Self {
        Self {
            source: Arc::new(source),
        }
    }
}

impl TokenSource for DynTokenSource {
    fn token(&self) -> impl Future<Output = Result<IssuedToken, TokenSourceError>> + Send {
        self.source.token(None)
    }

    fn refused(&self, token: &AccessToken) {
        self.source.tell_refused(token);
    }
}

impl fmt::Debug for DynTokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DynTokenSource(…)")
    }
}

/// Asks a source, and turns a panic in it into an error.
pub(super) async fn ask(source: &impl TokenSource) -> Result<IssuedToken, TokenSourceError> {
    let mut asked = pin!(async { source.token().await });
    poll_fn(move |context| {
        // Nothing of the source is used after its panic but what its next call uses.
        match catch_unwind(AssertUnwindSafe(|| asked.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(_) => Err(Unanswered::Panicked.into()).into(),
        }
    })
    .await
}

/// A constant token, which needs no asking, or a source.
#[derive(Debug, Clone)]
pub(crate) enum TokenSupply {
    Constant(AccessToken),
    Source(DynTokenSource),
}

impl TokenSupply {
    /// The token for an attempt; `deadline` is None for no limit.
    pub(crate) async fn get(
        &self,
        deadline: Option<Instant>,
    ) -> Result<AccessToken, TokenSourceError> {
        match self {
            Self::Constant(token) => Ok(token.clone()),
            Self::Source(source) => Ok(source.source.token(deadline).await?.token),
        }
    }

    /// Whether there may be another token than the one that was given.
    pub(crate) fn can_change(&self) -> bool {
        matches!(self, Self::Source(_))
    }

    pub(crate) fn refused(&self, token: &AccessToken) {
        match self {
            Self::Constant(_) => {}
            Self::Source(source) => source.refused(token),
        }
    }
}

/// A source that gave neither a token nor an error.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    /// What it said may be anything, so it is not repeated.
    #[error("the token source panicked")]
    Panicked,
    #[error("the token source gave none in the time that the call had left")]
    TooLate,
}
