//! Deciding whether a call is sent again, and after which delay. What an answer means stands in the
//! contract, and whether an error can be repeated at all in
//! [`CallError::is_retryable`](crate::CallError::is_retryable).

use std::time::Duration;

use super::{budget::Balance, policy::RetryPolicy};
use crate::{CallError, Retry, outcome::OutcomeKind};

/// What follows a failed attempt.
#[derive(Debug)]
pub(crate) enum RetryDecision {
    After(Duration),
    /// As soon as the pace of many calls allows.
    AtPace,
    WithNewToken,
    /// Nothing follows. If something could have, this is what prevented it: `attempts`, `budget` or
    /// `time`.
    Stop(Option<&'static str>),
}

/// An attempt that failed, and what the decision depends on besides.
pub(crate) struct FailedAttempt<'e, O> {
    pub(crate) error: &'e CallError<O>,
    /// How often the call was sent.
    pub(crate) attempts: u32,
    /// Whether this call has had a new token already.
    pub(crate) renewed: bool,
    /// Whether there may be another token.
    pub(crate) can_renew: bool,
    /// What is left of the time for the whole call, if that is limited.
    pub(crate) time_left: Option<Duration>,
}

impl<O: OutcomeKind> FailedAttempt<'_, O> {
    fn asks_for_new_token(&self) -> bool {
        self.error.retry() == Some(Retry::RefreshToken) && !self.renewed
    }
}

/// A [`RetryPolicy`] at work, shared by the clones of a client.
#[derive(Debug)]
pub(crate) struct Retries {
    policy: RetryPolicy,
    budget: Option<Balance>,
}

impl Retries {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        let budget = policy.budget.limit.map(Balance::new);
        Self { policy, budget }
    }

    /// Whether calls are repeated at all.
    pub(crate) fn may_repeat(&self) -> bool {
        self.policy.max_attempts > 1
    }

    /// Begins a call: it earns its share of repeats.
    pub(crate) fn begin(&self) {
        if let Some(budget) = &self.budget {
            budget.earn();
        }
    }

    /// What follows a failed attempt. Another one is taken from the budget, unless it is for a new
    /// token.
    pub(crate) fn decide<O: OutcomeKind>(&self, failed: &FailedAttempt<'_, O>) -> RetryDecision {
        let FailedAttempt {
            error, attempts, ..
        } = *failed;
        let may_go_on = attempts < self.policy.max_attempts;
        if failed.asks_for_new_token() {
            return match (failed.can_renew, may_go_on) {
                (false, _) => RetryDecision::Stop(None),
                (true, false) => RetryDecision::Stop(Some("attempts")),
                (true, true) => RetryDecision::WithNewToken,
            };
        }
        if !error.is_retryable() {
            return RetryDecision::Stop(None);
        }
        if !may_go_on {
            return RetryDecision::Stop(Some("attempts"));
        }
        // On top of what the server asks for: calls that were asked for the same must not come back
        // together, and no wait at all must not be taken at its word.
        let asked = error.retry_after().unwrap_or_default();
        let delay = asked.saturating_add(self.delay(attempts));
        if failed.time_left.is_some_and(|left| delay >= left) {
            return RetryDecision::Stop(Some("time"));
        }
        match &self.budget {
            Some(budget) if !budget.spend() => RetryDecision::Stop(Some("budget")),
            _ => RetryDecision::After(delay),
        }
    }

    /// A random delay after `attempts` attempts.
    fn delay(&self, attempts: u32) -> Duration {
        // Full jitter: calls that failed together do not come back together.
        self.longest_delay(attempts).mul_f64(fastrand::f64())
    }

    /// The longest delay after `attempts` attempts.
    pub(crate) fn longest_delay(&self, attempts: u32) -> Duration {
        let Self { policy, .. } = self;
        let repeats = attempts.saturating_sub(1);
        match 1_u32.checked_shl(repeats) {
            Some(factor) => policy
                .initial_delay
                .saturating_mul(factor)
                .min(policy.max_delay),
            None if policy.initial_delay.is_zero() => Duration::ZERO,
            None => policy.max_delay,
        }
    }
}
