//! The error of a call, and the questions that every failure answers.

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

/// A call that did not enroll the face, or of which that is not known.
pub type EnrollError = CallError<Outcome>;

/// A call that gave no token.
pub type TokenError = CallError<TokenOutcome>;

/// A call that did not succeed, or of which that is not known: [`EnrollError`](crate::EnrollError) or
/// [`TokenError`](crate::TokenError).
///
/// The variant says how far the call got. What most callers need are the questions below, which
/// every variant answers.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<O = Outcome> {
    /// Never sent: a field of the request breaks a rule of the contract.
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
    Rejected(Box<Rejected<O>>),
}

#[expect(
    private_bounds,
    reason = "the outcomes of other operations are none of ours"
)]
impl<O: OutcomeKind> CallError<O> {
    /// What the answer means: from the envelope, or from the HTTP status where there is none.
    #[must_use]
    pub fn outcome(&self) -> Option<O> {
        match self {
            Self::Rejected(rejected) => Some(rejected.answer.outcome),
            Self::Unreadable(unreadable) => O::of_http_status(unreadable.http_status),
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) | Self::NoAnswer(_) => None,
        }
    }

    /// What the server answered, if it was an envelope.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer<O>> {
        match self {
            Self::Rejected(rejected) => Some(&rejected.answer),
            _ => None,
        }
    }

    /// The code of the answer, if there was an envelope.
    #[must_use]
    pub fn code(&self) -> Option<&Code> {
        self.answer().map(|answer| &answer.code)
    }

    /// The message of the answer, if there was an envelope with one.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.answer()?.message.as_deref()
    }

    /// What else the answer says, as text or JSON, if there was an envelope with it.
    #[must_use]
    pub fn extra(&self) -> Option<&str> {
        self.answer()?.extra.as_deref()
    }

    /// The name of the request and its answer, for the vendor's support.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.answer()?.transaction_id.as_deref()
    }

    /// The HTTP status, if an answer began.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Rejected(rejected) => Some(rejected.answer.http_status),
            Self::Unreadable(unreadable) => Some(unreadable.http_status),
            Self::NoAnswer(no_answer) => no_answer.http_status,
            Self::Invalid(_) | Self::Token(_) | Self::Connect(_) => None,
        }
    }

    /// What the server asked to wait before the call is repeated: the `Retry-After` header as
    /// seconds, as seconds with an `s`, or as a date. Without a token, how long it takes until the source
    /// is asked again, if that is longer.
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

    /// Why there was no connection, for this call or for the one that was to give its token; nothing
    /// where that is not what failed.
    #[must_use]
    pub fn connect_cause(&self) -> Option<ConnectCause> {
        match self {
            Self::Connect(connect) => Some(ConnectCause::new(connect.reason, connect.proxy_status)),
            Self::Token(no_token) => no_token.token_error()?.connect_cause(),
            _ => None,
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
            Self::Connect(connect) => !matches!(
                connect.reason,
                ConnectReason::Tls | ConnectReason::NoRuntime
            ),
            Self::Token(no_token) => no_token.is_retryable(),
            Self::NoAnswer(_) => true,
            Self::Unreadable(unreadable) => unreadable.is_retryable::<O>(),
            Self::Rejected(rejected) => rejected.answer.retry().is_by_repeating(),
        }
    }

    /// What is to be done about it, as the contract says for the outcome.
    pub(crate) fn retry(&self) -> Option<Retry> {
        match self {
            Self::Rejected(rejected) => Some(rejected.answer.retry()),
            Self::Token(no_token) => no_token.token_error()?.retry(),
            _ => self.outcome().map(O::retry),
        }
    }

    /// Whether the effect of the last attempt may be there. A status that says nothing leaves it open.
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

    /// The region that was called, or was to be called; none for an address of the caller's own and
    /// for a request that breaks a rule.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.endpoint()?.region()
    }

    /// The server that was called, or was to be called; none for a request that breaks a rule.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        Some(&self.context()?.endpoint)
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
    /// Whether the face may be in the face set all the same, by any attempt of this call.
    #[must_use]
    pub fn may_have_enrolled(&self) -> bool {
        self.may_have_effect()
    }
}

impl NoToken {
    /// The error of the call that was to give the token, if there was one: a client that was set up with
    /// [`Credentials`](crate::Credentials) makes it.
    #[must_use]
    pub fn token_error(&self) -> Option<&TokenError> {
        self.source.downcast_ref()
    }

    /// What a source of the caller's own gives the next time, nobody here knows.
    fn is_retryable(&self) -> bool {
        match self.token_error() {
            Some(error) => error.is_retryable(),
            None => !self.source.is::<TokenAnswerError>(),
        }
    }
}
