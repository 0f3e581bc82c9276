//! What requests to a sandbox change, and what its owner sees.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Received, Reply, faces::Faces};

/// The face set, what is told about the next requests, and a count.
pub(super) struct State {
    faces: Mutex<Faces>,
    replies: Mutex<VecDeque<Reply>>,
    responder: Mutex<Option<Responder>>,
    requests: AtomicU64,
}

/// Says how to treat a request.
pub(super) type Responder = Box<dyn FnMut(&Received<'_>) -> Reply + Send>;

impl State {
    pub(super) fn new(face_limit: Option<usize>) -> Self {
        Self {
            faces: Mutex::new(Faces::new(face_limit)),
            replies: Mutex::default(),
            responder: Mutex::default(),
            requests: AtomicU64::new(0),
        }
    }

    pub(super) fn push(&self, reply: Reply) {
        lock(&self.replies).push_back(reply);
    }

    pub(super) fn answer_with(&self, responder: Responder) {
        *lock(&self.responder) = Some(responder);
    }

    /// What was told about this request, if anything was.
    pub(super) fn told(&self, request: &Received<'_>) -> Option<Reply> {
        let reply = lock(&self.replies).pop_front();
        reply.or_else(|| Some(lock(&self.responder).as_mut()?(request)))
    }

    /// Puts a face into the set; whether it is new.
    pub(super) fn enroll(&self, signature_id: &str) -> bool {
        lock(&self.faces).insert(signature_id)
    }

    pub(super) fn is_enrolled(&self, signature_id: &str) -> bool {
        lock(&self.faces).contains(signature_id)
    }

    pub(super) fn enrolled(&self) -> Vec<String> {
        lock(&self.faces).sorted()
    }

    /// Counts a request, and numbers it from 1.
    pub(super) fn count(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }
}

/// What is behind the lock is whole at any time, also after a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("requests", &self.requests)
            .finish_non_exhaustive()
    }
}
