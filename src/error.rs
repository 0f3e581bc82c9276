//! How a call fails, by how far it got. Each variant says whether the request may have reached the
//! server; the questions on the whole say what a caller wants to know of any of them.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use crate::{Code, Endpoint, InFaceSet, Outcome, Region, Retry};

/// A call that did not enroll the face, or of which that is not known.
///
/// The variant says how far the call got. What most callers need are the questions below, which
/// every variant answers.
#[derive(Debug)]
#[non_exhaustive]
pub enum EnrollError {
    /// Never sent: the signature id breaks a rule of the contract.
    ///
    /// A mistake of the caller, such as a blank line in a list of ids.
    Invalid(Invalid),
    /// Never sent: the [`TokenSource`](crate::TokenSource) gave no token. Its error is the source
    /// of this one.
    ///
    /// Likely causes: a token endpoint that is down, keys that have been revoked, a source that
    /// takes longer than the time-out of the call.
    Token(Box<NoToken>),
    /// Never reached a server: the name did not resolve, the connection was refused, or TLS failed.
    ///
    /// Likely causes: a network that does not reach the host, a proxy in between that presents a
    /// certificate of its own, a server that is down.
    Connect(Box<Connect>),
    /// May have been received: the request was sent, or part of it, and no whole answer came back.
    ///
    /// Likely causes: the time-out, a connection that broke. Repeating the call is safe, and tells.
    NoAnswer(Box<NoAnswer>),
    /// May have been received: the answer is not an envelope.
    ///
    /// Likely causes: a gateway's error page, a redirect, a proxy that asks for a login.
    Unreadable(Box<Unreadable>),
    /// Was received: the server answered with an envelope that is no success.
    Rejected(Box<Rejected>),
}

/// How far a call got that failed: the variants of [`EnrollError`], without what is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// [`EnrollError::Invalid`].
    Invalid,
    /// [`EnrollError::Token`].
    Token,
    /// [`EnrollError::Connect`].
    Connect,
    /// [`EnrollError::NoAnswer`].
    NoAnswer,
    /// [`EnrollError::Unreadable`].
    Unreadable,
    /// [`EnrollError::Rejected`].
    Rejected,
}

impl Stage {
    /// The name in logs and records, in kebab case: `no-answer`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Token => "token",
            Self::Connect => "connect",
            Self::NoAnswer => "no-answer",
            Self::Unreadable => "unreadable",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Where a call went, how often, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallContext {
    /// The server that was called.
    pub endpoint: Endpoint,
    /// How often the call was sent, or tried to be sent.
    pub attempts: u32,
    /// How long the call took, tokens and delays included, but not the wait for its turn at a pace.
    pub elapsed: Duration,
    /// Whether an attempt before the last one may have enrolled the face.
    pub earlier_attempt_may_have_enrolled: bool,
}

impl CallContext {
    pub(crate) fn new(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            attempts: 0,
            elapsed: Duration::ZERO,
            earlier_attempt_may_have_enrolled: false,
        }
    }
}

/// A request that was not sent because a text in it breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// The field of the request.
    pub field: &'static str,
    /// What is wrong with it, and the way out.
    pub rule: String,
}

/// A call without a token.
#[derive(Debug)]
#[non_exhaustive]
pub struct NoToken {
    /// Where the call was to go.
    pub call: CallContext,
    pub(crate) source: Arc<dyn Error + Send + Sync>,
}

/// A connection that did not come about.
#[derive(Debug)]
#[non_exhaustive]
pub struct Connect {
    /// Where the call was to go.
    pub call: CallContext,
    /// What kept it from coming about; the source of the error says more.
    pub reason: ConnectReason,
    pub(crate) source: reqwest::Error,
}

/// What kept a connection from coming about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectReason {
    /// The name did not resolve, or the connection was refused or broke: it may be there later.
    Network,
    /// There was none in time.
    TimedOut,
    /// TLS: a certificate that is not trusted, not for this host or expired, or a server that does
    /// not speak a version of TLS that is safe. A retry ends the same way.
    Tls,
}

/// A request without a whole answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct NoAnswer {
    /// Where the call went.
    pub call: CallContext,
    /// The HTTP status, where the answer broke off after it.
    pub http_status: Option<u16>,
    /// Whether it was a time-out that ended the attempt.
    pub timed_out: bool,
    /// What the server asked to wait before the call is repeated.
    pub retry_after: Option<Duration>,
    pub(crate) source: reqwest::Error,
}

/// An answer that is no envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// Where the call went.
    pub call: CallContext,
    /// The HTTP status.
    pub http_status: u16,
    /// The `Content-Type` of the answer.
    pub content_type: Option<String>,
    /// What the server asked to wait before the call is repeated.
    pub retry_after: Option<Duration>,
    /// Why no envelope was read.
    pub reason: UnreadableReason,
}

/// Why an answer is no envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnreadableReason {
    /// A redirect. It is not followed, since the token is for the chosen host alone.
    Redirect {
        /// The `Location` of the answer.
        location: Option<String>,
    },
    /// A body larger than the client reads.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A body that is not JSON, or JSON that is not the envelope.
    Body {
        /// The line at which reading it failed, from 1.
        line: usize,
        /// The column, from 1; 0 before the first byte.
        column: usize,
        /// The beginning of the body, without the token, escaped so that one line holds it.
        excerpt: String,
    },
}

