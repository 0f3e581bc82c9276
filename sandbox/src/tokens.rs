//! The tokens that a sandbox has issued.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// Tokens and the time when each expires.
#[derive(Default)]
pub(crate) struct Tokens {
    expiries: HashMap<String, Instant>,
}

impl Tokens {
    /// Issues a new token that is valid for `life`.
    pub(crate) fn issue(&mut self, life: Duration) -> String {
        let now = Instant::now();
        self.expiries.retain(|_, expiry| *expiry > now);
        let token = format!("sandbox-{:032x}", fastrand::u128(..));
        if let Some(expiry) = now.checked_add(life) {
            self.expiries.insert(token.clone(), expiry);
        }
        token
    }

    /// Whether `token` was issued by this sandbox and has not expired.
    pub(crate) fn is_good(&self, token: &str) -> bool {
        let expiry = self.expiries.get(token);
        expiry.is_some_and(|expiry| *expiry > Instant::now())
    }
}
