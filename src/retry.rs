//! When a call is sent again, and how long it waits before. What an answer means stands in the
//! contract, and whether an error may be repeated in [`crate::EnrollError`]; this is about how often
//! and how fast.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use backon::{BackoffBuilder, ExponentialBuilder};

/// How often a call is sent, and how long it waits in between.
///
/// A call is repeated only where that is safe and can help, as
/// [`EnrollError::is_retryable`](crate::EnrollError::is_retryable) says; a rejected journey never
/// is. The delay before repeat *n* is chosen at random between nothing and `initial_delay` × 2ⁿ⁻¹,
/// at most `max_delay` (full jitter), unless the server says how long to wait: then that long. A
/// delay that would end after the [time-out of the call](crate::ClientBuilder::timeout) is not
/// waited for; the error comes at once.
///
/// ```
/// use std::time::Duration;
/// use face_search_enroll::RetryPolicy;
///
/// let patient = RetryPolicy::standard()
///     .max_attempts(6)
///     .max_delay(Duration::from_secs(20));
/// let none = RetryPolicy::never();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_delay: Duration,
    max_delay: Duration,
    budget: RetryBudget,
}

impl RetryPolicy {
    /// At most 3 attempts, delays of up to 200 ms that double up to 5 s, and the [standard
    /// budget](RetryBudget::standard). What a client does unless told.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            initial_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            budget: RetryBudget::standard(),
        }
    }

    /// A call is sent once, whatever happens, also where a new token would help.
    pub const fn never() -> Self {
        Self::standard().max_attempts(1)
    }

    /// How often a call is sent at most, the first time included; 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The longest delay before the first repeat; it doubles with each further one.
    pub const fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// The longest delay before any repeat. What the server asks for may be longer.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How many repeats the calls of a client may make together.
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

/// How many repeats the calls of a client and its clones may make together, so that an outage does
/// not multiply the load on servers that are down.
///
/// A repeat because of a refused token is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RetryBudget {
    /// None for no limit.
    limit: Option<Limit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limit {
    percent: u16,
    reserve: u16,
}

impl RetryBudget {
    /// 33 repeats to 100 calls, and 30 in reserve.
    pub const fn standard() -> Self {
        Self::new(33, 30)
    }

    /// Each call earns `percent` hundredths of a repeat, and what is earned is kept up to `reserve`
    /// repeats, which are there from the start.
    pub const fn new(percent: u16, reserve: u16) -> Self {
        let limit = Limit { percent, reserve };
        Self { limit: Some(limit) }
    }

    /// No limit but that of each call.
    pub const fn unlimited() -> Self {
        Self { limit: None }
    }
}

/// What is left of a budget.
#[derive(Debug)]
struct Balance {
    limit: Limit,
    /// In hundredths of a repeat.
    left: AtomicU32,
}

/// What a repeat costs.
const REPEAT: u32 = 100;

impl Balance {
    fn new(limit: Limit) -> Self {
        Self {
            limit,
            left: AtomicU32::new(u32::from(limit.reserve) * REPEAT),
        }
    }

    /// A call has begun.
    fn earn(&self) {
        let earning = u32::from(self.limit.percent);
        // More than the reserve by what adds up to a repeat, so that it does also without one.
        let most = (u32::from(self.limit.reserve) + 1) * REPEAT + earning;
        let earned = |left: u32| Some((left + earning).min(most));
        self.change(earned);
    }

    /// Whether there was enough for a repeat.
    fn spend(&self) -> bool {
        self.change(|left| left.checked_sub(REPEAT))
    }

    fn change(&self, to: impl FnMut(u32) -> Option<u32>) -> bool {
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.left.fetch_update(set, fetch, to).is_ok()
    }
}

/// A policy at work, shared by the clones of a client.
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

    /// The delay before the next attempt, which is taken from the budget; `time_left` is what is
    /// left of the time for the whole call, if that is limited.
    pub(crate) fn next(
        &self,
        attempts: u32,
        asked_for: Option<Duration>,
        time_left: Option<Duration>,
    ) -> Result<Duration, GaveUp> {
        if !self.allows(attempts) {
            return Err(GaveUp::Attempts);
        }
        let delay = asked_for.unwrap_or_else(|| self.delay(attempts));
        if time_left.is_some_and(|left| delay >= left) {
            return Err(GaveUp::Time);
        }
        match &self.budget {
            Some(budget) if !budget.spend() => Err(GaveUp::Budget),
            _ => Ok(delay),
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
        let mut longest = ExponentialBuilder::new()
            .with_min_delay(policy.initial_delay.min(policy.max_delay))
            .with_max_delay(policy.max_delay)
            .with_factor(2.0)
            .without_max_times()
            .build();
        // Long before this many the delay is at its maximum.
        let repeats = attempts.saturating_sub(1).min(64) as usize;
        longest.nth(repeats).unwrap_or(policy.max_delay)
    }
}

impl GaveUp {
    /// The word for it in logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Attempts => "attempts",
            Self::Budget => "budget",
            Self::Time => "time",
        }
    }
}
