//! One call: tokens are got, attempts are made, delays are waited for, until the call is settled, may
//! not go on, or has no time left.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::{
    AccessToken, CallContext, CallError, Invalid, IssuedToken, NoToken, Retry, TokenSourceError,
    attempt::{Attempt, ReadAnswer},
    client_core::ClientCore,
    log,
    operation::{CallResult, Operation, Success},
    outcome::OutcomeKind,
    pacer::Pacer,
    progress::Progress,
    retry::{FailedAttempt, RetryDecision},
    token_source::cached::SharedError,
};

/// Makes a call, if the request may be sent, and logs it. `id` names the request.
pub(crate) async fn call<O: Operation>(
    core: &Arc<ClientCore>,
    request: Result<O::Request, Invalid>,
    id: Option<&str>,
    pacer: Option<&Pacer>,
) -> CallResult<O> {
    let span = O::span(&core.endpoint);
    span.in_scope(|| log::call_begun::<O::Outcome>(id));
    let result = match request {
        Ok(request) => {
            let call = Call::<O>::new(core, request, pacer);
            call.run().instrument(span.clone()).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    log::call_ended(&span, &result);
    result
}

/// The token that the next call carries.
pub(crate) async fn issued_token(core: &ClientCore) -> Result<IssuedToken, Box<NoToken>> {
    let progress = Progress::begin();
    let deadline = progress.deadline(core.time_limit);
    let issued = core.tokens.issued(deadline).await;
    issued.map_err(|error| Box::new(no_token(progress.context(&core.endpoint), error)))
}

fn no_token(call: CallContext, error: TokenSourceError) -> NoToken {
    log::no_token();
    NoToken {
        call,
        // What the caller's source gave is what the caller gets, also from a cache.
        source: SharedError::of(error).0,
    }
}

/// A call under way.
struct Call<'c, O: Operation> {
    core: &'c Arc<ClientCore>,
    request: O::Request,
    /// What attempts wait for, if anything.
    pacer: Option<&'c Pacer>,
    /// None for no limit.
    deadline: Option<Instant>,
    progress: Progress,
}

impl<'c, O: Operation> Call<'c, O> {
    fn new(core: &'c Arc<ClientCore>, request: O::Request, pacer: Option<&'c Pacer>) -> Self {
        let progress = Progress::begin();
        Self {
            core,
            request,
            pacer,
            deadline: progress.deadline(core.time_limit),
            progress,
        }
    }

    /// Makes attempts until the call is done, or there is no point in another.
    async fn run(mut self) -> CallResult<O> {
        let ReadAnswer { answer, data } = self.attempts().await?;
        Ok(Success {
            request: self.request,
            answer,
            data,
            call: self.progress.context(&self.core.endpoint),
        })
    }

    async fn attempts(&mut self) -> Result<ReadAnswer<O>, CallError<O::Outcome>> {
        // The caller has waited for the first slot, if there is a pace.
        self.core.retries.begin();
        let mut token = self.token().await?;
        let mut renewed = false;
        loop {
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
            let decision = self.decide(&error, token.as_ref(), renewed);
            self.log_failure(&error, &decision);
            match decision {
                RetryDecision::Stop(_) => return Err(error),
                RetryDecision::After(delay) => sleep(delay).await,
                RetryDecision::WithNewToken => renewed = true,
            }
            self.progress.in_doubt |= error.last_attempt_may_have_effect();
            O::prepare_again(&mut self.request);
            self.acquire_slot().await;
            let refused = std::mem::replace(&mut token, self.token().await?);
            if matches!(decision, RetryDecision::WithNewToken) && token == refused {
                // The source has no better one.
                return Err(error);
            }
        }
    }

    /// Waits until the pace allows an attempt. That is not the call's own time.
    async fn acquire_slot(&mut self) {
        if let Some(pacer) = self.pacer {
            self.wait(pacer.acquire_slot()).await;
        }
    }

    async fn wait(&mut self, slot: impl Future<Output = ()>) {
        let asked = Instant::now();
        slot.await;
        let waited = asked.elapsed();
        self.progress.waited += waited;
        self.deadline = self.deadline.and_then(|end| end.checked_add(waited));
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
        error: &CallError<O::Outcome>,
        token: Option<&AccessToken>,
        renewed: bool,
    ) -> RetryDecision {
        let ClientCore {
            retries, tokens, ..
        } = &**self.core;
        if let (Some(pacer), Some(outcome)) = (self.pacer, error.outcome()) {
            if outcome.retry() == Retry::Throttled {
                pacer.throttled(error.retry_after(), |times| retries.longest_delay(times));
            } else {
                pacer.went_through();
            }
        }
        let failed = FailedAttempt {
            error,
            attempts: self.progress.attempts,
            renewed,
            can_renew: O::Outcome::takes_token() && tokens.can_change(),
            time_left: self.time_for_another_attempt(),
        };
        if failed.asks_for_new_token()
            && let Some(token) = token
        {
            // Also where this call is not repeated: the next one gets a new token.
            tokens.refused(token);
        }
        retries.decide(&failed)
    }

    fn log_failure(&self, error: &CallError<O::Outcome>, decision: &RetryDecision) {
        let (retry_in, gave_up) = match decision {
            RetryDecision::After(delay) => (Some(*delay), None),
            RetryDecision::WithNewToken => (Some(Duration::ZERO), None),
            RetryDecision::Stop(gave_up) => (None, *gave_up),
        };
        log::attempt_failed(O::id(&self.request), error, retry_in, gave_up);
    }

    /// The token for the next attempt, if the operation takes one.
    async fn token(&mut self) -> Result<Option<AccessToken>, CallError<O::Outcome>> {
        if !O::Outcome::takes_token() {
            return Ok(None);
        }
        let token = self.core.tokens.get(self.deadline).await.map_err(|error| {
            let call = self.progress.context(&self.core.endpoint);
            CallError::Token(Box::new(no_token(call, error)))
        });
        if let Some(pacer) = self.pacer {
            // Meanwhile the server may have asked for a pause.
            self.wait(pacer.unpaused()).await;
        }
        token.map(Some)
    }

    /// What is left of the time for the call, but for what an attempt needs to come to anything:
    /// one that cannot would hide what is known already.
    fn time_for_another_attempt(&self) -> Option<Duration> {
        let limit = self.core.attempt_time_limit.unwrap_or(Duration::MAX);
        let needed = (limit / 10).min(Duration::from_secs(1));
        self.time_left().map(|left| left.saturating_sub(needed))
    }

    fn time_left(&self) -> Option<Duration> {
        let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        self.deadline.map(left)
    }
}
