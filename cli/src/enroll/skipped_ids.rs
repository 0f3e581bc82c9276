//! How many ids were left out, and why.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::summary::count_of;

/// What was left out, counted while it is read.
#[derive(Debug, Default)]
pub(crate) struct SkippedIds {
    pub(crate) enrolled_before: AtomicU64,
    pub(crate) rejected_before: AtomicU64,
    pub(crate) given_before: AtomicU64,
    pub(crate) of_other_shards: AtomicU64,
}

impl SkippedIds {
    /// Whether all that was given may be of other shards.
    pub(crate) fn has_other_shards(&self) -> bool {
        self.of_other_shards.load(Ordering::Relaxed) > 0
    }

    pub(crate) fn has_rejected_before(&self) -> bool {
        self.rejected_before.load(Ordering::Relaxed) > 0
    }

    /// What to tell of it, if there is any.
    pub(crate) fn text(&self) -> Option<String> {
        let counts = [
            (&self.enrolled_before, "enrolled by an earlier run"),
            (&self.rejected_before, "rejected in an earlier run"),
            (&self.given_before, "given before"),
            (&self.of_other_shards, "of other shards"),
        ];
        let parts: Vec<_> = counts
            .iter()
            .map(|(count, what)| (count.load(Ordering::Relaxed), what))
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", count_of(count, "id")))
            .collect();
        (!parts.is_empty()).then(|| format!("left out: {}", parts.join(", ")))
    }
}
