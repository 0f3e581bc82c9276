//! The error of a call, and the methods that work for every variant.

use std::time::Duration;

use super::{
    call_context::CallContext,
    rejected::Rejected,
    stage::Stage,
    unanswered::{Connect, Invalid, NoAnswer, NoToken},
    unreadable::Unreadable,
};
use crate::{
    Answer, Code, ConnectCause, ConnectReason, Endpoint, Outcome, Region, Retry, TokenAnswerError,
    generated::facts::generate_token::Outcome as TokenOutcome,
    outcome::{Effected, OutcomeKind},
};

/// The error of a call that did not enroll the face, or whose result is unknown.
pub type EnrollError = CallError<Outcome>;

/// The error of a call that returned no token.
pub type TokenError = CallError<TokenOutcome>;

/// The error of a call that failed, or whose result is unknown.
///
/// [`EnrollError`](crate::EnrollError) and [`TokenError`](crate::TokenError) are this type.
///
/// The variant says how far the call got. Most callers need only the methods, which work for every variant.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<O = Outcome> {
    /// The request was not sent, because a field breaks a rule of the contract.
    ///
    /// This is a mistake of the caller, such as a blank line in a list of ids.
    Invalid(Invalid),
    /// The request was not sent, because the [`TokenSource`](crate::TokenSource) returned no token. Its error
    /// is the `source` of this one.
    ///
    /// Likely causes: a token endpoint that is down, keys that have been revoked, a source that takes longer
    /// than the timeout of the call.
    Token(Box<NoToken>),
    /// The request did not reach a server: the name did not resolve, the connection was refused, or TLS failed.
    ///
    /// Likely causes: a network that cannot reach the host, a TLS-intercepting proxy, a server that is
    /// down.
    Connect(Box<Connect>),
    /// The server may have received the request: at least a part of it was sent, and no complete answer came
    /// back.
    ///
    /// Likely causes: a timeout, a connection that broke. Retrying is safe and shows what happened.
    NoAnswer(Box<NoAnswer>),
    /// The server may have received the request, but the answer is not an envelope.
    ///
    /// Likely causes: a gateway's error page, a redirect, a proxy that asks for a login.
    Unreadable(Box<Unreadable>),
    /// The server received the request, and answered with an envelope that does not mean success.
    Rejected(Box<Rejected<O>>),
}

