//! Failures that come at random, in an order that a seed repeats.

use std::sync::{Mutex, PoisonError};

use crate::reply::Reply;

/// Fails a share of the requests.
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

    /// How the next request fails, if it does.
    pub(crate) fn next(&self) -> Option<Reply> {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        // A share that is not a number fails nothing.
        let fails = random.f64() < self.share;
        if !fails {
            return None;
        }
        Some(match random.u8(..6) {
            0 => Reply::refused(),
            1 => Reply::lost(),
            2 => Reply::failure(500),
            3 => Reply::failure(429),
            4 => Reply::failure(503),
            _ => Reply::body("text/html", "<html><h1>502 Bad Gateway</h1></html>").status(502),
        })
    }
}
