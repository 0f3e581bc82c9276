//! A cache for a token. One task renews the token before it expires, no matter how many calls wait.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    runtime::Handle,
    sync::watch,
    time::{Instant, timeout_at},
};

use super::{
    shared_error::SharedError,
    source::{IssuedToken, TokenFuture, TokenSource, TokenSourceError},
    supply::ask,
};
use crate::{AccessToken, log};

/// How long before its expiry a token is renewed, if its lifetime allows that.
const RESERVE: Duration = Duration::from_secs(30);

/// The timeout of a renewal.
pub const RENEWAL_LIMIT: Duration = Duration::from_secs(30);

/// After this time, a renewal must be on a runtime that is blocked. Another renewal is then started.
const STALLED: Duration = RENEWAL_LIMIT.saturating_add(Duration::from_secs(1));

/// The maximum delay after the first failed renewal. It doubles with each further failure.
const FIRST_DELAY: Duration = Duration::from_millis(200);
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// Caches the token of another source, and renews it before it expires.
///
/// A separate task asks the source, one request at a time, no matter how many calls wait. A token is renewed
/// after four fifths of its lifetime, or 30 s before it expires if that is earlier. A token that lives for less
/// than a minute is renewed after half of its lifetime. Calls use the old token until it expires, even if a
/// renewal fails. After that, they wait for the renewal. A token without a known expiry is kept until a server
/// refuses it.
///
/// If the source fails, it is asked again after a delay that grows from 0.2 s to 30 s. Until then, calls that
/// need a new token fail with the same error.
///
/// Clones share the cached token.
pub struct CachedTokenSource<S> {
    shared: Arc<Shared<S>>,
}

struct Shared<S> {
    source: S,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    cached: Option<IssuedToken>,
    /// The running renewal, and when it began.
    renewal: Option<(Renewal, Instant)>,
    failed: Option<FailedRenewal>,
}

/// The last renewal, if it failed.
struct FailedRenewal {
    error: SharedError,
    /// How many renewals failed in a row.
    times: u32,
    /// When the source may be asked again.
    retry_at: Instant,
}

/// Receives the result of a renewal once it has ended. All calls that waited share its error.
type Renewal = watch::Receiver<Option<Result<IssuedToken, SharedError>>>;

impl<S: TokenSource> CachedTokenSource<S> {
    /// Creates a cache for the tokens of `source`. The source is first asked when a call needs a token.
    #[must_use]
    pub fn new(source: S) -> Self {
        Self {
            shared: Arc::new(Shared {
                source,
                state: Mutex::default(),
            }),
        }
    }

    /// Returns the cached token, or else the renewal to wait for, and until when.
    fn cached_or_renewal(
        &self,
    ) -> Result<Result<IssuedToken, (Renewal, Instant)>, TokenSourceError> {
        let now = Instant::now();
        let mut state = self.shared.state();
        let renewal = state.renewal.as_ref();
        let renewing = renewal.is_some_and(|(renewal, begun)| {
            // If its runtime was shut down, the task is gone. If its runtime is blocked, it does not end.
            renewal.has_changed().is_ok() && now < *begun + STALLED
        });
        match &state.cached {
            Some(cached) if cached.is_valid(now) => {
                let cached = cached.clone();
                if cached.is_due(now) && !renewing && state.failure(now).is_none() {
                    // If no renewal can be started, the cached token can still be used.
                    let _ = self.renew(&mut state);
                }
                Ok(Ok(cached))
            }
            _ => match &state.renewal {
                Some((renewal, begun)) if renewing => Ok(Err((renewal.clone(), *begun + STALLED))),
                _ => match state.failure(now) {
                    Some(error) => Err(error.into()),
                    None => self.renew(&mut state).map(Err),
                },
            },
        }
    }

