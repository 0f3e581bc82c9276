//! Reads ids in a separate thread and hands them to the calls.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::mpsc;

use super::{
    id_selection::{IdSelection, InvalidEntry, Selected},
    id_stream::IdBatch,
};

/// Small enough that little is read ahead, and large enough that handing over a batch costs little.
const BATCH: usize = 512;

/// What the input yields besides ids.
#[derive(Debug)]
pub(crate) enum InputEvent {
    Invalid(InvalidEntry),
    /// The input could not be read to its end.
    Broken(String),
}

/// Sends ids and events to the receivers of these channels.
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
    /// Hands over the ids that were read. Returns false if the receiver is gone.
    fn flush(&mut self) -> bool {
        let batch = mem::take(&mut self.batch);
        batch.ids.is_empty() || self.batches.blocking_send(batch).is_ok()
    }
}

impl IdReader {
    /// Creates a reader, and the receivers of its channels.
    pub(crate) fn new() -> (Self, mpsc::Receiver<IdBatch>, mpsc::Receiver<InputEvent>) {
        let (batches, batches_sent) = mpsc::channel(2);
        let (events, events_sent) = mpsc::channel(64);
        let batch = IdBatch::default();
        let pending = Arc::new(Mutex::new(PendingBatch { batch, batches }));
        (Self { pending, events }, batches_sent, events_sent)
    }

    /// A closure that hands over all ids that were read. It is called before each read that may block, so
    /// that an id is sent as soon as it arrives.
    pub(crate) fn flusher(&self) -> impl FnMut() + Send + use<> {
        let pending = Arc::clone(&self.pending);
        move || {
            lock(&pending).flush();
        }
    }

    /// Reads the whole input, or until the receivers are gone.
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
