//! How many repeats the calls of a client may make together.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many repeats the calls of a client and its clones may make together, so that an outage does
/// not multiply the load on servers that are down.
///
/// A repeat because of a refused token is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RetryBudget {
    /// None for no limit.
    pub(super) limit: Option<Limit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
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
pub(super) struct Balance {
    limit: Limit,
    /// In hundredths of a repeat.
    left: AtomicU32,
}

/// What a repeat costs.
const REPEAT: u32 = 100;

impl Balance {
    pub(super) fn new(limit: Limit) -> Self {
        Self {
            limit,
            left: AtomicU32::new(u32::from(limit.reserve) * REPEAT),
        }
    }

    /// A call has begun.
    pub(super) fn earn(&self) {
        let earning = u32::from(self.limit.percent);
        // More than the reserve by what adds up to a repeat, so that it does also without one.
        let most = (u32::from(self.limit.reserve) + 1) * REPEAT + earning;
        let earned = |left: u32| Some((left + earning).min(most));
        self.change(earned);
    }

    /// Whether there was enough for a repeat.
    pub(super) fn spend(&self) -> bool {
        self.change(|left| left.checked_sub(REPEAT))
    }

    fn change(&self, to: impl FnMut(u32) -> Option<u32>) -> bool {
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.left.fetch_update(set, fetch, to).is_ok()
    }
}
