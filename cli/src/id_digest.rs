//! The stable hash of an id: by it ids are told apart, and spread over machines.

use std::fmt::{self, Display, Formatter};

use sha2::{Digest as _, Sha256};

/// The first 15 bytes of the SHA-256 of an id: no two ids of any list have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

    /// All of it as a number whose lowest byte is free. Its order has nothing to do with [shards](Self::number):
    /// the bytes that they are chosen by come last.
    pub(crate) fn sort_key(self) -> u128 {
        let last = u64::from_be_bytes(self.0.last_chunk().copied().unwrap_or_default());
        u128::from(last << 8) << 64 | u128::from(self.number()) << 8
    }
}

/// Short, for people and journals: the first 4 bytes.
impl Display for IdDigest {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let [first, second, third, fourth, ..] = self.0;
        write!(out, "{first:02x}{second:02x}{third:02x}{fourth:02x}")
    }
}