#[expect(
    private_bounds,
    reason = "outcomes are generated, and other crates cannot add any"
)]
impl<O: OutcomeKind> CallError<O> {
    /// What the answer means: by its envelope, or by the HTTP status if the body is not an envelope.
    #[must_use]
    pub fn outcome(&self) -> Option<O> {
        match self {
            Self::Rejected(rejected) => Some(rejected.answer.outcome),
            Self::Unreadable(unreadable) => O::of_http_status(unreadable.http_status),
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) | Self::NoAnswer(_) => None,
        }
    }

    /// The answer of the server. None if there was no envelope.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer<O>> {
        match self {
            Self::Rejected(rejected) => Some(&rejected.answer),
            _ => None,
        }
    }

    /// The code of the answer. None if there was no envelope.
    #[must_use]
    pub fn code(&self) -> Option<&Code> {
        self.answer().map(|answer| &answer.code)
    }

    /// The message of the answer. None if there was no envelope, or if it has no message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.answer()?.message.as_deref()
    }

    /// The field `extra` of the answer, as text or JSON. None if there was no envelope, or if it has none.
    #[must_use]
    pub fn extra(&self) -> Option<&str> {
        self.answer()?.extra.as_deref()
    }

    /// The id of the request and its answer, for the vendor's support. None if there was no envelope, or
    /// if it has none.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.answer()?.transaction_id.as_deref()
    }

    /// The HTTP status. None if not even the head of an answer arrived.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Rejected(rejected) => Some(rejected.answer.http_status),
            Self::Unreadable(unreadable) => Some(unreadable.http_status),
            Self::NoAnswer(no_answer) => no_answer.http_status,
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) => None,
        }
    }

    /// How long to wait before a retry, if the server asked for that.
    ///
    /// The value is that of the `Retry-After` header: seconds, seconds with an `s`, or a date. If there was no
    /// token, it is the time until the source is asked again, if that is longer.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Rejected(rejected) => rejected.answer.retry_after,
            Self::Unreadable(unreadable) => unreadable.retry_after,
            Self::NoAnswer(no_answer) => no_answer.retry_after,
            Self::Token(no_token) => {
                let asked = no_token.token_error().and_then(CallError::retry_after);
                asked.max(no_token.retry_after)
            }
            Self::Invalid(_) | Self::Connect(_) => None,
        }
    }

    /// Why this call, or the call that requested its token, could not connect. None if something else
    /// failed.
    #[must_use]
    pub fn connect_cause(&self) -> Option<ConnectCause> {
        match self {
            Self::Connect(connect) => Some(ConnectCause::new(connect.reason, connect.proxy_status)),
            Self::Token(no_token) => no_token.token_error()?.connect_cause(),
            _ => None,
        }
    }

    /// Whether a retry with the same token can help.
    ///
    /// The client has already retried as its [`RetryPolicy`](crate::RetryPolicy) says. It does not retry if there
    /// was no token, because that is the task of the token source. A retry is always safe: at worst the server
    /// answers that the face is already enrolled.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Invalid(_) => false,
            Self::Connect(connect) => !matches!(
                connect.reason,
                ConnectReason::Tls | ConnectReason::NoRuntime
            ),
            Self::Token(no_token) => no_token.is_retryable(),
            Self::NoAnswer(_) => true,
            Self::Unreadable(unreadable) => unreadable.is_retryable::<O>(),
            Self::Rejected(rejected) => rejected.answer.retry().allows_same_token(),
        }
    }

    /// Whether the call may be retried, as the contract says for the outcome.
    pub(crate) fn retry(&self) -> Option<Retry> {
        match self {
            Self::Rejected(rejected) => Some(rejected.answer.retry()),
            Self::Token(no_token) => no_token.token_error()?.retry(),
            _ => self.outcome().map(O::retry),
        }
    }

    /// Whether the last attempt may have taken effect. True also for a status whose meaning is not known.
    pub(crate) fn last_attempt_may_have_effect(&self) -> bool {
        O::EFFECT.is_some()
            && match self {
                Self::Invalid(_) | Self::Token(_) | Self::Connect(_) => false,
                Self::NoAnswer(_) => true,
                Self::Unreadable(_) | Self::Rejected(_) => {
                    self.outcome().and_then(O::effect) != Some(Effected::No)
                }
            }
    }

    pub(crate) fn may_have_effect(&self) -> bool {
        let earlier = |call: &CallContext| call.earlier_attempt_may_have_enrolled;
        self.last_attempt_may_have_effect() || self.context().is_some_and(earlier)
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

    /// The region that the call was for. None for a custom address, and for a request that breaks a rule.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.endpoint()?.region()
    }

    /// The server that the call was for. None for a request that breaks a rule.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        Some(&self.context()?.endpoint)
    }

    /// How many attempts the call made, including those that failed to connect.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context().map_or(0, |call| call.attempts)
    }

    /// How long the call took, including tokens and delays, but not the wait for a pace. Zero if the call did
    /// not begin.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.context().map_or(Duration::ZERO, |call| call.elapsed)
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
}

impl EnrollError {
    /// Whether any attempt of this call may have enrolled the face despite the error.
    #[must_use]
    pub fn may_have_enrolled(&self) -> bool {
        self.may_have_effect()
    }
}

impl NoToken {
    /// The error of the call that requested the token. A client with [`Credentials`](crate::Credentials) makes
    /// such a call. None for other token sources.
    #[must_use]
    pub fn token_error(&self) -> Option<&TokenError> {
        self.source.downcast_ref()
    }

    /// A token source of the caller may succeed the next time.
    fn is_retryable(&self) -> bool {
        match self.token_error() {
            Some(error) => error.is_retryable(),
            None => !self.source.is::<TokenAnswerError>(),
        }
    }
}
