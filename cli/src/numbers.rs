//! Parses numbers and times from the command line, and formats times for people.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

/// The largest count. A larger one is taken for a mistake.
const MOST: u32 = 1_000_000;

/// The longest time. A longer one is taken for a mistake.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A count of at least one.
pub(crate) fn count(text: &str) -> Result<NonZeroU32, String> {
    let number = whole(text, "8", MOST)?;
    NonZeroU32::new(number).ok_or_else(|| "it must be at least 1".to_owned())
}

/// The same as a size in memory.
pub(crate) fn size(text: &str) -> Result<NonZeroUsize, String> {
    count(text).and_then(|count| count.try_into().map_err(|_| "it is too large".to_owned()))
}

/// An HTTP status.
pub(crate) fn http_status(text: &str) -> Result<u16, String> {
    let status = whole(text, "503", 599)?;
    let status = u16::try_from(status).ok().filter(|status| *status >= 100);
    status.ok_or_else(|| "it must be from 100 to 599".to_owned())
}

/// The seed of a random number generator.
pub(crate) fn seed(text: &str) -> Result<u64, String> {
    let seed = text.trim().parse();
    seed.map_err(|_| "it is not a whole number; write one such as 1".to_owned())
}

/// A whole number, such as `example`.
fn whole(text: &str, example: &str, most: u32) -> Result<u32, String> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!(
            "it is not a whole number; write one such as {example}"
        ));
    }
    // Digits that do not parse are too many digits.
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| format!("it must be at most {most}"))
}

/// A time limit, which must be longer than zero.
pub(crate) fn time_limit(text: &str) -> Result<Duration, String> {
    let time = time(text)?;
    if time.is_zero() {
        return Err("it must be longer than 0; write 30s or 500ms".to_owned());
    }
    Ok(time)
}

/// A time, which may be zero.
pub(crate) fn time(text: &str) -> Result<Duration, String> {
    let time = humantime::parse_duration(text.trim());
    let time = time.map_err(|error| match error {
        humantime::DurationError::NumberOverflow => longest(),
        error => format!("{error}; write 30s or 500ms"),
    })?;
    if time > LONGEST {
        return Err(longest());
    }
    Ok(time)
}

fn longest() -> String {
    "it must be at most 365 days".to_owned()
}

/// Formats a time for people.
pub(crate) fn time_text(time: Duration) -> String {
    if time > LONGEST {
        return "more than a year".to_owned();
    }
    humantime::format_duration(time).to_string()
}
