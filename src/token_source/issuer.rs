//! A token source that requests tokens with the keys of an account, from the server of the client.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use face_search_enroll_runtime::{
    pace::Turn,
    token_source::{SharedError, TokenFuture},
};
use tokio::time::Instant;

use super::answer::issued;
use crate::{
    Credentials, IssuedToken, TokenError, TokenSource, TokenSourceError,
    call::call,
    client_core::ClientCore,
    generated::facts::generate_token::Outcome as TokenOutcome,
    operation::{GenerateToken, Success},
    signing::SignedRequest,
};

/// How long the same error is returned without a request, after a refusal that a retry cannot change.
const REFUSED: Duration = Duration::from_secs(60);

/// A token source that calls the token operation.
pub(crate) struct Issuer {
    core: Arc<ClientCore>,
    credentials: Credentials,
    /// How many seconds the clock of the server is ahead of the clock of this machine. It is 0 until the
    /// server refuses a time.
    clock_offset: AtomicI64,
    /// The last refusal that a retry cannot change, and its time.
    refusal: Mutex<Option<(SharedError, Instant)>>,
}

impl Issuer {
    /// Creates a source. `core` has the server and the limits of the calls.
    pub(crate) fn new(core: Arc<ClientCore>, credentials: Credentials) -> Self {
        Self {
            core,
            credentials,
            clock_offset: AtomicI64::new(0),
            refusal: Mutex::default(),
        }
    }

    async fn issue(&self) -> Result<IssuedToken, TokenSourceError> {
        if let Some(refusal) = self.refusal() {
            return Err(refusal.into());
        }
        let offset = self.clock_offset.load(Ordering::Relaxed);
        let mut result = self.ask(offset).await;
        if let Some(offset) = result.as_ref().err().and_then(learned_offset) {
            self.clock_offset.store(offset, Ordering::Relaxed);
            result = self.ask(offset).await;
        }
        match result {
            Ok(success) => {
                let learned = self.clock_offset.load(Ordering::Relaxed);
                let learned = (learned != 0).then_some(learned);
                let offset = success.answer.clock_offset.or(learned);
                let period = u64::try_from(self.credentials.period).ok();
                Ok(issued(
                    success.data,
                    offset,
                    period.map(Duration::from_secs),
                )?)
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    async fn ask(&self, clock_offset: i64) -> Result<Success<GenerateToken>, TokenError> {
        let request = SignedRequest::new(&self.credentials, clock_offset);
        call::<GenerateToken>(&self.core, Ok(request), None, Turn::alone()).await
    }

    /// The last refusal, if it is recent.
    fn refusal(&self) -> Option<SharedError> {
        let refusal = self.refusal.lock().unwrap_or_else(PoisonError::into_inner);
        let (error, at) = refusal.as_ref()?;
        (at.elapsed() < REFUSED).then(|| error.clone())
    }

    fn failed(&self, error: TokenError) -> TokenSourceError {
        let is_final = error
            .outcome()
            .is_some_and(|outcome| !outcome.is_retryable());
        let error = SharedError::new(Arc::new(error) as Arc<dyn std::error::Error + Send + Sync>);
        if is_final {
            let mut refusal = self.refusal.lock().unwrap_or_else(PoisonError::into_inner);
            *refusal = Some((error.clone(), Instant::now()));
        }
        error.into()
    }
}

/// The offset of the server's clock, if the server refused the time of the request.
fn learned_offset(error: &TokenError) -> Option<i64> {
    let is_time = error.outcome() == Some(TokenOutcome::WrongTime);
    error.answer()?.clock_offset.filter(|_| is_time)
}

impl TokenSource for Issuer {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(self.issue())
    }
}
