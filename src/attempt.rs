//! One attempt of a call: a request is sent, and its answer is read and classified. Whether there is
//! another attempt is left to [`crate::call`].

use std::{
    borrow::Cow,
    error::Error as StdError,
    io, mem,
    sync::Arc,
    time::{Duration, SystemTime},
};

use http_body_util::LengthLimitError;
use progenitor_client::{ClientInfo, Error as WireError};
use reqwest::{
    Response,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER},
};

use crate::{
    AccessToken, CallContext, Code, Connect, ConnectReason, EnrollError, Invalid, NoAnswer,
    Outcome, Rejected, Unreadable, UnreadableReason,
    client::Inner,
    generated::wire::{self, types},
    hooks::Call,
    lenient::{Lenient, Text},
    retry_after,
    token_source::Tokens,
};

/// How much of a body that is no envelope an error shows, in characters.
const EXCERPT: usize = 200;

/// One attempt.
pub(crate) struct Attempt<'c> {
    pub(crate) client: &'c Arc<Inner>,
    pub(crate) token: &'c AccessToken,
    pub(crate) time_limit: Option<Duration>,
}

/// An envelope that is classified, and what came around it.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) outcome: Outcome,
    pub(crate) code: Code,
    pub(crate) message: Option<String>,
    pub(crate) transaction_id: Option<String>,
    extra: Option<Lenient<serde_json::Value>>,
}

impl Attempt<'_> {
    /// Sends one request and reads the envelope of its answer.
    pub(crate) async fn send(&self, request: &types::EnrollRequest) -> Result<Answer, EnrollError> {
        let wire = self.wire();
        let mut response = match wire.enroll_unread(request).await {
            Ok(response) => response,
            Err(error) => return Err(self.unsent(error, wire.inner().is_sent())),
        };
        let head = Head::of(&mut response);
        // `bytes` would hold the response three times in its future.
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => {
                    let error = error.with_url(response.url().clone());
                    return Err(self.broken_body(&head, error));
                }
            }
        }
        match serde_json::from_slice(&body) {
            Ok(envelope) => Ok(self.answer(&head, envelope)),
            Err(error) => Err(self.unreadable_body(&head, &body, &error)),
        }
    }

    /// The generated client of this attempt alone.
    fn wire(&self) -> wire::Client {
        let tokens = Tokens::Constant(self.token.clone());
        let call = Call::new(self.client, tokens, self.time_limit).by_its_own();
        wire::Client::new_with_client(self.client.http.clone(), call)
    }

    /// A request that was not sent, or got no answer.
    fn unsent(&self, error: WireError<()>, sent: bool) -> EnrollError {
        let rule = match error {
            WireError::CommunicationError(error)
            | WireError::InvalidUpgrade(error)
            | WireError::ResponseBodyError(error) => return self.unanswered(sent, error),
            WireError::InvalidRequest(rule) | WireError::Custom(rule) => rule,
            // Of answers, which are not looked at by then.
            error => error.to_string(),
        };
        let field = "request";
        EnrollError::Invalid(Invalid { field, rule })
    }

    /// Classifies an envelope. Its texts may echo what was sent, so the token is taken out of them.
    fn answer(&self, head: &Head, envelope: types::Envelope) -> Answer {
        let message = envelope.message.as_ref().map(Text::as_str);
        let redacted = |text: Text| match self.token.redact(text.as_str()) {
            Cow::Borrowed(_) => text.into_string(),
            Cow::Owned(redacted) => redacted,
        };
        let code = match self.token.redact(envelope.code.as_str()) {
            Cow::Borrowed(_) => None,
            Cow::Owned(redacted) => Some(Code::from(&*redacted)),
        };
        Answer {
            status: head.status,
            retry_after: head.retry_after(),
            outcome: Outcome::of(&envelope.code, message),
            code: code.unwrap_or(envelope.code),
            message: envelope.message.map(redacted),
            transaction_id: envelope.transaction_id.map(redacted),
            extra: envelope.extra,
        }
    }

    /// The call so far; how it went on the whole is filled in when it ends.
    fn context(&self) -> CallContext {
        CallContext::new(self.client.endpoint.clone())
    }

    /// A request that got no answer.
    fn unanswered(&self, sent: bool, source: reqwest::Error) -> EnrollError {
        let call = self.context();
        if sent {
            return EnrollError::NoAnswer(Box::new(NoAnswer {
                call,
                http_status: None,
                timed_out: source.is_timeout(),
                retry_after: None,
                source,
            }));
        }
        let reason = if source.is_timeout() {
            ConnectReason::TimedOut
        } else if source.is_builder() || causes(&source).any(is_tls) {
            ConnectReason::Tls
        } else {
            ConnectReason::Network
        };
        EnrollError::Connect(Box::new(Connect {
            call,
            reason,
            source,
        }))
    }

    /// An answer whose body is larger than the limit, or breaks off.
    fn broken_body(&self, head: &Head, source: reqwest::Error) -> EnrollError {
        if let Some(redirect) = self.redirect(head) {
            return self.unreadable(head, redirect);
        }
        if causes(&source).any(<dyn StdError>::is::<LengthLimitError>) {
            let limit = self.client.body_limit;
            return self.unreadable(head, UnreadableReason::TooLarge { limit });
        }
        EnrollError::NoAnswer(Box::new(NoAnswer {
            call: self.context(),
            http_status: Some(head.status),
            timed_out: source.is_timeout(),
            retry_after: head.retry_after(),
            source,
        }))
    }

    fn unreadable_body(&self, head: &Head, bytes: &[u8], error: &serde_json::Error) -> EnrollError {
        let redirect = self.redirect(head);
        // serde_json's message may quote the answer; the place of the error does not.
        let reason = redirect.unwrap_or_else(|| UnreadableReason::Body {
            line: error.line(),
            column: error.column(),
            excerpt: excerpt(self.token, bytes),
        });
        self.unreadable(head, reason)
    }

    /// A redirect is one whatever its body is.
    fn redirect(&self, head: &Head) -> Option<UnreadableReason> {
        matches!(head.status, 300..400).then(|| UnreadableReason::Redirect {
            location: self.header(head, &LOCATION),
        })
    }

    fn unreadable(&self, head: &Head, reason: UnreadableReason) -> EnrollError {
        EnrollError::Unreadable(Box::new(Unreadable {
            call: self.context(),
            http_status: head.status,
            content_type: self.header(head, &CONTENT_TYPE),
            retry_after: head.retry_after(),
            reason,
        }))
    }

    fn header(&self, head: &Head, name: &HeaderName) -> Option<String> {
        let value = head.headers.get(name)?;
        Some(excerpt(self.token, value.as_bytes()))
    }

    /// The error of an answer that is no success.
    pub(crate) fn rejected(&self, answer: Answer) -> EnrollError {
        let Answer {
            status,
            retry_after,
            outcome,
            code,
            message,
            transaction_id,
            extra,
        } = answer;
        let extra = extra.map(|extra| match extra {
            Lenient::Read(serde_json::Value::String(text)) | Lenient::Odd(text) => text,
            Lenient::Read(value) => value.to_string(),
        });
        EnrollError::Rejected(Box::new(Rejected {
            call: self.context(),
            outcome,
            code,
            message,
            extra: extra.map(|extra| self.token.redact(&extra).into_owned()),
            transaction_id,
            http_status: status,
            retry_after,
        }))
    }
}

