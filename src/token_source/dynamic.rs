//! A source whose type is forgotten.

use std::{error::Error, fmt, pin::Pin, sync::Arc};

use tokio::time::{Instant, timeout_at};

use super::{
    ask::{ask, tell_refused},
    issued::IssuedToken,
    source::{TokenSource, TokenSourceError},
};
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

pub(super) type Asked<'s> =
    Pin<Box<dyn Future<Output = Result<IssuedToken, TokenSourceError>> + Send + 's>>;

/// The form of [`TokenSource`] that can be behind a pointer.
trait Erased: Send + Sync {
    /// The deadline is None for no limit.
    fn token(&self, deadline: Option<Instant>) -> Asked<'_>;
    fn refused(&self, token: &AccessToken);
}

impl<S: TokenSource> Erased for S {
    fn token(&self, deadline: Option<Instant>) -> Asked<'_> {
        // The timer is in the box too: most calls ask for a constant token and need no room for it.
        Box::pin(async move {
            match deadline {
                None => ask(self).await,
                Some(deadline) => timeout_at(deadline, ask(self))
                    .await
                    .unwrap_or_else(|_| Err(TooLate.into())),
            }
        })
    }

    fn refused(&self, token: &AccessToken) {
        tell_refused(self, token);
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

    pub(super) fn token_until(&self, deadline: Option<Instant>) -> Asked<'_> {
        self.source.token(deadline)
    }
}

impl TokenSource for DynTokenSource {
    fn token(&self) -> impl Future<Output = Result<IssuedToken, TokenSourceError>> + Send {
        self.source.token(None)
    }

    fn refused(&self, token: &AccessToken) {
        self.source.refused(token);
    }
}

impl fmt::Debug for DynTokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DynTokenSource(…)")
    }
}

/// A token source that took all the time there was.
#[derive(Debug)]
struct TooLate;

impl fmt::Display for TooLate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token source gave none in the time that the call had left")
    }
}

impl Error for TooLate {}
