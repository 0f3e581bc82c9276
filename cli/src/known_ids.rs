//! What is known of many ids, in little memory.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::id_digest::IdDigest;

/// Takes a number for its own hash.
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

type Part = HashMap<IdDigest, Known, BuildHasherDefault<IdentityHasher>>;

/// What is known of many ids, in about 17 to 36 bytes each.
#[derive(Debug)]
pub(crate) struct KnownIds(Vec<Part>);

impl KnownIds {
    pub(crate) fn new() -> Self {
        Self((0..PARTS).map(|_| Part::default()).collect())
    }

    /// Takes down what is known of an id from now on, and gives what was known before.
    pub(crate) fn insert(&mut self, id: IdDigest, known: Known) -> Option<Known> {
        let part = usize::try_from(id.number() % PARTS).ok()?;
        self.0.get_mut(part)?.insert(id, known)
    }
}
