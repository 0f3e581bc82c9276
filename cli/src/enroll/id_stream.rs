//! The stream of ids that the calls read from. It limits how many results are unwritten, and can be
//! stopped.

use std::{
    num::NonZeroUsize,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    vec,
};

use futures_util::Stream;
use tokio::sync::mpsc;

use super::run_progress::RunProgress;

/// Ids, and the position in the input after the last of them.
#[derive(Debug, Default)]
pub(crate) struct IdBatch {
    pub(crate) ids: Vec<String>,
    pub(crate) end: u64,
}

#[derive(Debug)]
pub(crate) struct IdStream {
    batches: mpsc::Receiver<IdBatch>,
    batch: vec::IntoIter<String>,
    /// Where the batch begins and ends in the input, and how many ids it had.
    start: u64,
    end: u64,
    count: u64,
    /// How many ids may be in progress or have unwritten results.
    most: u64,
    progress: Arc<RunProgress>,
}

impl IdStream {
    pub(crate) fn new(batches: mpsc::Receiver<IdBatch>, most: NonZeroUsize) -> Self {
        Self {
            batches,
            batch: Vec::new().into_iter(),
            start: 0,
            end: 0,
            count: 0,
            most: u64::try_from(most.get()).unwrap_or(u64::MAX),
            progress: Arc::default(),
        }
    }

    pub(crate) fn progress(&self) -> Arc<RunProgress> {
        Arc::clone(&self.progress)
    }

    /// The position of the next id in the input, interpolated within its batch.
    fn position(&self) -> u64 {
        let left = u64::try_from(self.batch.len()).unwrap_or_default();
        let taken = self.count - left;
        self.start + (self.end - self.start) * taken / self.count.max(1)
    }
}

impl Stream for IdStream {
    type Item = String;

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.progress.is_stopped() {
            return (0, Some(0));
        }
        let all = self.batches.is_closed() && self.batches.is_empty();
        (0, all.then_some(self.batch.len()))
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<String>> {
        ready!(self.progress.poll_room(self.most, context));
        if self.progress.is_stopped() {
            return Poll::Ready(None);
        }
        loop {
            if let Some(id) = self.batch.next() {
                self.progress.add_taken(self.position());
                return Poll::Ready(Some(id));
            }
            let Some(batch) = ready!(self.batches.poll_recv(context)) else {
                return Poll::Ready(None);
            };
            self.start = self.end;
            self.end = batch.end.max(self.start);
            self.count = u64::try_from(batch.ids.len()).unwrap_or_default();
            self.batch = batch.ids.into_iter();
        }
    }
}
