//! Calls under way. Their results are collected beside the thread that writes them down, which is woken
//! once for all that end at the same time.

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

/// An id, and what its call came to.
pub(crate) type Called = (String, Result<Enrolled, EnrollError>);

pub(crate) struct Calls {
    stream: Arc<Mutex<EnrollAll<IdStream>>>,
    /// No more of them than ids may be unwritten.
    ended: mpsc::UnboundedReceiver<Vec<Called>>,
    collector: JoinHandle<()>,
}

impl Calls {
    /// With how many of them may be under way.
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

    /// Results in the order in which calls ended; nothing once all have.
    pub(crate) fn poll_ended(&mut self, context: &mut Context<'_>) -> Poll<Option<Vec<Called>>> {
        self.ended.poll_recv(context)
    }

    /// The stream, while no id is taken from it.
    pub(crate) fn stream(&self) -> MutexGuard<'_, EnrollAll<IdStream>> {
        lock(&self.stream)
    }

    /// Gives up those that have not ended.
    pub(crate) async fn end(self) {
        self.collector.abort();
        // It was aborted, or had ended.
        let _ = self.collector.await;
    }
}

/// Hands results over, about `most` at a time where so many have ended: the other calls keep the server busy
/// while they are written.
async fn collect(
    stream: Arc<Mutex<EnrollAll<IdStream>>>,
    ended: mpsc::UnboundedSender<Vec<Called>>,
    most: usize,
) {
    let poll = |context: &mut Context<'_>| lock(&stream).poll_next_unpin(context);
    while let Some(first) = poll_fn(poll).await {
        let mut called = vec![first];
        // Answers that are there by now are read first.
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
