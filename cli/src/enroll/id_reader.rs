//! Reads ids in a thread of its own, on their way to the calls.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::mpsc;

use super::{
    id_selection::{IdSelection, InvalidEntry, Selected},
    id_stream::IdBatch,
};

/// Few enough that little is read ahead, and enough that handing them over costs nothing.
const BATCH: usize = 512;

/// What the input gives beside ids.
#[derive(Debug)]
pub(crate) enum InputEvent {
    Invalid(InvalidEntry),
    /// The input could not be read to its end.
    Broken(String),
}

/// Ids and events go to the receivers of these channels.
#[derive(Debug)]
pub(crate) struct IdReader {
    pending: Arc<Mutex<PendingBatch>>,
    events: mpsc::Sender<InputEvent>,
}

#[derive(Debug)]
struct PendingBatch {
    batch: IdBatch,
    batches: mpsc::Sender<IdBatch>,
}

impl PendingBatch {
    /// Hands over what was read; false if nobody wants more.
    fn flush(&mut self) -> bool {
        let batch = mem::take(&mut self.batch);
        batch.ids.is_empty() || self.batches.blocking_send(batch).is_ok()
    }
}

impl IdReader {
    /// With the other ends of what it sends to.
    pub(crate) fn new() -> (Self, mpsc::Receiver<IdBatch>, mpsc::Receiver<InputEvent>) {
        let (batches, batches_sent) = mpsc::channel(2);
        let (events, events_sent) = mpsc::channel(64);
        let batch = IdBatch::default();
        let pending = Arc::new(Mutex::new(PendingBatch { batch, batches }));
        (Self { pending, events }, batches_sent, events_sent)
    }

    /// What hands over all that was read, for before a read that may have to wait: an id is called
    /// as soon as it is there.
    pub(crate) fn flusher(&self) -> impl FnMut() + Send + use<> {
        let pending = Arc::clone(&self.pending);
        move || {
            lock(&pending).flush();
        }
    }

    /// Reads all that is given, until nobody wants more.
    pub(crate) fn run(&self, mut selection: IdSelection) {
        while let Some(selected) = selection.next() {
            let wanted = match selected {
                Ok(Selected::Call(id)) => self.push(id, selection.position()),
                Ok(Selected::Report(invalid)) => self.send(InputEvent::Invalid(invalid)),
                Err(error) => {
                    self.send(InputEvent::Broken(error));
                    false
                }
            };
            if !wanted {
                break;
            }
        }
        lock(&self.pending).flush();
    }

    fn push(&self, id: String, end: u64) -> bool {
        let mut pending = lock(&self.pending);
        pending.batch.ids.push(id);
        pending.batch.end = end;
        pending.batch.ids.len() < BATCH || pending.flush()
    }

    fn send(&self, event: InputEvent) -> bool {
        self.events.blocking_send(event).is_ok()
    }
}

fn lock(pending: &Mutex<PendingBatch>) -> MutexGuard<'_, PendingBatch> {
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}
