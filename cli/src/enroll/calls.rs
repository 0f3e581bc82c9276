//! Calls under way. Their results are collected beside the thread that writes them down, which is woken
//! once for all that end at the same time.

use std::{
    future::poll_fn,
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
    pub(crate) fn begin(stream: EnrollAll<IdStream>) -> Self {
        let stream = Arc::new(Mutex::new(stream));
        let (sender, ended) = mpsc::unbounded_channel();
        let collector = tokio::spawn(collect(Arc::clone(&stream), sender));
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

async fn collect(
    stream: Arc<Mutex<EnrollAll<IdStream>>>,
    ended: mpsc::UnboundedSender<Vec<Called>>,
) {
    let poll = |context: &mut Context<'_>| lock(&stream).poll_next_unpin(context);
    while let Some(first) = poll_fn(poll).await {
        let mut called = vec![first];
        // Answers that are there by now are read first.
        yield_now().await;
        poll_fn(|context| {
            while let Poll::Ready(Some(more)) = poll(context) {
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
