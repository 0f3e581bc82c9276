//! Estimates how much of a run is done, and how long the rest will take.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::run_progress::RunProgress;

#[derive(Debug)]
pub(crate) struct Estimate {
    /// The length of the input, if it is known.
    length: Option<u64>,
    progress: Arc<RunProgress>,
    /// When the first result arrived, and how much was done by then.
    first: Option<(Instant, Option<f64>)>,
    /// The number of finished calls.
    ended: u64,
}

impl Estimate {
    pub(crate) fn new(length: Option<u64>, progress: Arc<RunProgress>) -> Self {
        Self {
            length,
            progress,
            first: None,
            ended: 0,
        }
    }

    /// Counts one more finished call.
    pub(crate) fn add_ended(&mut self) {
        self.ended += 1;
        if self.first.is_none() {
            self.first = Some((Instant::now(), self.share()));
        }
    }

    pub(crate) fn ended(&self) -> u64 {
        self.ended
    }

    /// How much of the input is done, if its length is known.
    pub(crate) fn share(&self) -> Option<f64> {
        let length = self.length.filter(|length| *length > 0)?;
        let (position, taken) = (self.progress.position(), self.progress.taken().max(1));
        #[allow(clippy::cast_precision_loss)]
        let share = position as f64 / length as f64 * (self.ended as f64 / taken as f64);
        Some(share.min(1.0))
    }

    /// How long the rest will take, in whole seconds, at the pace since the first result. Ids that were
    /// skipped before it took no time, so they do not count.
    pub(crate) fn left(&self) -> Option<Duration> {
        let (since, first) = self.first?;
        let (now, first) = (self.share()?, first?);
        let pace = (1.0 - now) / (now - first).max(f64::MIN_POSITIVE);
        let left = since.elapsed().as_secs_f64() * pace;
        (now > first).then(|| Duration::from_secs(Duration::from_secs_f64(left.min(1e9)).as_secs()))
    }
}
