//! One call among many that keep a pace, or a call that keeps none.

use tokio::time::Instant;

use super::pacer::{Pacer, Slot};
use crate::Progress;

/// The part of a call in the pace of many calls. Its waits do not count as time of the call.
#[derive(Debug)]
pub struct Turn<'p> {
    pacer: Option<&'p Pacer>,
    /// The slot of the next attempt, if the call has one.
    slot: Option<Slot>,
}

impl<'p> Turn<'p> {
    /// For a single call, which keeps no pace.
    #[must_use]
    #[inline]
    pub fn alone() -> Self {
        Self {
            pacer: None,
            slot: None,
        }
    }

    /// For one of many calls. Its first attempt uses `slot`.
    #[must_use]
    pub fn new(pacer: &'p Pacer, slot: Slot) -> Self {
        Self {
            pacer: Some(pacer),
            slot: Some(slot),
        }
    }

    /// The pace, if the call keeps one.
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

    /// Waits for the slot of the next attempt, which does not begin yet.
    pub async fn acquire_slot(&mut self, progress: &mut Progress) {
        if let Some(pacer) = self.pacer {
            let asked = Instant::now();
            self.slot = Some(pacer.acquire_slot(true).await);
            progress.waited += asked.elapsed();
        }
    }

    /// Gives the slot back if the next attempt does not begin soon. A probe is kept.
    pub fn give_slot_back(&mut self) {
        if let Some(pacer) = self.pacer
            && let Some(slot) = self.slot.take_if(|slot| *slot != Slot::Probe)
        {
            pacer.give_back(&slot);
        }
    }
}
