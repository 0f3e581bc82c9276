//! One call: tokens are got, attempts are made, delays are waited for, until the call is settled, may
//! not go on, or has no time left.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};

use crate::{
    AccessToken, Answer, EnrollError, Enrolled, NoToken, Outcome, Retry,
    attempt::Attempt,
    client_core::ClientCore,
    generated::wire::types,
    log,
    pacer::Pacer,
    progress::Progress,
    retry::{FailedAttempt, RetryDecision},
    token_source::cached::SharedError,
};

/// A call under way.
pub(crate) struct Call<'c> {
    core: &'c Arc<ClientCore>,
    request: types::EnrollRequest,
    /// What attempts wait for, if anything.
    pacer: Option<&'c Pacer>,
    /// None for no limit.
    deadline: Option<Instant>,
    progress: Progress,
}

impl<'c> Call<'c> {
    pub(crate) fn new(
        core: &'c Arc<ClientCore>,
        request: types::EnrollRequest,
        pacer: Option<&'c Pacer>,
    ) -> Self {
        let progress = Progress::begin();
        let deadline = |limit| progress.started.checked_add(limit);
        Self {
            core,
            request,
            pacer,
            deadline: core.time_limit.and_then(deadline),
            progress,
        }
    }

    /// Makes attempts until the face is in the face set, by this call, or there is no point in another.
    pub(crate) async fn run(mut self) -> Result<Enrolled, EnrollError> {
        let answer = self.attempts().await?;
        Ok(Enrolled {
            signature_id: self.request.signature_id.into(),
            answer,
            call: self.progress.context(&self.core.endpoint),
        })
    }

    async fn attempts(&mut self) -> Result<Answer, EnrollError> {
        // The caller has waited for the first slot, if there is a pace.
        self.core.retries.begin();
        let mut token = self.token().await?;
        let mut renewed = false;
        loop {
            let attempt = self.next_attempt(&token);
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
            let decision = self.decide(&error, &token, renewed);
            self.log_failure(&error, &decision);
            match decision {
                RetryDecision::Stop(_) => return Err(error),
                RetryDecision::After(delay) => sleep(delay).await,
                RetryDecision::WithNewToken => renewed = true,
            }
            self.progress.in_doubt |= error.last_attempt_may_have_enrolled();
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

    fn next_attempt<'t>(&mut self, token: &'t AccessToken) -> Attempt<'t>
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

    /// The answer again, if it says that the face is in the face set by this call.
    fn settled(&self, attempt: &Attempt<'_>, answer: Answer) -> Result<Answer, EnrollError> {
        match answer.outcome {
            Outcome::Enrolled => {}
            // It was an attempt before that did it, as far as can be known.
            Outcome::AlreadyEnrolled if self.progress.in_doubt => {}
            _ => return Err(attempt.rejected(answer)),
        }
        log::attempt_succeeded(self.progress.attempts, &answer);
        Ok(answer)
    }

    /// What follows `error`, which came of an attempt with `token`. The pace and the token source learn
    /// of it too.
    fn decide(&self, error: &EnrollError, token: &AccessToken, renewed: bool) -> RetryDecision {
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
            can_renew: tokens.can_change(),
            time_left: self.time_for_another_attempt(),
        };
        if failed.asks_for_new_token() {
            // Also where this call is not repeated: the next one gets a new token.
            tokens.refused(token);
        }
        retries.decide(&failed)
    }

    fn log_failure(&self, error: &EnrollError, decision: &RetryDecision) {
        let (retry_in, gave_up) = match decision {
            RetryDecision::After(delay) => (Some(*delay), None),
            RetryDecision::WithNewToken => (Some(Duration::ZERO), None),
            RetryDecision::Stop(gave_up) => (None, *gave_up),
        };
        log::attempt_failed(&self.request.signature_id, error, retry_in, gave_up);
    }

    /// The token for the next attempt.
    async fn token(&mut self) -> Result<AccessToken, EnrollError> {
        let token = self.core.tokens.get(self.deadline).await.map_err(|error| {
            log::no_token();
            EnrollError::Token(Box::new(NoToken {
                call: self.progress.context(&self.core.endpoint),
                // What the caller's source gave is what the caller gets, also from a cache.
                source: match error.downcast::<SharedError>() {
                    Ok(shared) => shared.0,
                    Err(error) => Arc::from(error),
                },
            }))
        });
        if let Some(pacer) = self.pacer {
            // Meanwhile the server may have asked for a pause.
            self.wait(pacer.unpaused()).await;
        }
        token
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
