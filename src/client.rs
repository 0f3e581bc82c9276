//! The client: a call from a signature id to a result.

use std::{
    error::Error as StdError,
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use http_body_util::LengthLimitError;
use progenitor_client::Error as WireError;
use reqwest::header::{CONTENT_TYPE, HeaderName, LOCATION};

use crate::{
    AccessToken, CallContext, Code, Connect, Endpoint, EnrollError, Enrolled, Invalid, NoAnswer,
    Outcome, Rejected, Unreadable, UnreadableReason,
    generated::{
        facts::operation::rule,
        wire::{self, types},
    },
    hooks::{Call, Head},
    lenient::{Lenient, Text},
    retry_after,
};

/// The name and version of this crate, for the vendor's logs.
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// How much of a body that is no envelope an error shows, in characters.
const EXCERPT: usize = 200;

/// Enrolls faces on one server.
///
/// Clones share their connections; make one client and clone it. It works on tokio.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    http: reqwest::Client,
    endpoint: Endpoint,
    token: AccessToken,
    body_limit: usize,
}

/// Sets up a [`Client`].
#[derive(Debug, Clone)]
#[must_use]
pub struct ClientBuilder {
    endpoint: Endpoint,
    token: Option<AccessToken>,
    connect_timeout: Duration,
    timeout: Duration,
    body_limit: usize,
}

impl ClientBuilder {
    /// The access token that calls carry.
    pub fn access_token(mut self, token: AccessToken) -> Self {
        self.token = Some(token);
        self
    }

    /// The longest that connecting may take, TLS included; 5 s unless told.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The longest that a call may take, from its start to the whole answer; 60 s unless told.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The largest body of an answer that is read, in bytes; 64 KiB unless told. A larger one is
    /// [unreadable](UnreadableReason::TooLarge).
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`BuildError`] without a token, and where TLS cannot be set up on this machine.
    pub fn build(self) -> Result<Client, BuildError> {
        let Self {
            endpoint,
            token,
            connect_timeout,
            timeout,
            body_limit,
        } = self;
        let token = token.ok_or(BuildError::NoToken)?;
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(connect_timeout)
            .timeout(timeout)
            .https_only(endpoint.is_https())
            // A proxy from the environment would be given the token in the clear on plain http, and
            // stand between a test and its sandbox.
            .no_proxy()
            // A redirect would take the token to another host.
            .redirect(reqwest::redirect::Policy::none())
            // An attempt that nobody counts could enroll without anybody knowing.
            .retry(reqwest::retry::never());
        #[cfg(feature = "rustls")]
        let http = crate::tls::configure(http)?;
        let http = http
            .build()
            .map_err(|error| BuildError::Tls(Box::new(error)))?;
        Ok(Client {
            inner: Arc::new(Inner {
                http,
                endpoint,
                token,
                body_limit,
            }),
        })
    }
}

impl Client {
    /// Starts the set-up of a client for a region, or for an [`Endpoint::custom`].
    pub fn builder(endpoint: impl Into<Endpoint>) -> ClientBuilder {
        ClientBuilder {
            endpoint: endpoint.into(),
            token: None,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(60),
            body_limit: 64 * 1024,
        }
    }

    /// Adds the face of a failed verification journey to the face set.
    ///
    /// `signature_id` is the id of the journey; it must not be blank. The call is sent once.
    /// Sending it again is safe: at worst the answer is [`Outcome::AlreadyEnrolled`].
    ///
    /// # Errors
    ///
    /// [`EnrollError`] says how far the call got, what the answer means, whether a retry can help,
    /// and whether the face may be enrolled all the same. A face that was enrolled before is an
    /// error too, of outcome [`Outcome::AlreadyEnrolled`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the call wherever it is: the request may have been received. The
    /// client remains usable.
    pub async fn enroll(&self, signature_id: &str) -> Result<Enrolled, EnrollError> {
        let request = request(signature_id).map_err(EnrollError::Invalid)?;
        let answer = self.send(&request).await?;
        let context = self.context();
        if answer.outcome != Outcome::Enrolled {
            let rejected = answer.into_rejected(context, &self.inner.token);
            return Err(EnrollError::Rejected(Box::new(rejected)));
        }
        Ok(Enrolled {
            signature_id: signature_id.to_owned(),
            code: answer.code,
            message: answer.message,
            transaction_id: answer.transaction_id,
            http_status: answer.status,
            endpoint: context.endpoint,
            attempts: context.attempts,
        })
    }

