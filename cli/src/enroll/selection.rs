//! Which of the ids that are given are called: each once, if it may be sent, is of this shard, and
//! has not been settled before.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use face_search_enroll::Client;

use crate::{
    digest::{Digest, Known, KnownIds},
    input::{Entry, Input},
    shard::Shard,
    tally::counted,
};

/// Where ids come from.
pub(crate) enum Source {
    Arguments(std::vec::IntoIter<String>),
    /// By its name.
    Input(String, Box<Input>),
}

/// What is to be done about something that was given.
pub(crate) enum Pick {
    Call(String),
    Report(Bad),
}

/// What is no id that may be sent, and why.
#[derive(Debug)]
pub(crate) struct Bad {
    pub(crate) id: Option<String>,
    pub(crate) error: String,
}

/// What was left out, counted while it is read.
#[derive(Debug, Default)]
pub(crate) struct Skipped {
    doubled: AtomicU64,
    enrolled_before: AtomicU64,
    rejected_before: AtomicU64,
    of_other_shards: AtomicU64,
}

pub(crate) struct Selection {
    source: Source,
    shard: Option<Shard>,
    known: KnownIds,
    skipped: Arc<Skipped>,
}

impl Selection {
    pub(crate) fn new(
        source: Source,
        shard: Option<Shard>,
        known: KnownIds,
        skipped: Arc<Skipped>,
    ) -> Self {
        Self {
            source,
            shard,
            known,
            skipped,
        }
    }

    /// The next one, or why there are no more though there should be.
    pub(crate) fn next(&mut self) -> Option<Result<Pick, String>> {
        loop {
            let pick = match &mut self.source {
                Source::Arguments(ids) => Pick::Call(ids.next()?),
                Source::Input(name, input) => match input.next().transpose()? {
                    Ok(entry) => check(name, entry),
                    Err(error) => return Some(Err(error.to_string())),
                },
            };
            if self.is_mine(&pick) {
                return Some(Ok(pick));
            }
        }
    }

    /// How far the input was read, in its own bytes.
    pub(crate) fn position(&self) -> u64 {
        match &self.source {
            Source::Arguments(_) => 0,
            Source::Input(_, input) => input.position(),
        }
    }

    fn is_mine(&mut self, pick: &Pick) -> bool {
        let digest = Digest::of(match pick {
            Pick::Call(id) => id,
            Pick::Report(bad) => &bad.error,
        });
        let skipped = &self.skipped;
        let why = if self.shard.is_some_and(|shard| !shard.takes(digest)) {
            &skipped.of_other_shards
        } else {
            match self.known.give(digest) {
                None => return true,
                Some(Known::Given) => &skipped.doubled,
                Some(Known::Enrolled) => &skipped.enrolled_before,
                Some(Known::Rejected) => &skipped.rejected_before,
            }
        };
        why.fetch_add(1, Ordering::Relaxed);
        false
    }
}

fn check(name: &str, entry: Entry) -> Pick {
    let line = entry.line;
    let bad = |id, reason: String| {
        let error = format!("{name}, line {line}: {reason}");
        Pick::Report(Bad { id, error })
    };
    match entry.id {
        Err(reason) => bad(None, reason),
        Ok(id) => match Client::check_signature_id(&id) {
            Ok(()) => Pick::Call(id),
            Err(error) => bad(Some(id), error.to_string()),
        },
    }
}

impl Skipped {
    /// Whether all that was given may be of other shards.
    pub(crate) fn has_other_shards(&self) -> bool {
        self.of_other_shards.load(Ordering::Relaxed) > 0
    }

    pub(crate) fn rejected_before(&self) -> u64 {
        self.rejected_before.load(Ordering::Relaxed)
    }

    /// What to tell of it, if there is any.
    pub(crate) fn text(&self) -> Option<String> {
        let counts = [
            (&self.enrolled_before, "enrolled by an earlier run"),
            (&self.rejected_before, "rejected in an earlier run"),
            (&self.doubled, "given before"),
            (&self.of_other_shards, "of other shards"),
        ];
        let parts: Vec<_> = counts
            .iter()
            .map(|(count, what)| (count.load(Ordering::Relaxed), what))
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", counted(count, "id")))
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
