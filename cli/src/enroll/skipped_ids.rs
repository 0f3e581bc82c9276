//! How many ids were skipped, and why.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::summary::count_of;

/// The number of skipped ids, counted while the input is read.
#[derive(Debug, Default)]
pub(crate) struct SkippedIds {
    pub(crate) enrolled_before: AtomicU64,
    pub(crate) rejected_before: AtomicU64,
    pub(crate) given_before: AtomicU64,
    pub(crate) of_other_shards: AtomicU64,
}

impl SkippedIds {
    /// Whether ids were skipped because they belong to other shards.
    pub(crate) fn has_other_shards(&self) -> bool {
        self.of_other_shards.load(Ordering::Relaxed) > 0
    }

    pub(crate) fn has_rejected_before(&self) -> bool {
        self.rejected_before.load(Ordering::Relaxed) > 0
    }

    /// The line of the summary, if ids were skipped.
    pub(crate) fn text(&self) -> Option<String> {
        let counts = [
            (&self.enrolled_before, "enrolled in an earlier run"),
            (&self.rejected_before, "rejected in an earlier run"),
            (&self.given_before, "repeated in the input"),
            (&self.of_other_shards, "in other shards"),
        ];
        let parts: Vec<_> = counts
            .iter()
            .map(|(count, what)| (count.load(Ordering::Relaxed), what))
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", count_of(count, "id")))
            .collect();
        (!parts.is_empty()).then(|| format!("skipped: {}", parts.join(", ")))
    }
}
