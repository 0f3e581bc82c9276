//! The stable hash of an id: by it ids are told apart, and spread over machines.

use std::{
    fmt::{self, Display, Formatter},
    hash::{Hash, Hasher},
};

use sha2::{Digest as _, Sha256};

/// The first 15 bytes of the SHA-256 of an id: no two ids of any list have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IdDigest([u8; 15]);

impl IdDigest {
    pub(crate) fn of(id: impl AsRef<[u8]>) -> Self {
        let hash: [u8; 32] = Sha256::digest(id).into();
        Self(hash.first_chunk().copied().unwrap_or_default())
    }

    /// The number that shards are chosen by: the first 8 bytes, the first of them highest.
    pub(crate) fn number(self) -> u64 {
        u64::from_be_bytes(self.0.first_chunk().copied().unwrap_or_default())
    }

    /// The part of a map that it belongs to, by a byte that does not choose its shard.
    pub(crate) fn part(self) -> u8 {
        let [.., part, _, _, _, _, _, _] = self.0;
        part
    }
}

/// Short, for people and journals: the first 4 bytes.
impl Display for IdDigest {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let [first, second, third, fourth, ..] = self.0;
        write!(out, "{first:02x}{second:02x}{third:02x}{fourth:02x}")
    }
}

/// A part of a hash is one. A map takes the lowest bits and the seven highest: they are of bytes that
/// neither [shards](IdDigest::number) nor [parts](IdDigest::part) are chosen by.
impl Hash for IdDigest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let last = self.0.last_chunk().copied().unwrap_or_default();
        state.write_u64(u64::from_be_bytes(last).rotate_right(8));
    }
}
