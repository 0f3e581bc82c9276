//! A rate of calls, as people write it.

use std::{str::FromStr, time::Duration};

/// `50/s`, `0.5/s`, `30/min` or `1000/h`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    interval: Duration,
}

/// A longer interval is taken for a mistake.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

impl Rate {
    /// The time from the start of one call to the start of the next.
    pub(crate) fn interval(self) -> Duration {
        self.interval
    }
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/').and_then(|(calls, unit)| {
            let calls: f64 = calls.trim().parse().ok()?;
            Some((calls, seconds(unit.trim())?))
        });
        let (calls, seconds) = parts.ok_or("it is not a rate; write 50/s, 30/min or 1000/h")?;
        if calls <= 0.0 {
            return Err("it must be more than 0; write 50/s, 30/min or 1000/h".to_owned());
        }
        let interval = Duration::try_from_secs_f64(seconds / calls).ok();
        let interval = interval.filter(|interval| *interval <= LONGEST);
        let interval = interval.ok_or("it must be at least one call a day; write a higher rate")?;
        Ok(Self { interval })
    }
}

/// The length of a unit of time.
fn seconds(unit: &str) -> Option<f64> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hour" | "hours" => 3600.0,
        _ => return None,
    })
}
