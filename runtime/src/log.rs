//! The log events of token renewals. Everything else is logged by the client.

use std::time::Duration;

use tracing::{debug, warn};

/// The target of every span and event, which log filters name. It is the name of the client, which users
/// know, and not that of this crate.
pub const TARGET: &str = "face_search_enroll";

pub(crate) fn token_renewed(life: Option<Duration>) {
    let expires_in = life.map(|life| u64::try_from(life.as_millis()).unwrap_or(u64::MAX));
    debug!(target: TARGET, expires_in_ms = expires_in, "token renewed");
}

/// The error is not logged: it is the caller's own and may contain a secret. Calls that wait for the token
/// return it.
pub(crate) fn token_not_renewed() {
    warn!(target: TARGET, "token not renewed");
}
