//! What a source of tokens does.

use std::{error::Error, future::Future, sync::Arc};

use super::issued::IssuedToken;
use crate::AccessToken;

/// What a source fails with. It must not show the token, nor the key that the token is got with.
pub type TokenSourceError = Box<dyn Error + Send + Sync>;

/// Gives the access token for each attempt of a call, so that changing the token never needs a new
/// client.
///
/// An [`AccessToken`] is a source that gives itself, and an [`Arc`] or a [`Box`] of a source is one
/// too. A source is asked before every attempt: wrap one that takes time in a
/// [`CachedTokenSource`](crate::CachedTokenSource). The [module](crate::token_source) has an example.
///
/// A source that panics fails the call that asked for the token with
/// [`EnrollError::Token`](crate::EnrollError::Token), and is asked again by the next.
pub trait TokenSource: Send + Sync + 'static {
    /// The token for the next attempt.
    ///
    /// # Errors
    ///
    /// Whatever kept the source from giving one. It becomes the source of
    /// [`EnrollError::Token`](crate::EnrollError::Token).
    fn token(&self) -> impl Future<Output = Result<IssuedToken, TokenSourceError>> + Send;

    /// Tells that a server refused `token` as missing, unknown or expired. The next call of
    /// [`token`](Self::token) should give another one: with the same one the call is not repeated.
    fn refused(&self, token: &AccessToken) {
        let _ = token;
    }
}

impl TokenSource for AccessToken {
    async fn token(&self) -> Result<IssuedToken, TokenSourceError> {
        Ok(self.clone().into())
    }
}

/// One source for several clients.
impl<S: TokenSource> TokenSource for Arc<S> {
    fn token(&self) -> impl Future<Output = Result<IssuedToken, TokenSourceError>> + Send {
        S::token(self)
    }

    fn refused(&self, token: &AccessToken) {
        S::refused(self, token);
    }
}

impl<S: TokenSource> TokenSource for Box<S> {
    fn token(&self) -> impl Future<Output = Result<IssuedToken, TokenSourceError>> + Send {
        S::token(self)
    }

    fn refused(&self, token: &AccessToken) {
        S::refused(self, token);
    }
}
