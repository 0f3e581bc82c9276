//! The state of a sandbox, which requests change.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use crate::{face_set::FaceSet, reply::Reply, request::ReceivedRequest, tokens::Tokens};

/// The faces, the tokens, the replies to the next requests, and the number of requests.
pub(crate) struct State {
    /// For each operation, the values that it was called with.
    faces: Vec<Mutex<FaceSet>>,
    tokens: Mutex<Tokens>,
    replies: Mutex<VecDeque<Reply>>,
    responder: Mutex<Option<Arc<Mutex<Responder>>>>,
    requests: AtomicU64,
}

/// Chooses the reply to a request.
pub(crate) type Responder = Box<dyn FnMut(&ReceivedRequest<'_>) -> Reply + Send>;

impl State {
    pub(crate) fn new(operations: usize, face_limit: Option<usize>) -> Self {
        let faces = || Mutex::new(FaceSet::new(face_limit));
        Self {
            faces: std::iter::repeat_with(faces).take(operations).collect(),
            tokens: Mutex::default(),
            replies: Mutex::default(),
            responder: Mutex::default(),
            requests: AtomicU64::new(0),
        }
    }

    pub(crate) fn enqueue(&self, reply: Reply) {
        lock(&self.replies).push_back(reply);
    }

    pub(crate) fn respond_with(&self, responder: Responder) {
        *lock(&self.responder) = Some(Arc::new(Mutex::new(responder)));
    }

    /// The reply that a test has chosen for this request, if any.
    pub(crate) fn reply_to(&self, request: &ReceivedRequest<'_>) -> Option<Reply> {
        if let Some(reply) = lock(&self.replies).pop_front() {
            return Some(reply);
        }
        // Do not hold the lock during the call, because the responder may set another responder.
        let responder = lock(&self.responder).clone()?;
        let reply = lock(&responder)(request);
        Some(reply)
    }

    /// Records that an operation was called with a value, and returns whether the value is new.
    pub(crate) fn change(&self, operation: usize, value: &str) -> bool {
        let faces = self.faces.get(operation);
        faces.is_some_and(|faces| lock(faces).insert(value))
    }

    pub(crate) fn is_changed(&self, operation: usize, value: &str) -> bool {
        let faces = self.faces.get(operation);
        faces.is_some_and(|faces| lock(faces).contains(value))
    }

    pub(crate) fn changed(&self, operation: usize) -> Vec<String> {
        let faces = self.faces.get(operation);
        faces.map_or_else(Vec::new, |faces| lock(faces).sorted())
    }

    pub(crate) fn issue(&self, life: Duration) -> String {
        lock(&self.tokens).issue(life)
    }

    pub(crate) fn is_good(&self, token: &str) -> bool {
        lock(&self.tokens).is_good(token)
    }

    /// Counts a request and returns its number. The first is 1.
    pub(crate) fn count(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }
}

/// Ignores poisoning: the data is consistent at any time, also after a panic.
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
