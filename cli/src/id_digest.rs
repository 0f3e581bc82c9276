//! The stable hash of an id. It identifies the id, and decides which shard sends it.

use std::{
    fmt::{self, Display, Formatter},
    hash::{Hash, Hasher},
};

use sha2::{Digest as _, Sha256};

/// The first 15 bytes of the SHA-256 of an id. A collision is practically impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// The byte that decides the part of a map. It is not one of those that decide the shard.
    pub(crate) fn part(self) -> u8 {
        let [.., part, _, _, _, _, _, _] = self.0;
        part
    }
}

/// A short form for people and journals: the first 4 bytes.
impl Display for IdDigest {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let [first, second, third, fourth, ..] = self.0;
        write!(out, "{first:02x}{second:02x}{third:02x}{fourth:02x}")
    }
}

/// Uses bytes of the digest as the hash. A map uses the lowest bits and the seven highest: both come from
/// bytes that decide neither the [shard](IdDigest::number) nor the [part](IdDigest::part).
impl Hash for IdDigest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let last = self.0.last_chunk().copied().unwrap_or_default();
        state.write_u64(u64::from_be_bytes(last).rotate_right(8));
    }
}