/// An envelope that is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// Where the call went.
    pub call: CallContext,
    /// What the answer means.
    pub outcome: Outcome,
    /// The code of the answer.
    pub code: Code,
    /// The message of the answer.
    pub message: Option<String>,
    /// What else the answer says, as text or JSON.
    pub extra: Option<String>,
    /// The name of the request and its answer, for the vendor's support.
    pub transaction_id: Option<String>,
    /// The HTTP status of the answer; the envelope counts, whatever it is.
    pub http_status: u16,
    /// What the server asked to wait before the call is repeated.
    pub retry_after: Option<Duration>,
}

impl EnrollError {
    /// What the answer means: from the envelope, or from the HTTP status where there is none.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Rejected(rejected) => Some(rejected.outcome),
            Self::Unreadable(unreadable) => Outcome::of_status(unreadable.http_status),
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) | Self::NoAnswer(_) => None,
        }
    }

    /// The code of the answer, if there was an envelope.
    #[must_use]
    pub fn code(&self) -> Option<&Code> {
        self.rejected().map(|rejected| &rejected.code)
    }

    /// The message of the answer, if there was an envelope with one.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.rejected()?.message.as_deref()
    }

    /// The name of the request and its answer, for the vendor's support.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.rejected()?.transaction_id.as_deref()
    }

    /// The HTTP status, if an answer began.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Rejected(rejected) => Some(rejected.http_status),
            Self::Unreadable(unreadable) => Some(unreadable.http_status),
            Self::NoAnswer(no_answer) => no_answer.http_status,
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) => None,
        }
    }

    /// What the server asked to wait before the call is repeated: the `Retry-After` header as
    /// seconds, as seconds with an `s`, or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Rejected(rejected) => rejected.retry_after,
            Self::Unreadable(unreadable) => unreadable.retry_after,
            Self::NoAnswer(no_answer) => no_answer.retry_after,
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) => None,
        }
    }

    /// Whether calling again, with the same token if there was one, can help. The client has done
    /// so already, as its [`RetryPolicy`](crate::RetryPolicy) says, but for a source that gave no
    /// token: such a source repeats by itself what it can.
    ///
    /// Repeating a call is always safe: at worst it says that the face is enrolled already.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Invalid(_) => false,
            Self::Connect(connect) => connect.reason != ConnectReason::Tls,
            Self::Token(_) | Self::NoAnswer(_) => true,
            Self::Unreadable(unreadable) => unreadable.is_retryable(),
            Self::Rejected(rejected) => rejected.outcome.is_retryable(),
        }
    }

    /// Whether the face may be in the face set all the same, by any attempt of this call.
    #[must_use]
    pub fn may_have_enrolled(&self) -> bool {
        self.last_attempt_may_have_enrolled()
            || self
                .context()
                .is_some_and(|call| call.earlier_attempt_may_have_enrolled)
    }

    pub(crate) fn last_attempt_may_have_enrolled(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) => false,
            Self::NoAnswer(_) => true,
            // A status that says nothing leaves it open.
            Self::Unreadable(_) | Self::Rejected(_) => {
                self.outcome().map(Outcome::in_face_set) != Some(InFaceSet::No)
            }
        }
    }

    /// How far the call got.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Self::Invalid(_) => Stage::Invalid,
            Self::Token(_) => Stage::Token,
            Self::Connect(_) => Stage::Connect,
            Self::NoAnswer(_) => Stage::NoAnswer,
            Self::Unreadable(_) => Stage::Unreadable,
            Self::Rejected(_) => Stage::Rejected,
        }
    }

    /// The region that was called; none for an address of the caller's own, or a call that was
    /// not sent.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.context()?.endpoint.region()
    }

    /// How often the call was sent, or tried to be sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context().map_or(0, |call| call.attempts)
    }

    /// How long the call took, tokens and delays included, but not the wait for its turn at a pace;
    /// nothing if the call was not begun.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.context().map_or(Duration::ZERO, |call| call.elapsed)
    }

    fn rejected(&self) -> Option<&Rejected> {
        match self {
            Self::Rejected(rejected) => Some(rejected),
            Self::Invalid(_)
            | Self::Token(_)
            | Self::Connect(_)
            | Self::NoAnswer(_)
            | Self::Unreadable(_) => None,
        }
    }

    fn context(&self) -> Option<&CallContext> {
        match self {
            Self::Invalid(_) => None,
            Self::Token(no_token) => Some(&no_token.call),
            Self::Connect(connect) => Some(&connect.call),
            Self::NoAnswer(no_answer) => Some(&no_answer.call),
            Self::Unreadable(unreadable) => Some(&unreadable.call),
            Self::Rejected(rejected) => Some(&rejected.call),
        }
    }

    pub(crate) fn context_mut(&mut self) -> Option<&mut CallContext> {
        match self {
            Self::Invalid(_) => None,
            Self::Token(no_token) => Some(&mut no_token.call),
            Self::Connect(connect) => Some(&mut connect.call),
            Self::NoAnswer(no_answer) => Some(&mut no_answer.call),
            Self::Unreadable(unreadable) => Some(&mut unreadable.call),
            Self::Rejected(rejected) => Some(&mut rejected.call),
        }
    }
}

