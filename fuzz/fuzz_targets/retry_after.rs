//! Any `Retry-After` header is read as seconds, as a date or not at all, with an envelope and with
//! any other page.
//!
//! `cargo +nightly fuzz run retry_after`

#![no_main]

use std::{
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use arbitrary::Arbitrary;
use face_search_enroll::{EnrollError, Outcome, Stage};
use face_search_enroll_fuzz::{EXAMPLES, assert_line, enroll};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    /// A page instead of an envelope.
    is_page: bool,
    value: &'a [u8],
}

static ENVELOPE: LazyLock<String> = LazyLock::new(|| {
    let mut examples = EXAMPLES.iter();
    let throttled = examples.find(|example| example.outcome == Outcome::Throttled);
    let envelope = throttled.expect("an example").envelope.clone();
    serde_json::Value::from(envelope).to_string()
});

fuzz_target!(|input: Input<'_>| {
    let Input { is_page, value } = input;
    let body = if is_page { "<html>" } else { &ENVELOPE };
    let mut answer = b"HTTP/1.1 429 \r\nRetry-After: ".to_vec();
    answer.extend(value);
    answer.extend(format!("\r\nContent-Length: {}\r\n\r\n{body}", body.len()).bytes());

    let before = SystemTime::now();
    let error = enroll(answer).expect_err("no success");
    let after = SystemTime::now();
    assert_line(&error);
    assert!(!timed_out(&error), "{error:?}");

    // Text after a line break is another header, or invalid.
    if value.contains(&b'\r') || value.contains(&b'\n') {
        return;
    }
    let is_allowed = |byte: &u8| matches!(byte, b'\t' | b' '..=b'~' | 0x80..);
    if !value.iter().all(is_allowed) {
        assert_eq!(error.stage(), Stage::NoAnswer, "{error:?}");
        assert_eq!(error.retry_after(), None);
        return;
    }
    let stage = if is_page {
        Stage::Unreadable
    } else {
        Stage::Rejected
    };
    assert_eq!(error.stage(), stage, "{error:?}");
    assert_eq!(error.outcome(), Some(Outcome::Throttled));
    assert!(error.is_retryable());

    // The delay until a date depends on when the answer was read.
    let longest = expected(value, before);
    let shortest = expected(value, after);
    let read = error.retry_after();
    assert_eq!(read.is_some(), longest.is_some(), "{read:?} of {value:?}");
    assert!(
        shortest <= read && read <= longest,
        "{read:?} is not from {shortest:?} to {longest:?}"
    );
});

fn timed_out(error: &EnrollError) -> bool {
    match error {
        EnrollError::NoAnswer(no_answer) => no_answer.timed_out,
        _ => false,
    }
}

fn expected(value: &[u8], now: SystemTime) -> Option<Duration> {
    let text = std::str::from_utf8(value).ok()?.trim_matches([' ', '\t']);
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, unit) = text.split_at(end.unwrap_or(text.len()));
    let unit = unit.trim_start_matches([' ', '\t']);
    if !digits.is_empty() && matches!(unit, "" | "s" | "S") {
        let mut seconds = 0_u64;
        for digit in digits.bytes() {
            let digit = u64::from(digit - b'0');
            seconds = seconds.saturating_mul(10).saturating_add(digit);
        }
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
