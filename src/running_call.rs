//! A running call. It gets tokens, makes attempts and waits, until it succeeds, must not be retried, or has no
//! time left.

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll, time::Duration};

use face_search_enroll_runtime::{
    Progress,
    pace::Turn,
    retry::{FailedAttempt, RetryDecision},
};
use tokio::time::sleep;

use crate::{
    AccessToken, CallContext, CallError, NoToken, Retry, TokenSourceError,
    attempt::{Attempt, ReadAnswer},
    client_core::ClientCore,
    log,
    operation::{Operation, Success},
    outcome::OutcomeKind,
};

/// A running call.
pub(crate) struct RunningCall<'c, O: Operation> {
    core: &'c Arc<ClientCore>,
    request: O::Request,
    turn: Turn<'c>,
    progress: Progress,
}

type Failure<O> = CallError<<O as Operation>::Outcome>;

impl<'c, O: Operation> RunningCall<'c, O> {
    pub(crate) fn new(core: &'c Arc<ClientCore>, request: O::Request, turn: Turn<'c>) -> Self {
        Self {
            core,
            request,
            turn,
            progress: Progress::begin(),
        }
    }

    pub(crate) fn success(self, ReadAnswer { answer, data }: ReadAnswer<O>) -> Success<O> {
        Success {
            request: self.request,
            answer,
            data,
            call: CallContext::new(&self.progress, &self.core.endpoint),
        }
    }

