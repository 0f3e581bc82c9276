//! Random failures. The same seed gives the same failures.

use std::sync::{Mutex, PoisonError};

use face_search_enroll::Outcome;

use crate::reply::Reply;

/// Makes a share of the requests fail.
#[derive(Debug)]
pub(crate) struct FaultInjector {
    share: f64,
    random: Mutex<fastrand::Rng>,
}

impl FaultInjector {
    pub(crate) fn new(share: f64, seed: u64) -> Self {
        Self {
            share,
            random: Mutex::new(fastrand::Rng::with_seed(seed)),
        }
    }

    /// The failure of the next request, if it fails.
    pub(crate) fn next(&self) -> Option<Reply> {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        // If the share is NaN, nothing fails.
        let fails = random.f64() < self.share;
        if !fails {
            return None;
        }
        Some(match random.u8(..6) {
            0 => Reply::refused(),
            1 => Reply::lost(),
            2 => Reply::outcome(Outcome::ServerError).status(500),
            3 => Reply::outcome(Outcome::Throttled).status(429),
            4 => Reply::outcome(Outcome::Unavailable).status(503),
            _ => Reply::body("text/html", "<html><h1>502 Bad Gateway</h1></html>").status(502),
        })
    }
}
