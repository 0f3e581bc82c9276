//! For which values an operation has taken effect.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

/// Values of the field that the effect of an operation is of: for one that enrolls, the face set. The
/// oldest are forgotten if there may not be more.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    values: HashSet<Arc<str>>,
    /// In the order in which they came; left empty if there is no limit.
    order: VecDeque<Arc<str>>,
}

impl Effects {
    /// Whether `value` is new.
    pub(crate) fn insert(&mut self, value: &str, limit: Option<usize>) -> bool {
        if self.contains(value) {
            return false;
        }
        let value: Arc<str> = value.into();
        self.values.insert(Arc::clone(&value));
        if let Some(limit) = limit {
            self.order.push_back(value);
            if self.order.len() > limit
                && let Some(oldest) = self.order.pop_front()
            {
                self.values.remove(&oldest);
            }
        }
        true
    }

    pub(crate) fn contains(&self, value: &str) -> bool {
        self.values.contains(value)
    }

    pub(crate) fn sorted(&self) -> Vec<String> {
        let values = self.values.iter();
        let mut values: Vec<_> = values.map(|value| String::from(&**value)).collect();
        values.sort_unstable();
        values
    }
}
