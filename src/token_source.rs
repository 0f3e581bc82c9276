//! Where tokens come from while a client lives: a constant, a closure, or a source of the caller's
//! own. Keeping a token until it is about to expire is left to
//! [`CachedTokenSource`](crate::CachedTokenSource).

use std::{
    error::Error,
    fmt,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::time::{Instant, timeout_at};

use crate::AccessToken;

/// What a source fails with. It must not show the token, nor the key that the token is got with.
pub type TokenSourceError = Box<dyn Error + Send + Sync>;

/// Gives the access token for each attempt of a call, so that changing the token never needs a new
/// client.
///
/// An [`AccessToken`] is a source that gives itself; a closure that returns a future is one too, and
/// so is an [`Arc`] of a source. A source is asked before every attempt: wrap one that takes time in a
/// [`CachedTokenSource`](crate::CachedTokenSource).
///
/// ```
/// use face_search_enroll::{AccessToken, CachedTokenSource, Client, IssuedToken, Region};
/// use std::time::Duration;
///
/// let key = String::from("what a token is got with");
/// let source = CachedTokenSource::new(move || {
///     let key = key.clone();
///     async move {
///         // Ask the vendor's token endpoint here, with the key.
///         # drop(key);
///         let token = AccessToken::new("the-token-of-your-account")?;
///         Ok::<_, Box<dyn std::error::Error + Send + Sync>>(
///             IssuedToken::new(token).expires_in(Duration::from_secs(3600)),
///         )
///     }
/// });
/// let client = Client::builder(Region::Singapore).token_source(source).build()?;
/// # Ok::<(), face_search_enroll::BuildError>(())
/// ```
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

/// A token, and until when it is good if that is known.
#[derive(Debug, Clone)]
#[must_use]
pub struct IssuedToken {
    pub(crate) token: AccessToken,
    pub(crate) issued: Instant,
    pub(crate) expiry: Option<Instant>,
}

impl IssuedToken {
    /// A token that was issued just now and is good until a server refuses it.
    pub fn new(token: AccessToken) -> Self {
        Self {
            token,
            issued: Instant::now(),
            expiry: None,
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
}

impl From<AccessToken> for IssuedToken {
    fn from(token: AccessToken) -> Self {
        Self::new(token)
    }
}

impl TokenSource for AccessToken {
    async fn token(&self) -> Result<IssuedToken, TokenSourceError> {
        Ok(self.clone().into())
    }
}

impl<F, A, T, E> TokenSource for F
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<T, E>> + Send,
    T: Into<IssuedToken>,
    E: Into<TokenSourceError>,
{
    async fn token(&self) -> Result<IssuedToken, TokenSourceError> {
        self().await.map(Into::into).map_err(Into::into)
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

/// Asks a source, and turns a panic in it into an error.
pub(crate) async fn ask(source: &impl TokenSource) -> Result<IssuedToken, TokenSourceError> {
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

/// A source whose type is forgotten.
type Asked<'s> = Pin<Box<dyn Future<Output = Result<IssuedToken, TokenSourceError>> + Send + 's>>;

pub(crate) trait AnySource: Send + Sync {
    /// None for no deadline.
    fn ask(&self, deadline: Option<Instant>) -> Asked<'_>;
    fn refused(&self, token: &AccessToken);
}

impl<S: TokenSource> AnySource for S {
    fn ask(&self, deadline: Option<Instant>) -> Asked<'_> {
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
        // A panic in it concerns the source alone; the hook has reported it.
        let _ = catch_unwind(AssertUnwindSafe(|| TokenSource::refused(self, token)));
    }
}

/// Where a client gets its tokens from.
#[derive(Clone)]
pub(crate) enum Tokens {
    Constant(AccessToken),
    Source(Arc<dyn AnySource>),
}

impl Tokens {
    pub(crate) async fn get(
        &self,
        deadline: Option<Instant>,
    ) -> Result<AccessToken, TokenSourceError> {
        match self {
            Self::Constant(token) => Ok(token.clone()),
            Self::Source(source) => Ok(source.ask(deadline).await?.token),
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

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(token) => token.fmt(f),
            Self::Source(_) => f.write_str("TokenSource(…)"),
        }
    }
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

/// A token source that took all the time there was.
#[derive(Debug)]
struct TooLate;

impl fmt::Display for TooLate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token source gave none in the time that the call had left")
    }
}

impl Error for TooLate {}
