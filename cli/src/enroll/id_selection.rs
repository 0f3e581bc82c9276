//! Selects the ids to send: each one once, if it is valid, belongs to this shard, and was not settled by an
//! earlier run.

use std::{
    sync::{Arc, atomic::Ordering},
    vec,
};

use face_search_enroll::Client;

use super::{damaged_ids::DamagedIds, skipped_ids::SkippedIds};
use crate::{
    id_digest::IdDigest,
    input::{BadLine, Input, InputEntry},
    known_ids::{Known, KnownIds},
    shard::Shard,
};

/// Where ids come from.
pub(crate) enum IdSource {
    Arguments(vec::IntoIter<String>),
    Input(InputSource),
}

/// A file, or the output of another program.
pub(crate) struct InputSource {
    pub(crate) name: String,
    pub(crate) input: Box<Input>,
    /// Whether reading it again yields the same lines.
    pub(crate) is_file: bool,
}

/// What to do with an id or a line.
pub(crate) enum Selected {
    Call(String),
    Report(InvalidEntry),
}

/// An id that must not be sent, or a line without one, and the reason.
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
    pub(crate) damaged: Arc<DamagedIds>,
}

impl IdSelection {
    /// The next id or line. An error means that the input ended early.
    pub(crate) fn next(&mut self) -> Option<Result<Selected, String>> {
        loop {
            let (line, selected) = match &mut self.source {
                IdSource::Arguments(ids) => (None, Selected::Call(ids.next()?)),
                IdSource::Input(source) => match source.input.next().transpose()? {
                    Ok(entry) => (Some(entry.line), source.check(entry)),
                    Err(error) => return Some(Err(error.to_string())),
                },
            };
            if !self.is_mine(&selected) {
                continue;
            }
            if let (Some(line), Selected::Call(id)) = (line, &selected) {
                self.damaged.look_at(line, id);
            }
            return Some(Ok(selected));
        }
    }

    /// How far the input was read, in its own bytes.
    pub(crate) fn position(&self) -> u64 {
        match &self.source {
            IdSource::Arguments(_) => 0,
            IdSource::Input(source) => source.input.position(),
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

impl InputSource {
    fn check(&self, InputEntry { line, id }: InputEntry) -> Selected {
        let (id, BadLine { reason, digest }) = match id {
            Err(bad) => (None, bad),
            Ok(id) => match Client::check_signature_id(&id) {
                Ok(()) => return Selected::Call(id),
                Err(error) => {
                    let (reason, digest) = (error.to_string(), IdDigest::of(&id));
                    (Some(id), BadLine { reason, digest })
                }
            },
        };
        // The error identifies the line in a journal. Other input may have another line at this place.
        let text = if self.is_file {
            String::new()
        } else {
            format!(" ({digest})")
        };
        let error = format!("{}, line {line}{text}: {reason}", self.name);
        Selected::Report(InvalidEntry { id, error })
    }
}
