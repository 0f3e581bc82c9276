//! The decision whether a call is retried, and after which delay. The client passes in whether a retry can help.

use std::time::Duration;

use super::{budget::Balance, policy::RetryPolicy};

/// What happens after a failed attempt.
#[derive(Debug)]
pub enum RetryDecision {
    /// Another attempt after this delay.
    After(Duration),
    /// Another attempt as soon as the pace of many calls allows.
    AtPace,
    /// Another attempt with a new token.
    WithNewToken,
    /// No further attempt. The value is `attempts`, `budget` or `time` if only this limit prevents one.
    Stop(Option<&'static str>),
}

/// A failed attempt, with everything that the decision depends on.
#[derive(Debug, Clone, Copy)]
pub struct FailedAttempt {
    /// Whether a retry with the same token can help.
    pub is_retryable: bool,
    /// Whether the error asks for a new token, and the call has not used a new token before.
    pub wants_new_token: bool,
    /// Whether the client can get another token.
    pub can_renew: bool,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// How many attempts the call has made.
    pub attempts: u32,
    /// How much time is left for the whole call. None means no limit.
    pub time_left: Option<Duration>,
}

/// The state of a [`RetryPolicy`], shared by the clones of a client.
#[derive(Debug)]
pub struct Retries {
    policy: RetryPolicy,
    budget: Option<Balance>,
}

impl Retries {
    /// Creates the state, with a full budget.
    #[must_use]
    pub fn new(policy: RetryPolicy) -> Self {
        let budget = policy.budget.limit.map(Balance::new);
        Self { policy, budget }
    }

    /// Whether calls are retried at all.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        self.policy.max_attempts > 1
    }

    /// Records that a call begins, which earns its share of the budget.
    #[inline]
    pub fn begin(&self) {
        if let Some(budget) = &self.budget {
            budget.earn();
        }
    }

    /// Decides what happens after a failed attempt. A retry is paid from the budget, except one with a new token.
    #[must_use]
    pub fn decide(&self, failed: &FailedAttempt) -> RetryDecision {
        let may_continue = failed.attempts < self.policy.max_attempts;
        if failed.wants_new_token {
            return match (failed.can_renew, may_continue) {
                (false, _) => RetryDecision::Stop(None),
                (true, false) => RetryDecision::Stop(Some("attempts")),
                (true, true) => RetryDecision::WithNewToken,
            };
        }
        if !failed.is_retryable {
            return RetryDecision::Stop(None);
        }
        if !may_continue {
            return RetryDecision::Stop(Some("attempts"));
        }
        // Add the delay of the server to our own. Calls that got the same delay must not all be retried at the
        // same time, and a delay of zero must not disable our own.
        let asked = failed.retry_after.unwrap_or_default();
        let delay = asked.saturating_add(self.delay(failed.attempts));
        if failed.time_left.is_some_and(|left| delay >= left) {
            return RetryDecision::Stop(Some("time"));
        }
        match &self.budget {
            Some(budget) if !budget.spend() => RetryDecision::Stop(Some("budget")),
            _ => RetryDecision::After(delay),
        }
    }

    /// The random delay after this many attempts.
    fn delay(&self, attempts: u32) -> Duration {
        // Full jitter, so that calls that failed together are not retried together.
        self.longest_delay(attempts).mul_f64(fastrand::f64())
    }

    /// The longest delay after this many attempts.
    #[must_use]
    pub fn longest_delay(&self, attempts: u32) -> Duration {
        let RetryPolicy {
            initial_delay,
            max_delay,
            ..
        } = self.policy;
        match 1_u32.checked_shl(attempts.saturating_sub(1)) {
            Some(factor) => initial_delay.saturating_mul(factor).min(max_delay),
            None if initial_delay.is_zero() => Duration::ZERO,
            None => max_delay,
        }
    }
}
