//! The settings for retries: the number of attempts, the delays and the budget.

use std::time::Duration;

use super::budget::RetryBudget;

/// The limits on the attempts of a call, and the delays between them.
///
/// A call is retried only if that is safe and can help, that is, if `is_retryable` of its error is true. The delay
/// before retry *n* is chosen at random between zero and `initial_delay` × 2ⁿ⁻¹, at most `max_delay` (full
/// jitter). A delay that the server asks for is added. If the delay would end after the timeout of the call, the
/// error is returned at once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) max_attempts: u32,
    pub(super) initial_delay: Duration,
    pub(super) max_delay: Duration,
    pub(super) budget: RetryBudget,
}

impl RetryPolicy {
    /// The default policy: at most 3 attempts, delays of up to 200 ms that double up to 5 s, and the [standard
    /// budget](RetryBudget::standard).
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            initial_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            budget: RetryBudget::standard(),
        }
    }

    /// A policy without retries. A call is sent once, even if a retry with a new token could help.
    pub const fn never() -> Self {
        Self::standard().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one. It must be at least 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Whether the policy allows any attempt at all.
    #[doc(hidden)]
    #[must_use]
    pub const fn makes_attempts(&self) -> bool {
        self.max_attempts > 0
    }

    /// Sets the maximum delay before the first retry. It doubles with each further retry.
    pub const fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Sets the maximum delay before any retry, not including a delay that the server asks for.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets how many retries the calls of a client may make together.
    pub const fn budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}
