//! The progress of a run, shared by the stream of ids and the calls.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    task::{Context, Poll},
};

use futures_util::task::AtomicWaker;

#[derive(Debug, Default)]
pub(crate) struct RunProgress {
    position: AtomicU64,
    taken: AtomicU64,
    written: AtomicU64,
    stopped: AtomicBool,
    /// Wakes what waits to take an id.
    taker: AtomicWaker,
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

    /// Ready when an id may be started: when fewer than `most` started ids have no written result yet. Also
    /// ready after a stop.
    pub(crate) fn poll_room(&self, most: u64, context: &Context<'_>) -> Poll<()> {
        let is_ready = || self.unwritten() < most || self.is_stopped();
        if is_ready() {
            return Poll::Ready(());
        }
        self.taker.register(context.waker());
        // It may have become ready before the waker was registered.
        if is_ready() {
            return Poll::Ready(());
        }
        Poll::Pending
    }

    /// How many ids were started whose results are not written yet.
    fn unwritten(&self) -> u64 {
        self.taken() - self.written.load(Ordering::Relaxed)
    }

    /// Counts results that were written. As many more ids may be started.
    pub(crate) fn add_written(&self, results: u64) {
        self.written.fetch_add(results, Ordering::Relaxed);
        self.taker.wake();
    }

    /// Stops the stream of ids. Returns false if it was stopped before.
    pub(crate) fn stop(&self) -> bool {
        let was_stopped = self.stopped.swap(true, Ordering::Relaxed);
        self.taker.wake();
        !was_stopped
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
