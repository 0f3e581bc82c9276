//! A source made of a closure.

use std::fmt;

use super::{
    issued::IssuedToken,
    source::{TokenSource, TokenSourceError},
};

/// Makes a [`TokenSource`] of a closure that returns a future of a token.
///
/// The token may be an [`AccessToken`](crate::AccessToken) or an [`IssuedToken`], which knows until
/// when it is good. The closure is called before every attempt: wrap the source in a
/// [`CachedTokenSource`](crate::CachedTokenSource) if getting a token takes time.
///
/// ```
/// use face_search_enroll::{AccessToken, AccessTokenError, token_source::from_fn};
///
/// let source = from_fn(|| async { AccessToken::new("the-token-of-your-account") });
/// ```
pub fn from_fn<F, A, T, E>(function: F) -> FromFn<F>
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send,
    T: Into<IssuedToken>,
    E: Into<TokenSourceError>,
{
    FromFn { function }
}

/// A source made of a closure by [`from_fn`].
#[derive(Clone, Copy)]
pub struct FromFn<F> {
    function: F,
}

impl<F, A, T, E> TokenSource for FromFn<F>
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send,
    T: Into<IssuedToken>,
    E: Into<TokenSourceError>,
{
    async fn token(&self) -> Result<IssuedToken, TokenSourceError> {
        (self.function)().await.map(Into::into).map_err(Into::into)
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromFn").finish_non_exhaustive()
    }
}
