//! What requests to a sandbox change, and what its owner sees.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{face_set::FaceSet, reply::Reply, request::ReceivedRequest};

/// The face set, the replies to the next requests, and a count.
pub(crate) struct State {
    faces: Mutex<FaceSet>,
    replies: Mutex<VecDeque<Reply>>,
    responder: Mutex<Option<Responder>>,
    requests: AtomicU64,
}

/// Says how to treat a request.
pub(crate) type Responder = Box<dyn FnMut(&ReceivedRequest<'_>) -> Reply + Send>;

impl State {
    pub(crate) fn new(face_limit: Option<usize>) -> Self {
        Self {
            faces: Mutex::new(FaceSet::new(face_limit)),
            replies: Mutex::default(),
            responder: Mutex::default(),
            requests: AtomicU64::new(0),
        }
    }

    pub(crate) fn enqueue(&self, reply: Reply) {
        lock(&self.replies).push_back(reply);
    }

    pub(crate) fn respond_with(&self, responder: Responder) {
        *lock(&self.responder) = Some(responder);
    }

    /// The reply that a test has set for this request, if any.
    pub(crate) fn reply_to(&self, request: &ReceivedRequest<'_>) -> Option<Reply> {
        let reply = lock(&self.replies).pop_front();
        reply.or_else(|| Some(lock(&self.responder).as_mut()?(request)))
    }

    /// Puts a face into the set; whether it is new.
    pub(crate) fn enroll(&self, signature_id: &str) -> bool {
        lock(&self.faces).insert(signature_id)
    }

    pub(crate) fn is_enrolled(&self, signature_id: &str) -> bool {
        lock(&self.faces).contains(signature_id)
    }

    pub(crate) fn enrolled(&self) -> Vec<String> {
        lock(&self.faces).sorted()
    }

    /// Counts a request, and numbers it from 1.
    pub(crate) fn count(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn requests(&self) -> u64 {
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