    /// Checks a signature id as [`enroll`](Self::enroll) does before it sends anything.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for one that breaks a rule of the contract: it must not be blank. No more is
    /// documented about its format.
    pub fn check_signature_id(signature_id: &str) -> Result<(), Invalid> {
        request(signature_id).map(drop)
    }

    /// The server that this client calls.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.inner.endpoint
    }

    /// The generated client for one call, with the token, limits and connections of this one; see
    /// [`raw`](crate::raw).
    #[must_use]
    pub fn raw(&self) -> crate::raw::Client {
        let Inner {
            http,
            endpoint,
            token,
            body_limit,
        } = &*self.inner;
        let call = Call::new(token.clone(), *body_limit);
        wire::Client::new_with_client(endpoint.base_url(), http.clone(), call)
    }

    /// Sends one request and reads the envelope of its answer.
    async fn send(&self, request: &types::EnrollRequest) -> Result<Answer, EnrollError> {
        let wire = self.raw();
        let head = wire.inner.head();
        let result = wire.enroll(request).await;
        // Clients of one call have one owner, so this does not wait.
        let head = head.get();
        match result {
            Ok(response) => Ok(self.answer(head, response.into_inner())),
            Err(WireError::UnexpectedResponse(response)) => {
                let bytes = response.bytes().await;
                let bytes = bytes.map_err(|error| self.broken_body(head, error))?;
                match serde_json::from_slice(&bytes) {
                    Ok(envelope) => Ok(self.answer(head, envelope)),
                    Err(error) => Err(self.unreadable_body(head, &bytes, &error)),
                }
            }
            Err(WireError::InvalidResponsePayload(bytes, error)) => {
                Err(self.unreadable_body(head, &bytes, &error))
            }
            Err(WireError::CommunicationError(error) | WireError::InvalidUpgrade(error)) => {
                Err(self.unanswered(error))
            }
            Err(WireError::ResponseBodyError(error)) => Err(self.broken_body(head, error)),
            // The contract's copy describes no answer of failure, and the hooks do not fail; what
            // progenitor would refuse to send is named all the same.
            Err(WireError::ErrorResponse(_)) => Err(self.unreadable(
                head,
                UnreadableReason::Body {
                    line: 0,
                    column: 0,
                    excerpt: String::new(),
                },
            )),
            Err(WireError::InvalidRequest(rule) | WireError::Custom(rule)) => {
                Err(EnrollError::Invalid(Invalid {
                    field: "request",
                    rule,
                }))
            }
        }
    }

    /// Classifies an envelope. Its texts may echo what was sent, so the token is taken out of them.
    fn answer(&self, head: Option<&Head>, envelope: types::EnrollResponse) -> Answer {
        let message = envelope.message.as_ref().map(Text::as_str);
        let redacted = |text: Text| self.inner.token.redact(text.as_str()).into_owned();
        Answer {
            status: head.map_or(0, |head| head.status),
            retry_after: head.and_then(Head::retry_after),
            outcome: Outcome::of(&envelope.code, message),
            code: envelope.code,
            message: envelope.message.map(redacted),
            transaction_id: envelope.transaction_id.map(redacted),
            extra: envelope.extra,
        }
    }

    fn context(&self) -> CallContext {
        CallContext {
            endpoint: self.inner.endpoint.clone(),
            attempts: 1,
        }
    }

    /// A request that got no answer: it was not sent only where no connection came about, or where
    /// reqwest could not make one, as with https and no TLS built in.
    fn unanswered(&self, source: reqwest::Error) -> EnrollError {
        let call = self.context();
        if source.is_connect() || source.is_builder() {
            EnrollError::Connect(Box::new(Connect { call, source }))
        } else {
            EnrollError::NoAnswer(Box::new(NoAnswer {
                call,
                http_status: None,
                timed_out: source.is_timeout(),
                source,
            }))
        }
    }

    /// An answer whose body is larger than the limit, or breaks off.
    fn broken_body(&self, head: Option<&Head>, source: reqwest::Error) -> EnrollError {
        if let Some(redirect) = head.and_then(|head| self.redirect(head)) {
            return self.unreadable(head, redirect);
        }
        if is_too_large(&source) {
            let limit = self.inner.body_limit;
            return self.unreadable(head, UnreadableReason::TooLarge { limit });
        }
        EnrollError::NoAnswer(Box::new(NoAnswer {
            call: self.context(),
            http_status: head.map(|head| head.status),
            timed_out: source.is_timeout(),
            source,
        }))
    }

    fn unreadable_body(
        &self,
        head: Option<&Head>,
        bytes: &[u8],
        error: &serde_json::Error,
    ) -> EnrollError {
        let redirect = head.and_then(|head| self.redirect(head));
        // serde_json's message may quote the answer; the place of the error does not.
        let reason = redirect.unwrap_or_else(|| UnreadableReason::Body {
            line: error.line(),
            column: error.column(),
            excerpt: excerpt(&self.inner.token, bytes),
        });
        self.unreadable(head, reason)
    }

    /// A redirect is one whatever its body is.
    fn redirect(&self, head: &Head) -> Option<UnreadableReason> {
        matches!(head.status, 300..400).then(|| UnreadableReason::Redirect {
            location: self.header(head, &LOCATION),
        })
    }

    fn unreadable(&self, head: Option<&Head>, reason: UnreadableReason) -> EnrollError {
        EnrollError::Unreadable(Box::new(Unreadable {
            call: self.context(),
            http_status: head.map_or(0, |head| head.status),
            content_type: head.and_then(|head| self.header(head, &CONTENT_TYPE)),
            retry_after: head.and_then(Head::retry_after),
            reason,
        }))
    }

    fn header(&self, head: &Head, name: &HeaderName) -> Option<String> {
        let value = head.headers.get(name)?;
        Some(excerpt(&self.inner.token, value.as_bytes()))
    }
}

