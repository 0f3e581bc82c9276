//! How far a run has got, as the ids on their way and the calls tell each other.

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
    /// How far the calls have got in the input, in its own bytes.
    pub(crate) fn position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }

    /// How many ids were taken.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// One more id was taken, at this position of the input.
    pub(crate) fn add_taken(&self, position: u64) {
        self.position.store(position, Ordering::Relaxed);
        self.taken.fetch_add(1, Ordering::Relaxed);
    }

    /// Ready when an id may be taken: fewer than `most` were taken whose results are not written down. Also
    /// when there are to be no more.
    pub(crate) fn poll_room(&self, most: u64, context: &Context<'_>) -> Poll<()> {
        let is_ready = || self.unwritten() < most || self.is_stopped();
        if is_ready() {
            return Poll::Ready(());
        }
        self.taker.register(context.waker());
        // It may have become so meanwhile.
        if is_ready() {
            return Poll::Ready(());
        }
        Poll::Pending
    }

    fn unwritten(&self) -> u64 {
        self.taken() - self.written.load(Ordering::Relaxed)
    }

    /// So many more results are written down: as many more ids may be taken.
    pub(crate) fn add_written(&self, results: u64) {
        self.written.fetch_add(results, Ordering::Relaxed);
        self.taker.wake();
    }

    /// Ends the ids; false if they were ended before.
    pub(crate) fn stop(&self) -> bool {
        let was_stopped = self.stopped.swap(true, Ordering::Relaxed);
        self.taker.wake();
        !was_stopped
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
