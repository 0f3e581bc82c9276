//! Deciding whether a call is sent again, and after which delay. What an answer means stands in the
//! contract, and whether an error may be repeated in [`EnrollError`](crate::EnrollError).

use std::time::Duration;

use super::{budget::Balance, policy::RetryPolicy};

/// What follows a failed attempt.
#[derive(Debug)]
pub(crate) enum RetryDecision {
    After(Duration),
    WithNewToken,
    /// Nothing follows. If something could have, this is what prevented it.
    Stop(Option<GaveUp>),
}

/// A [`RetryPolicy`] at work, shared by the clones of a client.
#[derive(Debug)]
pub(crate) struct Retries {
    policy: RetryPolicy,
    budget: Option<Balance>,
}

/// Why a call that could be repeated is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GaveUp {
    Attempts,
    Budget,
    Time,
}

impl Retries {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        let budget = policy.budget.limit.map(Balance::new);
        Self { policy, budget }
    }

    /// Begins a call: it earns its share of repeats.
    pub(crate) fn begin(&self) {
        if let Some(budget) = &self.budget {
            budget.earn();
        }
    }

    /// Whether a call that was sent `attempts` times may be sent again.
    pub(crate) fn allows(&self, attempts: u32) -> bool {
        attempts < self.policy.max_attempts
    }

    /// Whether there is another attempt, which is then taken from the budget; `time_left` is what is
    /// left of the time for the whole call, if that is limited.
    pub(crate) fn decide(
        &self,
        attempts: u32,
        asked_for: Option<Duration>,
        time_left: Option<Duration>,
    ) -> RetryDecision {
        if !self.allows(attempts) {
            return RetryDecision::Stop(Some(GaveUp::Attempts));
        }
        let delay = asked_for.unwrap_or_else(|| self.delay(attempts));
        if time_left.is_some_and(|left| delay >= left) {
            return RetryDecision::Stop(Some(GaveUp::Time));
        }
        match &self.budget {
            Some(budget) if !budget.spend() => RetryDecision::Stop(Some(GaveUp::Budget)),
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

impl GaveUp {
    /// The word for it in logs.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Attempts => "attempts",
            Self::Budget => "budget",
            Self::Time => "time",
        }
    }
}
