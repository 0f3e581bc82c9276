//! The part that a single call has in the pace of bulk calls.

use tokio::time::Instant;

use super::pacer::{Pacer, Slot};
use crate::Progress;

/// A call as a participant in a pace, or a single call without a pace. Waits for the pace do not count as time
/// of the call.
#[derive(Debug)]
pub struct Turn<'p> {
    pacer: Option<&'p Pacer>,
    /// The slot of the next attempt, if the call has one.
    slot: Option<Slot>,
}

impl<'p> Turn<'p> {
    /// For a single call, without a pace.
    #[must_use]
    #[inline]
    pub fn alone() -> Self {
        Self {
            pacer: None,
            slot: None,
        }
    }

    /// For one of several bulk calls. Its first attempt uses `slot`.
    #[must_use]
    pub fn new(pacer: &'p Pacer, slot: Slot) -> Self {
        Self {
            pacer: Some(pacer),
            slot: Some(slot),
        }
    }

    /// The pacer. None for a single call.
    #[must_use]
    #[inline]
    pub fn pacer(&self) -> Option<&'p Pacer> {
        self.pacer
    }

    /// Waits until an attempt may begin.
    #[inline]
    pub async fn begin_attempt(&mut self, progress: &mut Progress) {
        if let Some(pacer) = self.pacer {
            let asked = Instant::now();
            match self.slot.take() {
                Some(slot) => pacer.use_slot(slot).await,
                None => drop(pacer.acquire_slot(true).await),
            }
            progress.waited += asked.elapsed();
        }
    }

    /// Waits for the slot of the next attempt, without beginning it.
    pub async fn acquire_slot(&mut self, progress: &mut Progress) {
        if let Some(pacer) = self.pacer {
            let asked = Instant::now();
            self.slot = Some(pacer.acquire_slot(true).await);
            progress.waited += asked.elapsed();
        }
    }

    /// Returns the slot, because the next attempt does not begin soon. A probe is kept.
    pub fn return_slot(&mut self) {
        if let Some(pacer) = self.pacer
            && let Some(slot) = self.slot.take_if(|slot| *slot != Slot::Probe)
        {
            pacer.give_back(&slot);
        }
    }
}
