//! Bulk calls, from a stream of items to a stream of results.

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_util::{
    FutureExt,
    stream::{FuturesUnordered, Stream, StreamExt},
};
use tokio::{runtime::Handle, task::JoinHandle};
use tracing::Instrument;

use super::{
    pacer::{Pacer, Slot},
    settings::Pace,
};

/// Calls for the items of a stream, within the limits of a pace, each in its own task. `R` is the result of a
/// call.
pub struct PacedCalls<S: Stream, R> {
    pacer: Arc<Pacer>,
    concurrency: usize,
    /// None once the stream has ended.
    items: Option<S>,
    /// The slot for the call of the next item.
    slot: Option<Slot>,
    awaited_slot: Option<Pin<Box<dyn Future<Output = Slot> + Send>>>,
    calls: FuturesUnordered<RunningCall<S::Item, R>>,
}

impl<S, R> PacedCalls<S, R>
where
    S: Stream + Unpin,
    R: Send + 'static,
{
    /// Creates a stream of results. It takes no item before the first [`poll_next`](Self::poll_next).
    pub fn new(items: S, pace: &Pace) -> Self {
        Self {
            pacer: Arc::new(Pacer::new(pace)),
            concurrency: pace.concurrency.get(),
            items: Some(items),
            slot: None,
            awaited_slot: None,
            calls: FuturesUnordered::new(),
        }
    }

    /// Polls for the next item with its result. `call` makes the call for an item, which respects the pace and
    /// begins with the slot. The result is None without a runtime, or if the runtime was shut down.
    pub fn poll_next<F>(
        &mut self,
        context: &mut Context<'_>,
        call: impl Fn(&S::Item, Arc<Pacer>, Slot) -> F,
    ) -> Poll<Option<(S::Item, Option<R>)>>
    where
        F: Future<Output = R> + Send + 'static,
    {
        while self.calls.len() < self.concurrency {
            match self.poll_item(context) {
                Poll::Ready(Some((item, slot))) => {
                    let call = call(&item, Arc::clone(&self.pacer), slot);
                    let runtime = Handle::try_current().ok();
                    self.calls.push(RunningCall {
                        item: Some(item),
                        task: runtime.map(|runtime| runtime.spawn(call.in_current_span())),
                    });
                }
                Poll::Ready(None) => {
                    self.items = None;
                    break;
                }
                Poll::Pending => break,
            }
        }
        match ready!(self.calls.poll_next_unpin(context)) {
            None if self.items.is_some() => Poll::Pending,
            ended => Poll::Ready(ended),
        }
    }

    /// Takes an item once its call may begin. Until then, the item stays in the stream.
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<(S::Item, Slot)>> {
        let Some(items) = &mut self.items else {
            return Poll::Ready(None);
        };
        if items.size_hint().1 == Some(0) {
            // Do not wait for a slot that no item will use.
            return Poll::Ready(None);
        }
        if self.slot.is_none() {
            let awaited = self.awaited_slot.get_or_insert_with(|| {
                let pacer = Arc::clone(&self.pacer);
                Box::pin(async move { pacer.acquire_slot(false).await })
            });
            let slot = ready!(awaited.poll_unpin(context));
            self.awaited_slot = None;
            self.slot = Some(slot);
        }
        let item = ready!(items.poll_next_unpin(context));
        Poll::Ready(item.zip(self.slot.take()))
    }
}

impl<S: Stream, R> PacedCalls<S, R> {
    /// The pacer that the calls share.
    #[must_use]
    pub fn pacer(&self) -> &Pacer {
        &self.pacer
    }
}

impl<S: Stream, R> fmt::Debug for PacedCalls<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PacedCalls")
            .field("calls", &self.calls.len())
            .finish_non_exhaustive()
    }
}

/// A call in its own task, which is aborted when this is dropped.
struct RunningCall<I, R> {
    /// None after it was returned.
    item: Option<I>,
    /// None if there is no runtime.
    task: Option<JoinHandle<R>>,
}

impl<I, R> Unpin for RunningCall<I, R> {}

impl<I, R> Future for RunningCall<I, R> {
    type Output = (I, Option<R>);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let result = match &mut self.task {
            Some(task) => ready!(task.poll_unpin(context)).ok(),
            None => None,
        };
        // `FuturesUnordered` does not poll a future again after it has ended.
        self.item
            .take()
            .map_or(Poll::Pending, |item| Poll::Ready((item, result)))
    }
}

impl<I, R> Drop for RunningCall<I, R> {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}
