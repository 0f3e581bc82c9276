//! What requests to a sandbox change, and what its owner sees.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{effects::Effects, reply::Reply, request::ReceivedRequest};

/// What operations have changed, the tokens that were issued, the replies to the next requests, and a
/// count.
#[derive(Default)]
pub(crate) struct State {
    /// Of each operation, by its id.
    effects: Mutex<HashMap<String, Effects>>,
    effect_limit: Option<usize>,
    /// When each token expires, in milliseconds since 1970 UTC.
    tokens: Mutex<HashMap<String, i64>>,
    replies: Mutex<VecDeque<Reply>>,
    responder: Mutex<Option<Arc<Mutex<Responder>>>>,
    requests: AtomicU64,
}

/// Says how to treat a request.
pub(crate) type Responder = Box<dyn FnMut(&ReceivedRequest<'_>) -> Reply + Send>;

impl State {
    pub(crate) fn new(effect_limit: Option<usize>) -> Self {
        Self {
            effect_limit,
            ..Self::default()
        }
    }

    pub(crate) fn enqueue(&self, reply: Reply) {
        lock(&self.replies).push_back(reply);
    }

    pub(crate) fn respond_with(&self, responder: Responder) {
        let responder = Arc::new(Mutex::new(responder));
        let replaced = lock(&self.responder).replace(responder);
        // What it holds may call the sandbox when it is dropped.
        drop(replaced);
    }

    /// The reply that a test has set for this request, if any.
    pub(crate) fn reply_to(&self, request: &ReceivedRequest<'_>) -> Option<Reply> {
        let reply = lock(&self.replies).pop_front();
        reply.or_else(|| {
            // A responder may set another one meanwhile.
            let responder = lock(&self.responder).clone()?;
            let reply = lock(&responder)(request);
            Some(reply)
        })
    }

    /// Remembers that an operation has taken effect for `value`; whether that is new.
    pub(crate) fn effect(&self, operation: &str, value: &str) -> bool {
        let mut effects = lock(&self.effects);
        let of_operation = effects.entry(operation.to_owned()).or_default();
        of_operation.insert(value, self.effect_limit)
    }

    pub(crate) fn has_effect(&self, operation: &str, value: &str) -> bool {
        let effects = lock(&self.effects);
        let of_operation = effects.get(operation);
        of_operation.is_some_and(|values| values.contains(value))
    }

    pub(crate) fn effects(&self, operation: &str) -> Vec<String> {
        let effects = lock(&self.effects);
        effects
            .get(operation)
            .map(Effects::sorted)
            .unwrap_or_default()
    }

    /// Remembers a token until it expires, and forgets those that have.
    pub(crate) fn issue(&self, token: &str, expiry: i64, now: i64) {
        let mut tokens = lock(&self.tokens);
        tokens.retain(|_, expiry| *expiry > now);
        tokens.insert(token.to_owned(), expiry);
    }

    pub(crate) fn is_issued(&self, token: &str, now: i64) -> bool {
        lock(&self.tokens)
            .get(token)
            .is_some_and(|expiry| *expiry > now)
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