impl Unreadable {
    fn is_retryable(&self) -> bool {
        let is_body = matches!(self.reason, UnreadableReason::Body { .. });
        match Outcome::of_status(self.http_status) {
            _ if matches!(self.reason, UnreadableReason::Redirect { .. }) => false,
            Some(outcome) => outcome.is_retryable(),
            // A garbled success or an error page may be gone the next time; a refusal stays, and
            // what is too large stays as large.
            None => is_body && matches!(self.http_status / 100, 2 | 5),
        }
    }
}

impl fmt::Display for EnrollError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => return invalid.fmt(f),
            Self::Token(no_token) => no_token.fmt(f)?,
            Self::Connect(connect) => connect.fmt(f)?,
            Self::NoAnswer(no_answer) => no_answer.fmt(f)?,
            Self::Unreadable(unreadable) => unreadable.fmt(f)?,
            Self::Rejected(rejected) => rejected.fmt(f)?,
        }
        match (self, self.attempts()) {
            (Self::Token(_), 1..) => write!(f, " after {} attempts", self.attempts())?,
            (_, 0 | 1) => {}
            (_, attempts) => write!(f, " (attempt {attempts})")?,
        }
        f.write_str(
            if self.outcome().map(Outcome::in_face_set) == Some(InFaceSet::Yes) {
                "; the face is enrolled"
            } else if self.last_attempt_may_have_enrolled() {
                "; the face may be enrolled"
            } else if self.may_have_enrolled() {
                "; the face may be enrolled by an earlier attempt"
            } else {
                "; the face was not enrolled"
            },
        )?;
        match (self.retry_after(), self.outcome().map(Outcome::retry)) {
            (Some(delay), _) if self.is_retryable() => {
                write!(f, ", retry after {} s", delay.as_millis().div_ceil(1000))
            }
            (_, Some(Retry::RefreshToken)) if self.attempts() <= 1 => {
                f.write_str(", retry once with a new token")
            }
            _ if self.is_retryable() => f.write_str(", a retry can help"),
            _ => f.write_str(", a retry does not help"),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not sent: {} {}", self.field, self.rule)
    }
}

impl fmt::Display for NoToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no access token for {}", self.call.endpoint)
    }
}

impl fmt::Display for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = &self.call.endpoint;
        match self.reason {
            ConnectReason::Network => write!(f, "no connection to {endpoint}"),
            ConnectReason::TimedOut => write!(f, "no connection to {endpoint} in time"),
            ConnectReason::Tls => write!(f, "no TLS connection to {endpoint}"),
        }
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.timed_out {
            "no answer in time"
        } else {
            "no whole answer"
        };
        write!(f, "{what} from {}", self.call.endpoint)?;
        match self.http_status {
            Some(status) => write!(f, " after HTTP {status}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            call,
            http_status,
            content_type,
            retry_after: _,
            reason,
        } = self;
        write!(
            f,
            "unreadable answer from {}: HTTP {http_status}",
            call.endpoint
        )?;
        if let Some(content_type) = content_type {
            write!(f, ", {content_type}")?;
        }
        match reason {
            UnreadableReason::Redirect {
                location: Some(location),
            } => {
                write!(f, ", a redirect to {location}, which is not followed")
            }
            UnreadableReason::Redirect { location: None } => f.write_str(", a redirect to nowhere"),
            UnreadableReason::TooLarge { limit } => write!(f, ", more than {limit} bytes"),
            UnreadableReason::Body {
                line,
                column,
                excerpt,
            } => write!(
                f,
                ", no envelope at line {line} column {column} of \"{excerpt}\""
            ),
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            call,
            outcome,
            code,
            message,
            extra,
            transaction_id,
            http_status,
            retry_after: _,
        } = self;
        write!(
            f,
            "{outcome} from {}: code {}",
            call.endpoint,
            shortened(code.as_str()).escape_debug()
        )?;
        if let Some(message) = message {
            write!(f, ", message {:?}", shortened(message))?;
        }
        if let Some(extra) = extra {
            write!(f, ", extra {:?}", shortened(extra))?;
        }
        if let Some(transaction_id) = transaction_id {
            write!(
                f,
                ", transaction {}",
                shortened(transaction_id).escape_debug()
            )?;
        }
        write!(f, ", HTTP {http_status}")
    }
}

/// The beginning of a text of the server: an error is one line that a person reads.
fn shortened(text: &str) -> &str {
    const SHOWN: usize = 200;
    text.char_indices()
        .nth(SHOWN)
        .map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

impl Error for Invalid {}

impl Error for EnrollError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Token(no_token) => Some(&*no_token.source),
            Self::Connect(connect) => Some(&connect.source),
            Self::NoAnswer(no_answer) => Some(&no_answer.source),
            Self::Invalid(_) | Self::Unreadable(_) | Self::Rejected(_) => None,
        }
    }
}
