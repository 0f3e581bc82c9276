//! Signing requests for a token with the keys of an account.

use std::{
    fmt::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use face_search_enroll_runtime::Hidden;
use sha2::{Digest, Sha256};

use crate::{Credentials, generated::wire::types};

/// A request for a token, and what is needed to sign it again.
pub(crate) struct SignedRequest {
    credentials: Credentials,
    /// How many seconds the clock of the server is ahead of the clock of this machine, or 0 if that is not known.
    clock_offset: i64,
    pub(crate) body: types::TokenRequest,
}

impl SignedRequest {
    pub(crate) fn new(credentials: &Credentials, clock_offset: i64) -> Self {
        let time = time_of_server(clock_offset);
        Self {
            body: sign(credentials, time),
            credentials: credentials.clone(),
            clock_offset,
        }
    }

    /// Signs the request again, with the current time.
    pub(crate) fn sign(&mut self) {
        self.body = sign(&self.credentials, time_of_server(self.clock_offset));
    }
}

/// The time by the clock of the server, in milliseconds since 1970-01-01 UTC.
pub(crate) fn time_of_server(clock_offset: i64) -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
    now.saturating_add(clock_offset.saturating_mul(1000))
}

fn sign(credentials: &Credentials, timestamp: i64) -> types::TokenRequest {
    let Credentials {
        access_key,
        secret_key,
        period,
    } = credentials;
    types::TokenRequest {
        access_key: access_key.clone(),
        signature: signature(access_key.expose(), secret_key, timestamp),
        timestamp,
        period_second: Some(*period),
    }
}

/// The signature, as `x-signature` in the contract describes it.
fn signature(access_key: &str, secret_key: &str, timestamp: i64) -> Hidden {
    let mut digest = Sha256::new();
    digest.update(access_key);
    digest.update(secret_key);
    digest.update(timestamp.to_string());
    let mut text = String::with_capacity(64);
    for byte in digest.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}
