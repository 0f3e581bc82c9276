//! The stable hash of an id: by it ids are told apart, and spread over machines.

use std::{
    collections::HashSet,
    hash::{BuildHasherDefault, Hasher},
};

/// The first 16 bytes of the SHA-256 of an id: no two ids of any list have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Digest(u128);

impl Digest {
    pub(crate) fn of(id: &str) -> Self {
        let [first, _] = halves(hmac_sha256::Hash::hash(id.as_bytes()));
        Self(first)
    }

    /// The number that shards are chosen by: the first 8 bytes, the first of them highest.
    pub(crate) fn number(self) -> u64 {
        // The upper half is what is left.
        u64::try_from(self.0 >> 64).unwrap_or_default()
    }
}

fn halves(hash: [u8; 32]) -> [u128; 2] {
    let mut halves = [0; 2];
    for (half, bytes) in halves.iter_mut().zip(hash.chunks_exact(16)) {
        *half = bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u128::from(*byte));
    }
    halves
}

/// Parts of a set, so that it never grows all at once: that takes the memory of two.
const PARTS: u128 = 64;

/// A set of digests, in about 17 to 36 bytes each.
#[derive(Debug)]
pub(crate) struct Digests(Vec<HashSet<u128, BuildHasherDefault<Truncated>>>);

impl Digests {
    pub(crate) fn new() -> Self {
        Self((0..PARTS).map(|_| HashSet::default()).collect())
    }

    /// Whether it was not there before.
    pub(crate) fn insert(&mut self, digest: Digest) -> bool {
        self.part(digest).is_some_and(|part| part.insert(digest.0))
    }

    /// Whether it was there.
    pub(crate) fn remove(&mut self, digest: Digest) -> bool {
        self.part(digest).is_some_and(|part| part.remove(&digest.0))
    }

    fn part(
        &mut self,
        digest: Digest,
    ) -> Option<&mut HashSet<u128, BuildHasherDefault<Truncated>>> {
        let index = usize::try_from((digest.0 >> 64) % PARTS).ok()?;
        self.0.get_mut(index)
    }
}

/// Takes the lower half for a hash: a digest is one already.
#[derive(Debug, Default)]
pub(crate) struct Truncated(u64);

impl Hasher for Truncated {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u128(&mut self, number: u128) {
        self.0 = u64::try_from(number & u128::from(u64::MAX)).unwrap_or_default();
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