    /// Makes attempts until one succeeds, or until the call must not be retried.
    pub(crate) async fn attempts(&mut self) -> Result<ReadAnswer<O>, Failure<O>> {
        self.core.retries.begin();
        let mut token = self.token().await?;
        let mut renewed = false;
        loop {
            self.turn.begin_attempt(&mut self.progress).await;
            let attempt = self.next_attempt(token.as_ref());
            let answer = attempt.send(&self.request).await;
            let error = match answer.and_then(|answer| self.succeeded(&attempt, answer)) {
                Ok(answer) => {
                    if let Some(pacer) = self.turn.pacer() {
                        pacer.not_throttled();
                    }
                    return Ok(answer);
                }
                Err(error) => error,
            };
            let mut decision = self.decide(&error, token.as_ref(), renewed);
            self.progress.in_doubt |= error.last_attempt_may_have_effect();
            let wants_new = matches!(decision, RetryDecision::WithNewToken);
            if !wants_new {
                self.log_failure(&error, &decision);
            }
            match decision {
                RetryDecision::Stop(_) => return Err(error),
                RetryDecision::After(delay) => sleep(delay).await,
                RetryDecision::AtPace | RetryDecision::WithNewToken => {}
            }
            let next = self.token().await;
            if wants_new {
                renewed = true;
                let is_new = next.as_ref().is_ok_and(|next| *next != token);
                if !is_new {
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

    /// Returns the answer if it says that one of the attempts succeeded.
    fn succeeded(
        &self,
        attempt: &Attempt<'_>,
        read: ReadAnswer<O>,
    ) -> Result<ReadAnswer<O>, Failure<O>> {
        let outcome = read.answer.outcome;
        // In the second case, an earlier attempt of this call probably took effect.
        if O::is_done(outcome) || (self.progress.in_doubt && O::was_done_before(outcome)) {
            log::attempt_succeeded(self.progress.attempts, &read.answer);
            return Ok(read);
        }
        Err(attempt.rejected(read.answer))
    }

    /// Decides what to do after a failed attempt with `token`. Also reports the error to the pace and to the
    /// token source.
    fn decide(
        &self,
        error: &Failure<O>,
        token: Option<&AccessToken>,
        renewed: bool,
    ) -> RetryDecision {
        let ClientCore {
            retries, tokens, ..
        } = &**self.core;
        let refuses_token = error.retry() == Some(Retry::RefreshToken);
        if refuses_token && let Some(token) = token {
            // The next call needs a new token, even if this call is not retried.
            tokens.refused(token);
        }
        if self.may_wait_at_pace(error) {
            return RetryDecision::AtPace;
        }
        retries.decide(&FailedAttempt {
            is_retryable: error.is_retryable(),
            wants_new_token: refuses_token && !renewed,
            can_renew: O::Outcome::TAKES_TOKEN && tokens.can_change(),
            retry_after: error.retry_after(),
            attempts: self.progress.attempts,
            time_left: self.time_for_another_attempt(),
        })
    }

    /// Reports an error to the pace. Returns whether the call continues when the pace allows, even beyond the
    /// limits on its own attempts and time. It does while the server throttles, and while no call reaches it.
    fn may_wait_at_pace(&self, error: &Failure<O>) -> bool {
        let Some(pacer) = self.turn.pacer() else {
            return false;
        };
        let retries = &self.core.retries;
        let is_retryable = error.is_retryable();
        let asked = match error {
            // A delay of the token cache is not a pause that a server asked for.
            CallError::Token(no_token) => no_token.token_error().and_then(CallError::retry_after),
            error => error.retry_after(),
        };
        let asked = asked.filter(|_| is_retryable);
        if error.retry() == Some(Retry::Throttled) || asked.is_some_and(|asked| !asked.is_zero()) {
            let is_worth_waiting = pacer.throttled(asked, |times| retries.longest_delay(times));
            return is_worth_waiting && retries.may_retry();
        }
        match error {
            CallError::Connect(_) | CallError::Token(_) => {
                pacer.unreached(error.connect_cause(), !is_retryable)
            }
            _ => {
                pacer.not_throttled();
                false
            }
        }
    }

    fn log_failure(&self, error: &Failure<O>, decision: &RetryDecision) {
        let (retry_in, gave_up) = match decision {
            RetryDecision::After(delay) => (Some(*delay), None),
            RetryDecision::AtPace | RetryDecision::WithNewToken => (Some(Duration::ZERO), None),
            RetryDecision::Stop(gave_up) => (None, *gave_up),
        };
        log::attempt_failed(O::id(&self.request), error, retry_in, gave_up);
    }

    /// Gets the token for the next attempt. None if the operation takes no token.
    async fn token(&mut self) -> Result<Option<AccessToken>, Failure<O>> {
        if !O::Outcome::TAKES_TOKEN {
            return Ok(None);
        }
        loop {
            let error = match self.ask_for_token().await {
                Ok(token) => return Ok(Some(token)),
                Err(error) => error,
            };
            log::no_token();
            let no_token = NoToken::new(&self.progress, &self.core.endpoint, error);
            let error = CallError::Token(Box::new(no_token));
            if !self.may_wait_at_pace(&error) {
                return Err(error);
            }
            self.turn.acquire_slot(&mut self.progress).await;
        }
    }

    /// Asks for a token. If it is not available at once, the call returns its slot, because its attempt begins
    /// later.
    async fn ask_for_token(&mut self) -> Result<AccessToken, TokenSourceError> {
        let core = self.core;
        let deadline = self.progress.deadline(core.time_limit);
        let mut asked = pin!(core.tokens.get(deadline));
        let at_once = poll_fn(|context| Poll::Ready(asked.as_mut().poll(context))).await;
        if let Poll::Ready(token) = at_once {
            return token;
        }
        self.turn.return_slot();
        asked.await
    }

    /// The time that is left for the call, minus the time that an attempt needs to have a chance. An attempt
    /// without a chance would only hide the error of the last one.
    fn time_for_another_attempt(&self) -> Option<Duration> {
        let limit = self.core.attempt_time_limit.unwrap_or(Duration::MAX);
        let needed = (limit / 10).min(Duration::from_secs(1));
        self.time_left().map(|left| left.saturating_sub(needed))
    }

    fn time_left(&self) -> Option<Duration> {
        self.progress.time_left(self.core.time_limit)
    }
}
