//! One call: tokens are got, attempts are made, delays are waited for, until the call is settled, may
//! not go on, or has no time left.

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll, time::Duration};

use tokio::{
    runtime::Handle,
    time::{Instant, sleep},
};
use tracing::Instrument;

use crate::{
    AccessToken, CallContext, CallError, Connect, ConnectReason, Endpoint, Invalid, IssuedToken,
    NoToken, Retry, TokenSourceError,
    attempt::{Attempt, ReadAnswer},
    client_core::ClientCore,
    log,
    operation::{CallResult, Operation, Success},
    outcome::OutcomeKind,
    pacer::{Pacer, Slot},
    progress::Progress,
    retry::{FailedAttempt, RetryDecision},
    token_source::cached::SharedError,
};

/// The pace of many calls, and the right to begin the first attempt at it. None for a call alone.
pub(crate) type Pace<'p> = Option<(&'p Pacer, Slot)>;

/// Makes a call, if the request may be sent, and logs it. `id` names the request.
pub(crate) async fn call<O: Operation>(
    core: &Arc<ClientCore>,
    request: Result<O::Request, Invalid>,
    id: Option<&str>,
    pace: Pace<'_>,
) -> CallResult<O> {
    let span = O::span(&core.endpoint);
    span.in_scope(|| log::call_begun::<O::Outcome>(id));
    let result = match request {
        Ok(_) if Handle::try_current().is_err() => Err(without_runtime(&core.endpoint)),
        Ok(request) => {
            let mut call = Call::<O>::new(core, request, pace);
            let read = call.attempts().instrument(span.clone()).await;
            read.map(|read| call.success(read))
        }
        Err(invalid) => Err(invalid.into()),
    };
    log::call_ended(&span, &result);
    result
}

/// There is nothing to make a call on, or there was and it has been shut down under the call.
pub(crate) fn without_runtime<O>(endpoint: &Endpoint) -> CallError<O> {
    CallError::Connect(Box::new(Connect {
        call: Progress::begin().context(endpoint),
        reason: ConnectReason::NoRuntime,
        proxy_status: None,
        source: "call it within a tokio runtime, for example in `Runtime::block_on`".into(),
    }))
}

/// The token that the next call carries.
pub(crate) async fn issued_token(core: &ClientCore) -> Result<IssuedToken, Box<NoToken>> {
    let progress = Progress::begin();
    let deadline = progress.deadline(core.time_limit);
    let issued = match Handle::try_current() {
        Ok(_) => core.tokens.issued(deadline).await,
        Err(error) => Err(error.into()),
    };
    issued.map_err(|error| Box::new(no_token(progress.context(&core.endpoint), error)))
}

fn no_token(call: CallContext, error: TokenSourceError) -> NoToken {
    log::no_token();
    // What the caller's source gave is what the caller gets, also from a cache.
    let SharedError { error, retry_at } = SharedError::of(error);
    NoToken {
        call,
        retry_after: retry_at.map(|at| at.saturating_duration_since(Instant::now())),
        source: error,
    }
}

/// A call under way.
struct Call<'c, O: Operation> {
    core: &'c Arc<ClientCore>,
    request: O::Request,
    /// What attempts wait for, if anything.
    pacer: Option<&'c Pacer>,
    /// The right to begin the next attempt, if the call has it.
    slot: Option<Slot>,
    progress: Progress,
}

type Failure<O> = CallError<<O as Operation>::Outcome>;

impl<'c, O: Operation> Call<'c, O> {
    fn new(core: &'c Arc<ClientCore>, request: O::Request, pace: Pace<'c>) -> Self {
        let (pacer, slot) = pace.unzip();
        Self {
            core,
            request,
            pacer,
            slot,
            progress: Progress::begin(),
        }
    }

    fn success(self, ReadAnswer { answer, data }: ReadAnswer<O>) -> Success<O> {
        Success {
            request: self.request,
            answer,
            data,
            call: self.progress.context(&self.core.endpoint),
        }
    }

    /// Makes attempts until the call is done, or there is no point in another.
    async fn attempts(&mut self) -> Result<ReadAnswer<O>, Failure<O>> {
        self.core.retries.begin();
        let mut token = self.token().await?;
        let mut renewed = false;
        loop {
            self.acquire_slot().await;
            let attempt = self.next_attempt(token.as_ref());
            let answer = attempt.send(&self.request).await;
            let error = match answer.and_then(|answer| self.settled(&attempt, answer)) {
                Ok(answer) => {
                    if let Some(pacer) = self.pacer {
                        pacer.went_through();
                    }
                    return Ok(answer);
                }
                Err(error) => error,
            };
            let mut decision = self.decide(&error, token.as_ref(), renewed);
            self.progress.in_doubt |= error.last_attempt_may_have_effect();
            match decision {
                RetryDecision::Stop(_) => {
                    self.log_failure(&error, &decision);
                    return Err(error);
                }
                RetryDecision::AtPace => self.log_failure(&error, &decision),
                RetryDecision::After(delay) => {
                    self.log_failure(&error, &decision);
                    sleep(delay).await;
                }
                RetryDecision::WithNewToken => renewed = true,
            }
            let next = self.token().await;
            if matches!(decision, RetryDecision::WithNewToken) {
                let is_new = next.as_ref().is_ok_and(|next| *next != token);
                if !is_new {
                    // The source has no better one.
                    decision = RetryDecision::Stop(None);
                }
                self.log_failure(&error, &decision);
                if next.is_ok() && !is_new {
                    return Err(error);
                }
            }
            token = next?;
            O::prepare_again(&mut self.request);
        }
    }

