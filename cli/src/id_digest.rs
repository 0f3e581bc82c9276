//! The stable hash of an id. It identifies the id, and decides which shard sends it.

use std::fmt::{self, Display, Formatter};

use sha2::{Digest as _, Sha256};

/// The first 15 bytes of the SHA-256 of an id. A collision is practically impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct IdDigest([u8; 15]);

impl IdDigest {
    pub(crate) fn of(id: impl AsRef<[u8]>) -> Self {
        let hash: [u8; 32] = Sha256::digest(id).into();
        Self(hash.first_chunk().copied().unwrap_or_default())
    }

    /// The number that decides the shard: the first 8 bytes, in big-endian order.
    pub(crate) fn number(self) -> u64 {
        u64::from_be_bytes(self.0.first_chunk().copied().unwrap_or_default())
    }

    /// The digest as a number whose lowest byte is zero. The bytes that decide the [shard](Self::number) come last,
    /// so the ids of one shard are spread over all keys.
    pub(crate) fn sort_key(self) -> u128 {
        let last = u64::from_be_bytes(self.0.last_chunk().copied().unwrap_or_default());
        u128::from(last << 8) << 64 | u128::from(self.number()) << 8
    }
}

/// A short form for people and journals: the first 4 bytes.
impl Display for IdDigest {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let [first, second, third, fourth, ..] = self.0;
        write!(out, "{first:02x}{second:02x}{third:02x}{fourth:02x}")
    }
}
