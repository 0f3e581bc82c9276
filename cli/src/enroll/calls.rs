//! The calls in progress. A task collects their results for the thread that writes them, so that results that
//! arrive at the same time wake this thread once.

use std::{
    future::poll_fn,
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use face_search_enroll::{EnrollAll, EnrollError, Enrolled};
use futures_util::StreamExt;
use tokio::{
    sync::mpsc,
    task::{JoinHandle, yield_now},
};

use super::id_stream::IdStream;

/// An id, and the result of its call.
pub(crate) type Called = (String, Result<Enrolled, EnrollError>);

pub(crate) struct Calls {
    stream: Arc<Mutex<EnrollAll<IdStream>>>,
    /// The limit of unwritten results also limits this channel.
    ended: mpsc::UnboundedReceiver<Vec<Called>>,
    collector: JoinHandle<()>,
}

impl Calls {
    /// Begins the calls of a stream. At most `most` of them run at a time.
    pub(crate) fn begin(stream: EnrollAll<IdStream>, most: NonZeroUsize) -> Self {
        let stream = Arc::new(Mutex::new(stream));
        let (sender, ended) = mpsc::unbounded_channel();
        let collector = tokio::spawn(collect(Arc::clone(&stream), sender, most.get() / 4));
        Self {
            stream,
            ended,
            collector,
        }
    }

    /// The next results, in the order in which calls ended. None after all calls have ended.
    pub(crate) fn poll_ended(&mut self, context: &mut Context<'_>) -> Poll<Option<Vec<Called>>> {
        self.ended.poll_recv(context)
    }

    /// The stream. No id is started while the guard is held.
    pub(crate) fn stream(&self) -> MutexGuard<'_, EnrollAll<IdStream>> {
        lock(&self.stream)
    }

    /// Aborts the calls that have not ended.
    pub(crate) async fn end(self) {
        self.collector.abort();
        // An error says that the task was aborted.
        let _ = self.collector.await;
    }
}

/// Sends results in batches of at most `most`, so that the other calls keep the server busy while a batch is
/// written.
async fn collect(
    stream: Arc<Mutex<EnrollAll<IdStream>>>,
    ended: mpsc::UnboundedSender<Vec<Called>>,
    most: usize,
) {
    let poll = |context: &mut Context<'_>| lock(&stream).poll_next_unpin(context);
    while let Some(first) = poll_fn(poll).await {
        let mut called = vec![first];
        // First let the tasks read the answers that have arrived.
        yield_now().await;
        poll_fn(|context| {
            while called.len() < most
                && let Poll::Ready(Some(more)) = poll(context)
            {
                called.push(more);
            }
            Poll::Ready(())
        })
        .await;
        if ended.send(called).is_err() {
            return;
        }
    }
}

fn lock(stream: &Mutex<EnrollAll<IdStream>>) -> MutexGuard<'_, EnrollAll<IdStream>> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}
