//! An answer as it is read: its head, and an envelope that is classified.

use std::{
    borrow::Cow,
    mem,
    time::{Duration, SystemTime},
};

use reqwest::{
    Response,
    header::{CONTENT_ENCODING, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};

use crate::{
    AccessToken, Code, Outcome, Retry, generated::facts::Envelope, lenient::Lenient,
    outcome::OutcomeKind, token::redact,
};

/// How much of a body that is no envelope an error shows, in characters.
const EXCERPT: usize = 200;

/// An envelope, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer<O = Outcome> {
    /// What it means.
    pub outcome: O,
    /// Its code.
    pub code: Code,
    /// Its message.
    pub message: Option<String>,
    /// What else it says, as text or JSON.
    pub extra: Option<String>,
    /// The name of the request and its answer, for the vendor's support. It may be longer than the
    /// contract promises.
    pub transaction_id: Option<String>,
    /// The HTTP status that it came with; the envelope counts, whatever that is.
    pub http_status: u16,
    /// What the server asked to wait before the call is repeated.
    pub retry_after: Option<Duration>,
    /// By how many seconds the clock of the server is ahead of that of this machine; negative if it is
    /// behind. It is read where a time is part of the request, from the `Date` of the answer.
    pub clock_offset: Option<i64>,
}

#[expect(
    private_bounds,
    reason = "outcomes are generated, and nobody else has any"
)]
impl<O: OutcomeKind> Answer<O> {
    /// Whether the same call may be sent again, and when: by the outcome, or by the HTTP status where the
    /// outcome leaves it to that.
    #[must_use]
    pub fn retry(&self) -> Retry {
        let of_status = O::of_http_status(self.http_status);
        self.outcome.retry().resolve(of_status.map(O::retry))
    }

    /// Classifies an envelope. Its texts may echo what was sent, so the secrets are taken out of them.
    pub(crate) fn new<D>(head: &Head, envelope: Envelope<D>, secrets: &[AccessToken]) -> Self {
        let message = envelope.message.as_ref().map(Lenient::as_str);
        let redacted = |text: Lenient<String>| match redact(secrets, text.as_str()) {
            Cow::Borrowed(_) => text.into_string(),
            Cow::Owned(redacted) => redacted,
        };
        let code = match redact(secrets, envelope.code.as_str()) {
            Cow::Borrowed(_) => None,
            Cow::Owned(redacted) => Some(Code::from(&*redacted)),
        };
        Self {
            outcome: O::of_answer(envelope.code.as_str(), message.unwrap_or_default()),
            code: code.unwrap_or(envelope.code),
            message: envelope.message.map(redacted),
            extra: envelope.extra.map(|extra| {
                let text = extra_text(extra);
                redact(secrets, &text).into_owned()
            }),
            transaction_id: envelope.transaction_id.map(redacted),
            http_status: head.status,
            retry_after: head.retry_after(),
            clock_offset: None,
        }
    }
}

fn extra_text(extra: Lenient<serde_json::Value>) -> String {
    match extra {
        Lenient::Read(serde_json::Value::String(text)) | Lenient::Unexpected(text) => text,
        Lenient::Read(value) => value.to_string(),
    }
}

/// The head of an answer.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    headers: HeaderMap,
}

impl Head {
    /// Takes the headers out of the answer, whose body is read on its own.
    pub(crate) fn of(response: &mut Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: mem::take(response.headers_mut()),
        }
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?;
        parse_retry_after(value, SystemTime::now())
    }

    /// By how many seconds the clock of the server is ahead of that of this machine.
    pub(crate) fn clock_offset(&self) -> Option<i64> {
        let date = self.headers.get(DATE)?.to_str().ok()?;
        let server = httpdate::parse_http_date(date).ok()?;
        let now = SystemTime::now();
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).ok();
        match server.duration_since(now) {
            Ok(ahead) => seconds(ahead),
            Err(behind) => seconds(behind.duration()).map(|seconds| -seconds),
        }
    }

    /// The coding of the body, if it has one.
    pub(crate) fn coding(&self, secrets: &[AccessToken]) -> Option<String> {
        let coding = self.excerpt(&CONTENT_ENCODING, secrets)?;
        let is_coded = !matches!(&*coding.trim().to_ascii_lowercase(), "" | "identity");
        is_coded.then_some(coding)
    }

    /// A header as an error shows it.
    pub(crate) fn excerpt(&self, name: &HeaderName, secrets: &[AccessToken]) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(excerpt(value.as_bytes(), secrets))
    }
}

/// The first bytes of a body, without the secrets, escaped so that one line holds them.
pub(crate) fn excerpt(bytes: &[u8], secrets: &[AccessToken]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = redact(secrets, &text);
    let shown: String = text.chars().take(EXCERPT).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("{}{more}", shown.escape_debug())
}

/// How long to wait: seconds or a date, as RFC 9110 has it, or seconds with an `s`, as the vendor
/// documents it. A date in the past is no wait; anything else is no header.
fn parse_retry_after(value: &HeaderValue, now: SystemTime) -> Option<Duration> {
    let value = value.to_str().ok()?.trim();
    let seconds = value.strip_suffix(['s', 'S']).unwrap_or(value).trim_end();
    if !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a u64 has are a wait without end all the same.
        return Some(Duration::from_secs(seconds.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
