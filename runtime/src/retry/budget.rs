//! The retry budget that all calls of a client share.

use std::sync::atomic::{AtomicU32, Ordering};

/// A limit on the retries that all calls of a client and its clones make together.
///
/// It prevents that an outage multiplies the load on the server. A retry with a new token does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RetryBudget {
    /// None means no limit.
    pub(super) limit: Option<Limit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    percent: u16,
    reserve: u16,
}

impl RetryBudget {
    /// The default budget: 33 retries for 100 calls, and 30 in reserve.
    pub const fn standard() -> Self {
        Self::new(33, 30)
    }

    /// Creates a budget in which each call earns `percent` hundredths of a retry.
    ///
    /// Earned retries add up to at most `reserve`. The budget starts with a full reserve.
    pub const fn new(percent: u16, reserve: u16) -> Self {
        let limit = Limit { percent, reserve };
        Self { limit: Some(limit) }
    }

    /// Creates a budget without a limit. The limit on the attempts of each call remains.
    pub const fn unlimited() -> Self {
        Self { limit: None }
    }
}

/// The rest of a budget.
#[derive(Debug)]
pub(super) struct Balance {
    limit: Limit,
    /// In hundredths of a retry.
    left: AtomicU32,
}

/// The cost of a retry, in hundredths.
const RETRY: u32 = 100;

impl Balance {
    pub(super) fn new(limit: Limit) -> Self {
        Self {
            limit,
            left: AtomicU32::new(u32::from(limit.reserve) * RETRY),
        }
    }

    /// Adds the earnings of a call that begins.
    #[inline]
    pub(super) fn earn(&self) {
        let earning = u32::from(self.limit.percent);
        // One retry more than the reserve, so that earnings can add up to a retry even without a reserve.
        let most = (u32::from(self.limit.reserve) + 1) * RETRY + earning;
        let earned = |left: u32| Some((left + earning).min(most));
        self.change(earned);
    }

    /// Pays for a retry. Returns false if the budget is too low.
    pub(super) fn spend(&self) -> bool {
        self.change(|left| left.checked_sub(RETRY))
    }

    #[inline]
    fn change(&self, to: impl FnMut(u32) -> Option<u32>) -> bool {
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.left.fetch_update(set, fetch, to).is_ok()
    }
}