    /// Waits until the pace allows an attempt. That is not the call's own time.
    async fn acquire_slot(&mut self) {
        if let Some(pacer) = self.pacer {
            let asked = Instant::now();
            match self.slot.take() {
                Some(slot) => pacer.use_slot(slot).await,
                None => drop(pacer.acquire_slot(true).await),
            }
            self.progress.waited += asked.elapsed();
        }
    }

    fn next_attempt<'t>(&mut self, token: Option<&'t AccessToken>) -> Attempt<'t>
    where
        'c: 't,
    {
        self.progress.attempts += 1;
        Attempt {
            core: self.core,
            token,
            progress: self.progress,
            time_limit: match (self.core.attempt_time_limit, self.time_left()) {
                (Some(attempt), Some(call)) => Some(attempt.min(call)),
                (attempt, call) => attempt.or(call),
            },
        }
    }

    /// The answer again, if it says that the call is done, by one of its attempts.
    fn settled(
        &self,
        attempt: &Attempt<'_>,
        read: ReadAnswer<O>,
    ) -> Result<ReadAnswer<O>, CallError<O::Outcome>> {
        let outcome = read.answer.outcome;
        // It was an attempt before that did it, as far as can be known.
        if O::is_done(outcome) || (self.progress.in_doubt && O::was_done_before(outcome)) {
            log::attempt_succeeded(self.progress.attempts, &read.answer);
            return Ok(read);
        }
        Err(attempt.rejected(read.answer))
    }

    /// What follows `error`, which came of an attempt with `token`. The pace and the token source learn
    /// of it too.
    fn decide(
        &self,
        error: &Failure<O>,
        token: Option<&AccessToken>,
        renewed: bool,
    ) -> RetryDecision {
        let ClientCore {
            retries, tokens, ..
        } = &**self.core;
        if error.retry() == Some(Retry::RefreshToken)
            && let Some(token) = token
        {
            // Also where this call is not repeated: the next one gets a new token.
            tokens.refused(token);
        }
        if self.may_wait_at_pace(error) {
            return RetryDecision::AtPace;
        }
        retries.decide(&FailedAttempt {
            error,
            attempts: self.progress.attempts,
            renewed,
            can_renew: O::Outcome::takes_token() && tokens.can_change(),
            time_left: self.time_for_another_attempt(),
        })
    }

    /// Tells the pace of a failure, and says whether the call goes on at that pace, whatever its own
    /// retries and time are: while the server throttles, and while no call reaches it.
    fn may_wait_at_pace(&self, error: &Failure<O>) -> bool {
        let Some(pacer) = self.pacer else {
            return false;
        };
        let retries = &self.core.retries;
        let is_retryable = error.is_retryable();
        let asked = match error {
            // A source that is not asked again yet has not been asked for a pause.
            CallError::Token(no_token) => no_token.token_error().and_then(CallError::retry_after),
            error => error.retry_after(),
        };
        let asked = asked.filter(|_| is_retryable);
        if error.retry() == Some(Retry::Throttled) || asked.is_some_and(|asked| !asked.is_zero()) {
            let is_worth_while = pacer.throttled(asked, |times| retries.longest_delay(times));
            return is_worth_while && retries.may_repeat();
        }
        match error {
            CallError::Connect(_) | CallError::Token(_) => {
                pacer.unreached(error.connect_cause(), !is_retryable)
            }
            _ => {
                pacer.went_through();
                false
            }
        }
    }

    fn log_failure(&self, error: &CallError<O::Outcome>, decision: &RetryDecision) {
        let (retry_in, gave_up) = match decision {
            RetryDecision::After(delay) => (Some(*delay), None),
            RetryDecision::AtPace | RetryDecision::WithNewToken => (Some(Duration::ZERO), None),
            RetryDecision::Stop(gave_up) => (None, *gave_up),
        };
        log::attempt_failed(O::id(&self.request), error, retry_in, gave_up);
    }

    /// The token for the next attempt, if the operation takes one.
    async fn token(&mut self) -> Result<Option<AccessToken>, Failure<O>> {
        if !O::Outcome::takes_token() {
            return Ok(None);
        }
        loop {
            let error = match self.ask_for_token().await {
                Ok(token) => return Ok(Some(token)),
                Err(error) => error,
            };
            let call = self.progress.context(&self.core.endpoint);
            let error = CallError::Token(Box::new(no_token(call, error)));
            if !self.may_wait_at_pace(&error) {
                return Err(error);
            }
            if let Some(pacer) = self.pacer {
                let asked = Instant::now();
                self.slot = Some(pacer.acquire_slot(true).await);
                self.progress.waited += asked.elapsed();
            }
        }
    }

    /// A slot that was got before is given back while the token is waited for: the attempt begins later.
    async fn ask_for_token(&mut self) -> Result<AccessToken, TokenSourceError> {
        let core = self.core;
        let deadline = self.progress.deadline(core.time_limit);
        let mut asked = pin!(core.tokens.get(deadline));
        let at_once = poll_fn(|context| Poll::Ready(asked.as_mut().poll(context))).await;
        if let Poll::Ready(token) = at_once {
            return token;
        }
        if let Some(pacer) = self.pacer
            && let Some(slot) = self.slot.take_if(|slot| *slot != Slot::Probe)
        {
            pacer.give_back(&slot);
        }
        asked.await
    }

    /// What is left of the time for the call, but for what an attempt needs to come to anything:
    /// one that cannot would hide what is known already.
    fn time_for_another_attempt(&self) -> Option<Duration> {
        let limit = self.core.attempt_time_limit.unwrap_or(Duration::MAX);
        let needed = (limit / 10).min(Duration::from_secs(1));
        self.time_left().map(|left| left.saturating_sub(needed))
    }

    fn time_left(&self) -> Option<Duration> {
        self.progress.time_left(self.core.time_limit)
    }
}