    /// Starts a renewal. It continues if the call that started it is dropped.
    fn renew(&self, state: &mut State) -> Result<(Renewal, Instant), TokenSourceError> {
        let runtime = Handle::try_current()?;
        let (sender, renewal) = watch::channel(None);
        let shared = Arc::clone(&self.shared);
        let begun = Instant::now();
        runtime.spawn(async move {
            let asked = timeout_at(begun + RENEWAL_LIMIT, ask(&shared.source)).await;
            let result = asked.unwrap_or_else(|_| Err(NotInTime.into()));
            let result = shared.keep(result, begun);
            // This fails if no call is waiting any longer.
            let _ = sender.send(Some(result));
        });
        state.renewal = Some((renewal.clone(), begun));
        Ok((renewal, begun + STALLED))
    }
}

impl<S> Shared<S> {
    /// The state is consistent at any time, even after a panic.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores the result of the renewal that began at this time.
    fn keep(
        &self,
        result: Result<IssuedToken, TokenSourceError>,
        begun: Instant,
    ) -> Result<IssuedToken, SharedError> {
        let mut state = self.state();
        // If this renewal stalled, another one has replaced it, and calls wait for that one.
        let is_current = state.renewal.as_ref().is_some_and(|(_, at)| *at == begun);
        if is_current {
            state.renewal = None;
        }
        match result {
            Ok(issued) => {
                if is_current || state.cached.is_none() {
                    state.cached = Some(issued.clone());
                    state.failed = None;
                }
                drop(state);
                let life = issued.expiry.map(|expiry| expiry - issued.issued);
                log::token_renewed(life);
                Ok(issued)
            }
            Err(error) => {
                let times = state.failed.as_ref().map_or(0, |failed| failed.times);
                let delay = FIRST_DELAY
                    .saturating_mul(1_u32.checked_shl(times).unwrap_or(u32::MAX))
                    .min(LONGEST_DELAY)
                    // Random, so that programs that failed together do not all retry at the same time.
                    .mul_f64(1.0 - fastrand::f64() / 2.0);
                let mut error = SharedError::of(error);
                error.retry_at = Instant::now().checked_add(delay);
                state.failed = error.retry_at.map(|retry_at| FailedRenewal {
                    error: error.clone(),
                    times: times.saturating_add(1),
                    retry_at,
                });
                drop(state);
                log::token_not_renewed();
                Err(error)
            }
        }
    }
}

impl State {
    /// The error to return until the source may be asked again.
    fn failure(&self, now: Instant) -> Option<SharedError> {
        let failed = self.failed.as_ref()?;
        (now < failed.retry_at).then(|| failed.error.clone())
    }
}

impl<S: TokenSource> TokenSource for CachedTokenSource<S> {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async {
            loop {
                let (mut renewal, end) = match self.cached_or_renewal()? {
                    Ok(cached) => return Ok(cached),
                    Err(renewal) => renewal,
                };
                // If a renewal ended without a result, its task was dropped. Start another one.
                if let Ok(Ok(result)) = timeout_at(end, renewal.wait_for(Option::is_some)).await
                    && let Some(result) = &*result
                {
                    return result.clone().map_err(Into::into);
                }
            }
        })
    }

    fn refused(&self, token: &AccessToken) {
        let mut state = self.shared.state();
        // The refused token may be older than the cached one.
        if state
            .cached
            .as_ref()
            .is_some_and(|cached| cached.token == *token)
        {
            state.cached = None;
        }
        drop(state);
        self.shared.source.refused(token);
    }
}

impl IssuedToken {
    /// Whether the token has not expired.
    fn is_valid(&self, now: Instant) -> bool {
        self.expiry.is_none_or(|expiry| now < expiry)
    }

    /// Whether it is time to renew the token.
    fn is_due(&self, now: Instant) -> bool {
        let Some(expiry) = self.expiry else {
            return false;
        };
        let life = expiry - self.issued;
        let early = (life / 5 * 4).min(life.saturating_sub(RESERVE));
        now >= self.issued + early.max(life / 2)
    }
}

impl<S> Clone for CachedTokenSource<S> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<S> fmt::Debug for CachedTokenSource<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedTokenSource").finish_non_exhaustive()
    }
}

/// The error if the source returned neither a token nor an error.
#[derive(Debug, thiserror::Error)]
#[error("the token source did not return a token within {} s", RENEWAL_LIMIT.as_secs())]
struct NotInTime;
