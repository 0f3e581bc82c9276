//! The headers of an answer that contain a time.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

/// How long the server asks to wait, from `Retry-After`. None without a valid value.
#[must_use]
#[inline]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?;
    parse_retry_after(value, SystemTime::now())
}

/// How many seconds the clock of the server is ahead of the clock of this machine, from the `Date` of an answer
/// that has just arrived. Negative if the clock of the server is behind.
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

/// Parses seconds or a date, as in RFC 9110, and also seconds with an `s`, which some servers send. A date in the
/// past means no wait. Any other value is ignored.
fn parse_retry_after(value: &HeaderValue, now: SystemTime) -> Option<Duration> {
    let value = value.to_str().ok()?.trim();
    let seconds = value.strip_suffix(['s', 'S']).unwrap_or(value).trim_end();
    if !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large for a u64 means an endless wait.
        return Some(Duration::from_secs(seconds.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
