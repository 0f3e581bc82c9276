//! The `Retry-After` header in the forms that are met.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderValue;

/// How long to wait: seconds or a date, as RFC 9110 has it, or seconds with an `s`, as the vendor
/// documents it. A date in the past is no wait; anything else is no header.
pub(crate) fn parse(value: &HeaderValue, now: SystemTime) -> Option<Duration> {
    let value = value.to_str().ok()?.trim();
    let seconds = value.strip_suffix(['s', 'S']).unwrap_or(value).trim_end();
    if !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a u64 has are a wait without end all the same.
        return Some(Duration::from_secs(seconds.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
