//! The log events of token renewals. The layer emits all other events.

use std::time::Duration;

use tracing::{debug, warn};

/// The target of every span and event, for log filters. It is the name of the client, which users know, and not
/// the name of this crate.
pub const TARGET: &str = "face_search_enroll";

/// Logs a successful renewal. `life` is the lifetime of the token, if it is known.
pub(crate) fn token_renewed(life: Option<Duration>) {
    let expires_in = life.map(|life| u64::try_from(life.as_millis()).unwrap_or(u64::MAX));
    debug!(target: TARGET, expires_in_ms = expires_in, "token renewed");
}

/// Logs a failed renewal. The error is not logged, because it comes from the caller's code and may contain a
/// secret. Calls that wait for the token return it.
pub(crate) fn token_not_renewed() {
    warn!(target: TARGET, "token not renewed");
}
