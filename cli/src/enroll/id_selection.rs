//! Which of the ids that are given are called: each once, if it may be sent, is of this shard, and
//! has not been settled before.

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

/// A file, or what comes from another program.
pub(crate) struct InputSource {
    pub(crate) name: String,
    pub(crate) input: Box<Input>,
    /// Whether it has the same lines when it is read again.
    pub(crate) is_file: bool,
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
    pub(crate) damaged: Arc<DamagedIds>,
}

impl IdSelection {
    /// The next one, or why there are no more though there should be.
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
        // It is known again by this: at the same place of another input there is another line.
        let text = if self.is_file {
            String::new()
        } else {
            format!(" ({digest})")
        };
        let error = format!("{}, line {line}{text}: {reason}", self.name);
        Selected::Report(InvalidEntry { id, error })
    }
}
