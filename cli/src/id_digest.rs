//! The stable hash of an id: by it ids are told apart, and spread over machines.

use std::hash::{Hash, Hasher};

use sha2::{Digest as _, Sha256};

/// The first 15 bytes of the SHA-256 of an id: no two ids of any list have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IdDigest([u8; 15]);

impl IdDigest {
    pub(crate) fn of(id: &str) -> Self {
        let hash: [u8; 32] = Sha256::digest(id).into();
        Self(hash.first_chunk().copied().unwrap_or_default())
    }

    /// The number that shards are chosen by: the first 8 bytes, the first of them highest.
    pub(crate) fn number(self) -> u64 {
        u64::from_be_bytes(self.0.first_chunk().copied().unwrap_or_default())
    }
}

/// A part of a hash is one. It is the last part: the first bytes choose the part of a map already.
impl Hash for IdDigest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let last = self.0.last_chunk().copied().unwrap_or_default();
        state.write_u64(u64::from_be_bytes(last));
    }
}
