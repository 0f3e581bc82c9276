//! What a source of tokens does, and sources made of a constant, a closure, or another source.

use std::{
    error::Error,
    fmt,
    pin::Pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::Instant;

use crate::AccessToken;

/// What a source fails with. It must not show the token, nor the key that the token is got with.
pub type TokenSourceError = Box<dyn Error + Send + Sync>;

/// What [`TokenSource::token`] returns.
pub type TokenFuture<'s> =
    Pin<Box<dyn Future<Output = Result<IssuedToken, TokenSourceError>> + Send + 's>>;

/// Gives the access token for each attempt of a call, so that changing the token never needs a new
/// client.
///
/// Most sources are a closure; see [`from_fn`]. An [`AccessToken`] is a source that gives itself. An
/// [`Arc`] or a [`Box`] of a source is one too, also of a `dyn TokenSource` that is chosen at run time.
/// A source is asked before every attempt: wrap one that takes time in a
/// [`CachedTokenSource`](crate::CachedTokenSource).
///
/// A source that panics fails the call that asked for the token with
/// [`EnrollError::Token`](crate::EnrollError::Token), and is asked again by the next.
pub trait TokenSource: Send + Sync + 'static {
    /// The token for the next attempt: `Box::pin(async move { … })`.
    ///
    /// # Errors
    ///
    /// Whatever kept the source from giving one. It becomes the source of
    /// [`EnrollError::Token`](crate::EnrollError::Token).
    fn token(&self) -> TokenFuture<'_>;

    /// Tells that a server refused `token` as missing, unknown or expired. The next call of
    /// [`token`](Self::token) should give another one: with the same one the call is not repeated.
    fn refused(&self, token: &AccessToken) {
        let _ = token;
    }
}

impl TokenSource for AccessToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(self.clone().into()) })
    }
}

macro_rules! pointers {
    ($($pointer:ident),*) => {
        $(impl<S: TokenSource + ?Sized> TokenSource for $pointer<S> {
            fn token(&self) -> TokenFuture<'_> {
                S::token(self)
            }

            fn refused(&self, token: &AccessToken) {
                S::refused(self, token);
            }
        })*
    };
}

pointers!(Arc, Box);

/// Makes a [`TokenSource`] of a closure that returns a future of a token.
///
/// The token may be an [`AccessToken`](crate::AccessToken) or an [`IssuedToken`], which knows until
/// when it is good. The closure is called before every attempt: wrap the source in a
/// [`CachedTokenSource`](crate::CachedTokenSource) if getting a token takes time.
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
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { (self.function)().await.map(Into::into).map_err(Into::into) })
    }
}

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromFn").finish_non_exhaustive()
    }
}

/// A token, and until when it is good if that is known.
#[derive(Debug, Clone)]
#[must_use]
pub struct IssuedToken {
    pub(super) token: AccessToken,
    pub(super) issued: Instant,
    pub(super) expiry: Option<Instant>,
    pub(super) clock_offset: Option<i64>,
}

impl IssuedToken {
    /// A token that was issued just now and is good until a server refuses it.
    pub fn new(token: AccessToken) -> Self {
        Self {
            token,
            issued: Instant::now(),
            expiry: None,
            clock_offset: None,
        }
    }

    /// The token is good for this long from its issue.
    pub fn expires_in(mut self, life: Duration) -> Self {
        // An expiry beyond what a clock can tell is none.
        self.expiry = self.issued.checked_add(life);
        self
    }

    /// The token is good until then, by this machine's clock; a time in the past is now.
    pub fn expires_at(self, time: SystemTime) -> Self {
        let life = time.duration_since(SystemTime::now()).unwrap_or_default();
        self.expires_in(life)
    }

    /// The token itself.
    #[must_use]
    pub fn token(&self) -> &AccessToken {
        &self.token
    }

    /// When the token expires, by this machine's clock; nothing if that is not known.
    #[must_use]
    pub fn expiry(&self) -> Option<SystemTime> {
        let left = self.expiry?.saturating_duration_since(Instant::now());
        SystemTime::now().checked_add(left)
    }

    /// By how many seconds the clock of the server that issued the token is ahead of that of this
    /// machine, negative if it is behind; nothing if that is not known.
    #[must_use]
    pub fn clock_offset(&self) -> Option<i64> {
        self.clock_offset
    }
}

impl From<AccessToken> for IssuedToken {
    fn from(token: AccessToken) -> Self {
        Self::new(token)
    }
}
