//! The stable hash of an id: by it ids are told apart, and spread over machines.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasherDefault, Hash, Hasher},
};

use sha2::{Digest as _, Sha256};

/// The first 15 bytes of the SHA-256 of an id: no two ids of any list have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest([u8; 15]);

impl Digest {
    pub(crate) fn of(id: &str) -> Self {
        let hash: [u8; 32] = Sha256::digest(id).into();
        Self(hash.first_chunk().copied().unwrap_or_default())
    }

    /// The number that shards are chosen by: the first 8 bytes, the first of them highest.
    pub(crate) fn number(self) -> u64 {
        u64::from_be_bytes(self.0.first_chunk().copied().unwrap_or_default())
    }
}

impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // A part of a hash is one. The first bytes choose the part of the map already.
        state.write_u64(u64::from_be_bytes(
            self.0.last_chunk().copied().unwrap_or_default(),
        ));
    }
}

/// Takes a number for its own hash.
#[derive(Debug, Default)]
pub(crate) struct Itself(u64);

impl Hasher for Itself {
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

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// An earlier run found its face enrolled.
    Enrolled,
    /// An earlier run had it rejected.
    Rejected,
    /// It was given in this run.
    Given,
}

/// Parts of a map, so that it never grows all at once: that takes the memory of two.
const PARTS: u64 = 64;

type Part = HashMap<Digest, Known, BuildHasherDefault<Itself>>;

/// What is known of many ids, in about 17 to 36 bytes each.
#[derive(Debug)]
pub(crate) struct KnownIds(Vec<Part>);

impl KnownIds {
    pub(crate) fn new() -> Self {
        Self((0..PARTS).map(|_| Part::default()).collect())
    }

    /// Takes down what an earlier run has settled.
    pub(crate) fn settle(&mut self, digest: Digest, known: Known) {
        if let Some(part) = self.part(digest) {
            part.insert(digest, known);
        }
    }

    /// What was known of an id before it is given now.
    pub(crate) fn give(&mut self, digest: Digest) -> Option<Known> {
        match self.part(digest)?.entry(digest) {
            Entry::Occupied(mut known) => Some(known.insert(Known::Given)),
            Entry::Vacant(unknown) => {
                unknown.insert(Known::Given);
                None
            }
        }
    }

    fn part(&mut self, digest: Digest) -> Option<&mut Part> {
        let index = usize::try_from(digest.number() % PARTS).ok()?;
        self.0.get_mut(index)
    }
}
