//! Which of the ids that are given are called: each once, if it may be sent, is of this shard, and
//! has not been settled before.

use std::{
    sync::{Arc, atomic::Ordering},
    vec,
};

use face_search_enroll::Client;

use super::skipped_ids::SkippedIds;
use crate::{
    id_digest::IdDigest,
    input::{Input, InputEntry},
    known_ids::{Known, KnownIds},
    shard::Shard,
};

/// Where ids come from.
pub(crate) enum IdSource {
    Arguments(vec::IntoIter<String>),
    /// By its name.
    Input(String, Box<Input>),
}

/// What is to be done about something that was given.
pub(crate) enum Selected {
    Call(String),
    Report(InvalidEntry),
}

/// What is no id that may be sent, and why.
#[derive(Debug)]
pub(crate) struct InvalidEntry {
    pub(crate) id: Option<String>,
    pub(crate) error: String,
}

pub(crate) struct IdSelection {
    pub(crate) source: IdSource,
    pub(crate) shard: Option<Shard>,
    pub(crate) known: KnownIds,
    pub(crate) skipped: Arc<SkippedIds>,
}

impl IdSelection {
    /// The next one, or why there are no more though there should be.
    pub(crate) fn next(&mut self) -> Option<Result<Selected, String>> {
        loop {
            let selected = match &mut self.source {
                IdSource::Arguments(ids) => Selected::Call(ids.next()?),
                IdSource::Input(name, input) => match input.next().transpose()? {
                    Ok(entry) => check(name, entry),
                    Err(error) => return Some(Err(error.to_string())),
                },
            };
            if self.is_mine(&selected) {
                return Some(Ok(selected));
            }
        }
    }

    /// How far the input was read, in its own bytes.
    pub(crate) fn position(&self) -> u64 {
        match &self.source {
            IdSource::Arguments(_) => 0,
            IdSource::Input(_, input) => input.position(),
        }
    }

    fn is_mine(&mut self, selected: &Selected) -> bool {
        let digest = IdDigest::of(match selected {
            Selected::Call(id) => id,
            Selected::Report(invalid) => &invalid.error,
        });
        let skipped = &self.skipped;
        let why = if self.shard.is_some_and(|shard| !shard.takes(digest)) {
            &skipped.of_other_shards
        } else {
            match self.known.insert(digest, Known::Given) {
                None => return true,
                Some(Known::Given) => &skipped.given_before,
                Some(Known::Enrolled) => &skipped.enrolled_before,
                Some(Known::Rejected) => &skipped.rejected_before,
            }
        };
        why.fetch_add(1, Ordering::Relaxed);
        false
    }
}

fn check(name: &str, InputEntry { line, id }: InputEntry) -> Selected {
    let (id, reason) = match id {
        Err(reason) => (None, reason),
        Ok(id) => match Client::check_signature_id(&id) {
            Ok(()) => return Selected::Call(id),
            Err(error) => (Some(id), error.to_string()),
        },
    };
    let error = format!("{name}, line {line}: {reason}");
    Selected::Report(InvalidEntry { id, error })
}
