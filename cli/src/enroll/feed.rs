//! Ids on their way from a thread that reads them to the calls.

use std::{
    io::{self, Read},
    num::NonZeroUsize,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use futures_util::Stream;
use tokio::sync::mpsc;

use super::selection::{Bad, Pick, Selection};

/// Few enough that little is read ahead, and enough that handing them over costs nothing.
const BATCH: usize = 512;

/// Ids, and how far the input was read with them.
#[derive(Debug, Default)]
struct Batch {
    ids: Vec<String>,
    end: u64,
}

/// What is told beside the ids.
#[derive(Debug)]
pub(crate) enum Aside {
    Bad(Bad),
    /// The input could not be read to its end.
    Broken(String),
}

/// What the calls and whoever makes them tell each other.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    position: AtomicU64,
    taken: AtomicU64,
    written: AtomicU64,
    stopped: AtomicBool,
}

impl Flow {
    /// How far the calls have got in the input, in its own bytes.
    pub(crate) fn position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }

    /// How many ids were taken.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// So many more results are written down: as many more ids may be taken.
    pub(crate) fn add_written(&self, results: u64) {
        self.written.fetch_add(results, Ordering::Relaxed);
    }

    /// Ends the ids; false if they were ended before.
    pub(crate) fn stop(&self) -> bool {
        !self.stopped.swap(true, Ordering::Relaxed)
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// The end where ids are read.
#[derive(Debug)]
pub(crate) struct Feed {
    pending: Arc<Mutex<Pending>>,
    asides: mpsc::Sender<Aside>,
}

#[derive(Debug)]
struct Pending {
    batch: Batch,
    batches: mpsc::Sender<Batch>,
}

impl Pending {
    /// Hands over what was read; false if nobody wants more.
    fn flush(&mut self) -> bool {
        let batch = std::mem::take(&mut self.batch);
        batch.ids.is_empty() || self.batches.blocking_send(batch).is_ok()
    }
}

/// The end where ids are called.
#[derive(Debug)]
pub(crate) struct Ids {
    batches: mpsc::Receiver<Batch>,
    batch: std::vec::IntoIter<String>,
    /// Where the batch begins and ends, and how many ids it had.
    start: u64,
    end: u64,
    count: u64,
    /// How many ids may be taken whose results are not written down.
    most: u64,
    flow: Arc<Flow>,
}

/// Both ends, and what is told beside. No more than so many ids are on their way at a time.
pub(crate) fn feed(most: NonZeroUsize) -> (Feed, Ids, mpsc::Receiver<Aside>) {
    let (batches, taken) = mpsc::channel(2);
    let (asides, told) = mpsc::channel(64);
    let batch = Batch::default();
    let pending = Arc::new(Mutex::new(Pending { batch, batches }));
    let ids = Ids {
        batches: taken,
        batch: Vec::new().into_iter(),
        start: 0,
        end: 0,
        count: 0,
        most: u64::try_from(most.get()).unwrap_or(u64::MAX),
        flow: Arc::default(),
    };
    (Feed { pending, asides }, ids, told)
}

impl Feed {
    /// A reader that hands over what it has given before it waits for more: an id is called as soon
    /// as it is there.
    pub(crate) fn prompt(&self, reader: Box<dyn Read + Send>) -> Prompt {
        let pending = Arc::clone(&self.pending);
        Prompt { reader, pending }
    }

    /// Reads all that is given, until nobody wants more.
    pub(crate) fn run(&self, mut selection: Selection) {
        while let Some(pick) = selection.next() {
            let wanted = match pick {
                Ok(Pick::Call(id)) => self.push(id, selection.position()),
                Ok(Pick::Report(bad)) => self.tell(Aside::Bad(bad)),
                Err(error) => {
                    self.tell(Aside::Broken(error));
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

    fn tell(&self, aside: Aside) -> bool {
        self.asides.blocking_send(aside).is_ok()
    }
}

fn lock(pending: &Mutex<Pending>) -> std::sync::MutexGuard<'_, Pending> {
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}

/// See [`Feed::prompt`].
pub(crate) struct Prompt {
    reader: Box<dyn Read + Send>,
    pending: Arc<Mutex<Pending>>,
}

impl Read for Prompt {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        lock(&self.pending).flush();
        self.reader.read(buffer)
    }
}

impl Ids {
    pub(crate) fn flow(&self) -> Arc<Flow> {
        Arc::clone(&self.flow)
    }

    fn share(&self) -> u64 {
        let left = u64::try_from(self.batch.len()).unwrap_or_default();
        let taken = self.count - left;
        self.start + (self.end - self.start) * taken / self.count.max(1)
    }
}

impl Stream for Ids {
    type Item = String;

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.batch.len();
        let all = self.batches.is_closed() && self.batches.is_empty();
        let most = if self.flow.is_stopped() {
            Some(0)
        } else {
            all.then_some(left)
        };
        (0, most)
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<String>> {
        if self.flow.is_stopped() {
            return Poll::Ready(None);
        }
        let taken = self.flow.taken.load(Ordering::Relaxed);
        if taken - self.flow.written.load(Ordering::Relaxed) >= self.most {
            // Whoever writes results down asks again when that is done.
            return Poll::Pending;
        }
        loop {
            if let Some(id) = self.batch.next() {
                self.flow.position.store(self.share(), Ordering::Relaxed);
                self.flow.taken.store(taken + 1, Ordering::Relaxed);
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
