//! The parts of a call that depend on its operation. All other parts are the same for every operation.

use std::sync::OnceLock;

use face_search_enroll_runtime::{
    LOG_TARGET as TARGET, lenient::Lenient, request_head::RequestHead,
};
use progenitor_client::Error as WireError;
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use tracing::{Span, field::Empty, info_span};

use crate::{
    AccessToken, Answer, CallContext, CallError, Endpoint, Outcome, Region,
    client_core::RequestHeads,
    generated::{
        facts::generate_token::Outcome as TokenOutcome,
        wire::{Client, types},
    },
    outcome::OutcomeKind,
    signing::SignedRequest,
};

/// An operation of the API that the client can call.
pub(crate) trait Operation {
    /// The content of a request, and what is needed to sign it again.
    type Request: Send + Sync;
    /// The type that `data` of an answer is parsed into.
    type Data: DeserializeOwned + Send;
    /// The outcomes of the operation.
    type Outcome: OutcomeKind;
    /// Whether the client reads the time of the server from answers.
    const READS_TIME: bool;
    /// Whether an answer may contain a secret, so that errors must not show its body.
    const ANSWERS_SECRETS: bool;

    /// The place of the head that all requests share. It is empty before the first request.
    fn head(heads: &RequestHeads) -> &OnceLock<RequestHead>;

    /// Writes the head of a request with a generated client that does not send it. Returns the error with
    /// which the generated client stops.
    fn write_head(
        client: &Client,
        request: &Self::Request,
    ) -> impl Future<Output = Option<WireError<()>>> + Send;

    /// The value that is serialised as the body of a request.
    fn body(request: &Self::Request) -> &impl Serialize;

    /// Prepares a request for a retry.
    fn prepare_again(_: &mut Self::Request) {}

    /// The secrets of a request, besides the token, that an answer may echo.
    fn secrets(_: &Self::Request) -> Vec<AccessToken> {
        Vec::new()
    }

    /// An id of the request, which is logged only at debug level.
    fn id(_: &Self::Request) -> Option<&str> {
        None
    }

    /// Whether the outcome means that this attempt took effect.
    fn is_done(outcome: Self::Outcome) -> bool;

    /// Whether the outcome means that an earlier request already took effect.
    fn was_done_before(_: Self::Outcome) -> bool {
        false
    }

    /// The span of a call. The fields that depend on the result are recorded at the end.
    fn span(endpoint: &Endpoint) -> Span;
}

/// The result of a call that succeeded.
pub(crate) struct Success<O: Operation> {
    pub(crate) request: O::Request,
    pub(crate) answer: Answer<O::Outcome>,
    pub(crate) data: Option<O::Data>,
    pub(crate) call: CallContext,
}

pub(crate) type CallResult<O> = Result<Success<O>, CallError<<O as Operation>::Outcome>>;

macro_rules! call_span {
    ($name:literal, $endpoint:ident) => {
        info_span!(
            target: TARGET,
            $name,
            region = $endpoint.region().map(Region::code),
            attempts = Empty,
            outcome = Empty,
            stage = Empty,
            http_status = Empty,
            code = Empty,
            transaction_id = Empty,
            elapsed_ms = Empty,
        )
    };
}

/// Adds a face to the face set.
#[derive(Debug)]
pub(crate) struct Enroll;

impl Operation for Enroll {
    type Request = types::EnrollRequest;
    /// It only repeats the signature id of the request.
    type Data = IgnoredAny;
    type Outcome = Outcome;
    const READS_TIME: bool = false;
    const ANSWERS_SECRETS: bool = false;

    fn head(heads: &RequestHeads) -> &OnceLock<RequestHead> {
        &heads.enroll
    }

    async fn write_head(client: &Client, request: &Self::Request) -> Option<WireError<()>> {
        client.enroll(request).await.err()
    }

    fn body(request: &Self::Request) -> &impl Serialize {
        request
    }

    fn id(request: &Self::Request) -> Option<&str> {
        Some(&request.signature_id)
    }

    fn is_done(outcome: Outcome) -> bool {
        outcome == Outcome::Enrolled
    }

    fn was_done_before(outcome: Outcome) -> bool {
        outcome == Outcome::AlreadyEnrolled
    }

    fn span(endpoint: &Endpoint) -> Span {
        call_span!("enroll", endpoint)
    }
}

/// Issues an access token.
#[derive(Debug)]
pub(crate) struct GenerateToken;

impl Operation for GenerateToken {
    type Request = SignedRequest;
    type Data = Lenient<types::IssuedToken>;
    type Outcome = TokenOutcome;
    const READS_TIME: bool = true;
    const ANSWERS_SECRETS: bool = true;

    fn head(heads: &RequestHeads) -> &OnceLock<RequestHead> {
        &heads.generate_token
    }

    async fn write_head(client: &Client, request: &Self::Request) -> Option<WireError<()>> {
        client.generate_token(&request.body).await.err()
    }

    fn body(request: &Self::Request) -> &impl Serialize {
        &request.body
    }

    /// A signature is valid only for its time, so each attempt needs a new one.
    fn prepare_again(request: &mut Self::Request) {
        request.sign();
    }

    fn secrets(request: &Self::Request) -> Vec<AccessToken> {
        let types::TokenRequest {
            access_key,
            signature,
            ..
        } = &request.body;
        let secrets = [access_key, signature].map(|secret| AccessToken::new(secret.expose()));
        secrets.into_iter().flatten().collect()
    }

    fn is_done(outcome: TokenOutcome) -> bool {
        outcome == TokenOutcome::TokenIssued
    }

    fn span(endpoint: &Endpoint) -> Span {
        call_span!("token", endpoint)
    }
}
