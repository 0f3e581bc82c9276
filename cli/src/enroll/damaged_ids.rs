//! Ids that look damaged. They are sent unchanged, and reported.

use std::sync::{Mutex, PoisonError};

use crate::{
    input::{Damage, Input},
    summary::count_of,
};

/// How many of them are shown.
const SHOWN: usize = 3;

/// How many there are, and the first of them.
#[derive(Debug, Default)]
pub(crate) struct DamagedIds(Mutex<(u64, Vec<String>)>);

impl DamagedIds {
    /// Reads a whole input for its damaged ids.
    pub(crate) fn of(mut input: Input) -> Self {
        let damaged = Self::default();
        // An error is not reported here: the run itself reports it.
        while let Ok(Some(entry)) = input.next() {
            if let Ok(id) = &entry.id {
                damaged.look_at(entry.line, id);
            }
        }
        damaged
    }

    pub(crate) fn look_at(&self, line: u64, id: &str) {
        if let Some(damage) = Damage::of(id) {
            let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            found.0 += 1;
            if found.1.len() < SHOWN {
                let shown = format!("line {line} {id:?} ({})", damage.text());
                found.1.push(shown);
            }
        }
    }

    /// The warning about them, if there are any.
    pub(crate) fn text(&self) -> Option<String> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, shown) = (found.0, found.1.join(", "));
        let more = if count > SHOWN as u64 { " …" } else { "" };
        let look = if count == 1 { "looks" } else { "look" };
        (count > 0).then(|| {
            format!(
                "{} {look} damaged: {shown}{more}; such ids are sent unchanged unless you pass --strict",
                count_of(count, "id")
            )
        })
    }
}
