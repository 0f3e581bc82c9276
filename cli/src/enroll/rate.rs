//! How many calls may begin in a span of time, as people write it.

use std::{num::NonZeroU32, str::FromStr, time::Duration};

/// `50/s`, `30/min` or `1000/h`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    calls: NonZeroU32,
    span: Duration,
}

impl Rate {
    /// From one call to the next.
    pub(crate) fn interval(self) -> Duration {
        self.span / self.calls.get()
    }
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rate = text.split_once('/').and_then(|(calls, unit)| {
            let seconds = match unit.trim() {
                "s" => 1,
                "min" => 60,
                "h" => 60 * 60,
                _ => return None,
            };
            let calls = calls.trim().parse().ok()?;
            let span = Duration::from_secs(seconds);
            Some(Self { calls, span })
        });
        rate.ok_or_else(|| "no rate; write 50/s, 30/min or 1000/h".to_owned())
    }
}
