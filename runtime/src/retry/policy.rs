//! What a user sets about retries: how many attempts, which delays, which budget.

use std::time::Duration;

use super::budget::RetryBudget;

/// How often a call is sent, and how long it waits in between.
///
/// A call is retried only where that is safe and can help, as its error says by `is_retryable`. The delay
/// before retry *n* is chosen at random between zero and `initial_delay` × 2ⁿ⁻¹, at most `max_delay` (full
/// jitter). If the server asks for a delay, that is added. If the delay would end after the time-out of the
/// call, the error is returned at once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) max_attempts: u32,
    pub(super) initial_delay: Duration,
    pub(super) max_delay: Duration,
    pub(super) budget: RetryBudget,
}

impl RetryPolicy {
    /// At most 3 attempts, delays of up to 200 ms that double up to 5 s, and the [standard
    /// budget](RetryBudget::standard). This is the default.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            initial_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            budget: RetryBudget::standard(),
        }
    }

    /// A call is sent once, even where a new token would help.
    pub const fn never() -> Self {
        Self::standard().max_attempts(1)
    }

    /// The maximum number of attempts, the first one included: 1 or more.
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

    /// The longest delay before the first retry. It doubles with each further retry.
    pub const fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// The longest delay before any retry, without the delay that the server asks for.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How many retries the calls of a client may make together.
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
