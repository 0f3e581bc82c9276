//! Shards: each of several machines sends one part of the ids.
//!
//! An id belongs to shard *h* mod *count*, where *h* is the first 8 bytes of the SHA-256 of the id, in
//! big-endian order. This must never change, because a later run reads the journal of an earlier one.

use std::{env, num::NonZeroU32, str::FromStr};

use crate::{environment::variable, id_digest::IdDigest};

/// The number of shards. If it is set, the index comes from the scheduler.
pub(crate) const SHARDS: &str = "FACE_SEARCH_ENROLL_SHARDS";

/// The variables in which schedulers pass the index of this process, with the variable of the first index
/// where it may not be 0: Kubernetes Indexed Jobs, AWS Batch array jobs, Slurm job arrays.
const INDEXES: [(&str, Option<&str>); 3] = [
    ("JOB_COMPLETION_INDEX", None),
    ("AWS_BATCH_JOB_ARRAY_INDEX", None),
    ("SLURM_ARRAY_TASK_ID", Some("SLURM_ARRAY_TASK_MIN")),
];

/// Shard `index` of `count`, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    index: u32,
    count: NonZeroU32,
}

impl Shard {
    pub(crate) fn takes(self, digest: IdDigest) -> bool {
        digest.number() % u64::from(self.count.get()) == u64::from(self.index)
    }

    fn new(index: u32, count: u32) -> Result<Self, String> {
        let count = NonZeroU32::new(count)
            .ok_or("the number of shards must be at least 1; write 0/1 for all ids")?;
        if index >= count.get() {
            let last = count.get() - 1;
            return Err(format!(
                "shards are numbered from 0; the last of {count} is {last}/{count}"
            ));
        }
        Ok(Self { index, count })
    }

    /// The shard that the environment names. If only one half of it is set, there is a note for the user.
    pub(crate) fn from_environment() -> Result<(Option<Self>, Option<String>), String> {
        let index = INDEXES
            .iter()
            .find(|(name, _)| env::var_os(name).is_some_and(|value| !value.is_empty()));
        let Some(count) = number(SHARDS)? else {
            let note = index.map(|(name, _)| {
                format!("{name} is set but {SHARDS} is not, so this process sends every id; set {SHARDS} to the number of processes to split the ids")
            });
            return Ok((None, note));
        };
        let Some((name, first)) = index else {
            let names: Vec<_> = INDEXES.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "{SHARDS} is set, but none of {} gives the index of this process; set one, or pass --shard",
                names.join(", ")
            ));
        };
        let first = first.map(number).transpose()?.flatten().unwrap_or(0);
        let index = number(name)?.unwrap_or(0).checked_sub(first);
        let index = index.ok_or_else(|| format!("{name} is less than the first index, {first}; check how the scheduler numbers its processes"))?;
        let shard = Self::new(index, count);
        let shard =
            shard.map_err(|error| format!("{name} and {SHARDS} do not name a shard: {error}"))?;
        Ok((Some(shard), None))
    }
}

fn number(name: &str) -> Result<Option<u32>, String> {
    let text =
        variable(name).map_err(|_| format!("{name} is not UTF-8; set it to a whole number"))?;
    let number = |text: String| {
        let number = text.parse();
        number.map_err(|_| format!("{name} is {text:?}; set it to a whole number"))
    };
    text.map(number).transpose()
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shard = text
            .split_once('/')
            .and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        let (index, count) =
            shard.ok_or("it is not INDEX/COUNT; write 0/16 for the first of 16 shards")?;
        Self::new(index, count)
    }
}
