//! The trait of token sources, and sources made from a constant, a closure or another source.

use std::{
    error::Error,
    fmt,
    pin::Pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::Instant;

use crate::AccessToken;

/// The error of a token source. It must not contain a token or a key.
pub type TokenSourceError = Box<dyn Error + Send + Sync>;

/// The future that [`TokenSource::token`] returns.
pub type TokenFuture<'s> =
    Pin<Box<dyn Future<Output = Result<IssuedToken, TokenSourceError>> + Send + 's>>;

/// A source that returns the access token for each attempt of a call.
///
/// With a source, the token can change while the client stays the same. Most sources are closures; see
/// [`from_fn`]. An [`AccessToken`] is a source that returns itself. An [`Arc`] or a [`Box`] of a source is also a
/// source, even of a `dyn TokenSource` that is chosen at run time. The client asks the source before every
/// attempt, so wrap a slow source in a [`CachedTokenSource`](super::CachedTokenSource).
///
/// If a source panics, the call that asked for the token fails as if the source had returned an error. The
/// next call asks the source again.
pub trait TokenSource: Send + Sync + 'static {
    /// Returns the token for the next attempt, as `Box::pin(async move { … })`.
    ///
    /// # Errors
    ///
    /// Any error that prevents the source from getting a token. It becomes the `source` of the error of the call.
    fn token(&self) -> TokenFuture<'_>;

    /// Called after a server has refused `token` as missing, unknown or expired.
    ///
    /// The next call of [`token`](Self::token) should return another token. The client does not retry with the
    /// same one. The default does nothing.
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

/// Makes a [`TokenSource`] from a closure that returns a future of a token.
///
/// The token may be an [`AccessToken`], or an [`IssuedToken`] with an expiry. The closure is called before every
/// attempt. If getting a token takes time, wrap the source in a
/// [`CachedTokenSource`](super::CachedTokenSource).
pub fn from_fn<F, A, T, E>(function: F) -> FromFn<F>
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send,
    T: Into<IssuedToken>,
    E: Into<TokenSourceError>,
{
    FromFn { function }
}

/// A source that [`from_fn`] makes from a closure.
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

/// A token with its expiry, if that is known.
#[derive(Debug, Clone)]
#[must_use]
pub struct IssuedToken {
    pub(super) token: AccessToken,
    pub(super) issued: Instant,
    pub(super) expiry: Option<Instant>,
    clock_offset: Option<i64>,
}

impl IssuedToken {
    /// Creates a token that was issued just now and has no known expiry.
    pub fn new(token: AccessToken) -> Self {
        Self {
            token,
            issued: Instant::now(),
            expiry: None,
            clock_offset: None,
        }
    }

    /// Sets how long after its issue the token expires.
    pub fn expires_in(mut self, life: Duration) -> Self {
        // A time that is too far in the future means no expiry.
        self.expiry = self.issued.checked_add(life);
        self
    }

    /// Sets when the token expires, by the clock of this machine. A time in the past means now.
    pub fn expires_at(self, time: SystemTime) -> Self {
        let life = time.duration_since(SystemTime::now()).unwrap_or_default();
        self.expires_in(life)
    }

    /// Sets how many seconds the clock of the server is ahead of the clock of this machine.
    #[doc(hidden)]
    pub fn with_clock_offset(mut self, seconds: Option<i64>) -> Self {
        self.clock_offset = seconds;
        self
    }

    /// The token itself.
    #[must_use]
    pub fn token(&self) -> &AccessToken {
        &self.token
    }

    /// When the token expires, by the clock of this machine. None if that is not known.
    #[must_use]
    pub fn expiry(&self) -> Option<SystemTime> {
        let left = self.expiry?.saturating_duration_since(Instant::now());
        SystemTime::now().checked_add(left)
    }

    /// How many seconds the clock of the server is ahead of the clock of this machine. Negative if it is behind,
    /// and None if that is not known.
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
