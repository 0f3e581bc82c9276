//! The state of many ids, in little memory.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::id_digest::IdDigest;

/// Uses a number as its own hash.
#[derive(Debug, Default)]
pub(crate) struct IdentityHasher(u64);

impl Hasher for IdentityHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What is known about an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is enrolled, according to an earlier run.
    Enrolled,
    /// It was rejected in an earlier run.
    Rejected,
    /// It occurred before in the input of this run.
    Given,
}

/// The number of maps. A map that grows needs memory for two copies, so several small ones are better than
/// a large one.
const PARTS: u8 = 64;

type Part = HashMap<IdDigest, Known, BuildHasherDefault<IdentityHasher>>;

/// What is known about many ids, in about 17 to 36 bytes for each.
#[derive(Debug)]
pub(crate) struct KnownIds(Vec<Part>);

impl KnownIds {
    pub(crate) fn new() -> Self {
        Self((0..PARTS).map(|_| Part::default()).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(HashMap::is_empty)
    }

    /// Sets what is known about an id, and returns what was known before.
    pub(crate) fn insert(&mut self, id: IdDigest, known: Known) -> Option<Known> {
        let part = usize::from(id.part() % PARTS);
        self.0.get_mut(part)?.insert(id, known)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, hash::BuildHasher};

    use super::*;

    /// The ids of one shard are spread evenly over all parts, and within a part over all places. A map finds
    /// entries by the lowest bits of a hash, and tells them apart by the highest seven.
    #[test]
    fn a_shard_uses_all_parts_and_all_tags() {
        for shards in [1, 16, 64] {
            let digests = (0..200_000).map(|number: u32| IdDigest::of(number.to_le_bytes()));
            let mine = digests.filter(|digest| digest.number() % shards == 0);
            let mine: Vec<_> = mine.take(2000).collect();
            let hash = |digest| BuildHasherDefault::<IdentityHasher>::default().hash_one(digest);
            let parts: HashSet<_> = mine.iter().map(|digest| digest.part() % PARTS).collect();
            let of_part = || mine.iter().filter(|digest| digest.part() % 8 == 0);
            let tags: HashSet<_> = of_part().map(|digest| hash(digest) >> 57).collect();
            let places: HashSet<_> = of_part().map(|digest| hash(digest) % 64).collect();
            assert_eq!(parts.len(), 64);
            assert!(places.len() > 50, "{}", places.len());
            assert!(tags.len() > 80, "{}", tags.len());
        }
    }
}