/// The head of an answer.
#[derive(Debug)]
struct Head {
    status: u16,
    headers: HeaderMap,
}

impl Head {
    /// Takes the headers out of the answer, whose body is read on its own.
    fn of(response: &mut Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: mem::take(response.headers_mut()),
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?;
        retry_after::parse(value, SystemTime::now())
    }
}

/// The first bytes of a body, without the token, escaped so that one line holds them.
fn excerpt(token: &AccessToken, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = token.redact(&text);
    let shown: String = text.chars().take(EXCERPT).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("{}{more}", shown.escape_debug())
}

/// What caused an error, and what caused that. An `io::Error` hides the error it was made of from
/// `source`, so it is looked into.
fn causes<'e>(error: &'e reqwest::Error) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    let inner = |cause: &'e (dyn StdError + 'static)| {
        let io = cause.downcast_ref::<io::Error>();
        match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => cause.source(),
        }
    };
    std::iter::successors(error.source(), move |cause| inner(*cause))
}

/// Whether TLS itself failed: repeating the handshake ends the same way.
fn is_tls(cause: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "rustls")]
    if cause.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if let Some(error) = cause.downcast_ref::<native_tls::Error>() {
        // OpenSSL tells so also of a connection that broke: there the cause is an I/O error or none.
        let is_openssl = cfg!(not(any(target_vendor = "apple", windows)));
        return !is_openssl || error.source().is_some_and(|cause| !cause.is::<io::Error>());
    }
    false
}
