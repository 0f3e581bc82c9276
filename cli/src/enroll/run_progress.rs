//! The progress of a run, shared by the stream of ids and the calls.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Debug, Default)]
pub(crate) struct RunProgress {
    position: AtomicU64,
    taken: AtomicU64,
    written: AtomicU64,
    stopped: AtomicBool,
}

impl RunProgress {
    /// The position in the input up to which ids were started, in bytes of the input.
    pub(crate) fn position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }

    /// How many ids were started.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Counts one more started id, at this position in the input.
    pub(crate) fn add_taken(&self, position: u64) {
        self.position.store(position, Ordering::Relaxed);
        self.taken.fetch_add(1, Ordering::Relaxed);
    }

    /// How many ids were started whose results are not written yet.
    pub(crate) fn unwritten(&self) -> u64 {
        self.taken() - self.written.load(Ordering::Relaxed)
    }

    /// Counts results that were written. As many more ids may be started.
    pub(crate) fn add_written(&self, results: u64) {
        self.written.fetch_add(results, Ordering::Relaxed);
    }

    /// Stops the stream of ids. Returns false if it was stopped before.
    pub(crate) fn stop(&self) -> bool {
        !self.stopped.swap(true, Ordering::Relaxed)
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
