//! Times in the headers of an answer.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

/// How long the server asks to wait: `Retry-After`.
#[must_use]
#[inline]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?;
    parse_retry_after(value, SystemTime::now())
}

/// By how many seconds the clock of the server is ahead of that of this machine, by the `Date` of an answer
/// that came just now. It is negative if the clock is behind.
#[must_use]
pub fn clock_offset(headers: &HeaderMap) -> Option<i64> {
    let date = headers.get(DATE)?.to_str().ok()?;
    let server = httpdate::parse_http_date(date).ok()?;
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).ok();
    match server.duration_since(SystemTime::now()) {
        Ok(ahead) => seconds(ahead),
        Err(behind) => seconds(behind.duration()).map(|seconds| -seconds),
    }
}

/// Seconds or a date, as in RFC 9110, or seconds with an `s`, as some servers send them. A date in the past
/// means no wait. Anything else is ignored.
fn parse_retry_after(value: &HeaderValue, now: SystemTime) -> Option<Duration> {
    let value = value.to_str().ok()?.trim();
    let seconds = value.strip_suffix(['s', 'S']).unwrap_or(value).trim_end();
    if !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large for a u64 means a wait without end.
        return Some(Duration::from_secs(seconds.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
