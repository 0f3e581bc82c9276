//! A token as a source gives it.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::AccessToken;

/// A token, and until when it is good if that is known.
#[derive(Debug, Clone)]
#[must_use]
pub struct IssuedToken {
    pub(super) token: AccessToken,
    pub(super) issued: Instant,
    pub(super) expiry: Option<Instant>,
}

impl IssuedToken {
    /// A token that was issued just now and is good until a server refuses it.
    pub fn new(token: AccessToken) -> Self {
        Self {
            token,
            issued: Instant::now(),
            expiry: None,
        }
    }

    /// The token is good for this long from its issue.
    pub fn expires_in(mut self, life: Duration) -> Self {
        // An expiry beyond what a clock can tell is none.
        self.expiry = self.issued.checked_add(life);
        self
    }

    /// The token is good until then, by this machine's clock; a time in the past is now.
    pub fn expires_at(self, time: SystemTime) -> Self {
        let life = time.duration_since(SystemTime::now()).unwrap_or_default();
        self.expires_in(life)
    }

    /// The token itself.
    #[must_use]
    pub fn token(&self) -> &AccessToken {
        &self.token
    }
}

impl From<AccessToken> for IssuedToken {
    fn from(token: AccessToken) -> Self {
        Self::new(token)
    }
}