impl Head {
    fn retry_after(&self) -> Option<Duration> {
        retry_after::parse(&self.headers, SystemTime::now())
    }
}

/// An envelope that is classified, and what came around it.
struct Answer {
    status: u16,
    retry_after: Option<Duration>,
    outcome: Outcome,
    code: Code,
    message: Option<String>,
    transaction_id: Option<String>,
    extra: Option<Lenient<serde_json::Value>>,
}

impl Answer {
    fn into_rejected(self, call: CallContext, token: &AccessToken) -> Rejected {
        let extra = self.extra.map(|extra| match extra {
            Lenient::Read(serde_json::Value::String(text)) | Lenient::Odd(text) => text,
            Lenient::Read(value) => value.to_string(),
        });
        Rejected {
            call,
            outcome: self.outcome,
            code: Code::from(&*token.redact(self.code.as_str())),
            message: self.message,
            extra: extra.map(|extra| token.redact(&extra).into_owned()),
            transaction_id: self.transaction_id,
            http_status: self.status,
            retry_after: self.retry_after,
        }
    }
}

fn request(signature_id: &str) -> Result<types::EnrollRequest, Invalid> {
    rule::SIGNATURE_ID.check(signature_id)?;
    let signature_id = signature_id.parse().map_err(|error| Invalid {
        field: rule::SIGNATURE_ID.field,
        rule: format!("{error}"),
    })?;
    Ok(types::EnrollRequest { signature_id })
}

/// The first bytes of a body, without the token, escaped so that one line holds them.
fn excerpt(token: &AccessToken, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = token.redact(&text);
    let shown: String = text.chars().take(EXCERPT).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("{}{more}", shown.escape_debug())
}

fn is_too_large(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error.is::<LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}

/// A client that cannot be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// No access token was given.
    NoToken,
    /// TLS cannot be set up on this machine; the source says why.
    Tls(Box<dyn StdError + Send + Sync>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoToken => {
                f.write_str("no access token; pass one to ClientBuilder::access_token")
            }
            Self::Tls(_) => f.write_str("cannot set up TLS on this machine"),
        }
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::NoToken => None,
            Self::Tls(source) => Some(&**source),
        }
    }
}
