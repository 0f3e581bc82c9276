//! The face set of the sandbox.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

/// A set of signature ids. If there is a limit, the oldest ids are removed.
#[derive(Debug)]
pub(crate) struct FaceSet {
    ids: HashSet<Arc<str>>,
    /// The ids in the order of their enrolment. It stays empty if there is no limit.
    order: VecDeque<Arc<str>>,
    limit: Option<usize>,
}

impl FaceSet {
    pub(crate) fn new(limit: Option<usize>) -> Self {
        Self {
            ids: HashSet::new(),
            order: VecDeque::new(),
            limit,
        }
    }

    /// Inserts `id`, and returns whether it was new.
    pub(crate) fn insert(&mut self, id: &str) -> bool {
        if self.contains(id) {
            return false;
        }
        let id: Arc<str> = id.into();
        self.ids.insert(Arc::clone(&id));
        if let Some(limit) = self.limit {
            self.order.push_back(id);
            if self.order.len() > limit
                && let Some(oldest) = self.order.pop_front()
            {
                self.ids.remove(&oldest);
            }
        }
        true
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    pub(crate) fn sorted(&self) -> Vec<String> {
        let mut ids: Vec<_> = self.ids.iter().map(|id| String::from(&**id)).collect();
        ids.sort_unstable();
        ids
    }
}
