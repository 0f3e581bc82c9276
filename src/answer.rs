//! An answer: reading its head, and classifying its envelope.

use std::{borrow::Cow, mem, time::Duration};

use face_search_enroll_runtime::{
    excerpt, headers,
    lenient::{Lenient, LenientText},
    redact,
};
use reqwest::{
    Response,
    header::{CONTENT_ENCODING, HeaderMap, HeaderName},
};

use crate::{AccessToken, Code, Outcome, Retry, generated::facts::Envelope, outcome::OutcomeKind};

/// The envelope of an answer, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer<O = Outcome> {
    /// What the answer means.
    pub outcome: O,
    /// The code of the answer.
    pub code: Code,
    /// The message of the answer. None if it has none.
    pub message: Option<String>,
    /// The field `extra` of the answer, as text or JSON. None if it has none.
    pub extra: Option<String>,
    /// The id of the request and its answer, for the vendor's support. None if the answer has none. It
    /// may be longer than the contract says.
    pub transaction_id: Option<String>,
    /// The HTTP status. The envelope decides the outcome, whatever the status is.
    pub http_status: u16,
    /// How long the server asked to wait before a retry. None if it did not ask.
    pub retry_after: Option<Duration>,
    /// How many seconds the clock of the server is ahead of the clock of this machine. Negative if it is
    /// behind. Read from the `Date` header, but only for requests that contain a time.
    pub clock_offset: Option<i64>,
}

#[expect(
    private_bounds,
    reason = "outcomes are generated, and other crates cannot add any"
)]
impl<O: OutcomeKind> Answer<O> {
    /// Whether the call may be retried, and when. The outcome decides, or the HTTP status for an outcome that
    /// depends on it.
    #[must_use]
    pub fn retry(&self) -> Retry {
        let of_status = O::of_http_status(self.http_status);
        self.outcome.retry().resolve(of_status.map(O::retry))
    }

    /// Classifies an envelope, and removes the secrets from its texts, which may echo the request.
    pub(crate) fn new<D>(head: &Head, envelope: Envelope<'_, D>, secrets: &[AccessToken]) -> Self {
        let redacted = |text: LenientText<'_>| redact(secrets, &text.0).into_owned();
        let code = match redact(secrets, envelope.code.as_str()) {
            Cow::Borrowed(_) => None,
            Cow::Owned(redacted) => Some(Code::from(&*redacted)),
        };
        Self {
            outcome: O::of_answer(envelope.code.as_str(), envelope.message_text()),
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
    /// Takes the headers out of the answer, whose body is read separately.
    pub(crate) fn of(response: &mut Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: mem::take(response.headers_mut()),
        }
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        headers::retry_after(&self.headers)
    }

    /// How many seconds the clock of the server is ahead of the clock of this machine.
    pub(crate) fn clock_offset(&self) -> Option<i64> {
        headers::clock_offset(&self.headers)
    }

    /// The `Content-Encoding` of the body, if it has one.
    pub(crate) fn coding(&self, secrets: &[AccessToken]) -> Option<String> {
        let coding = self.excerpt(&CONTENT_ENCODING, secrets)?;
        let is_encoded = !matches!(&*coding.trim().to_ascii_lowercase(), "" | "identity");
        is_encoded.then_some(coding)
    }

    /// The beginning of a header, for an error.
    pub(crate) fn excerpt(&self, name: &HeaderName, secrets: &[AccessToken]) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(excerpt(value.as_bytes(), secrets))
    }
}
