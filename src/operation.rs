//! What a call needs to know of its operation. The rest of a call is the same for every operation.

use std::sync::OnceLock;

use face_search_enroll_runtime::{LOG_TARGET as TARGET, lenient::Lenient};
use progenitor_client::Error as WireError;
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use tracing::{Span, field::Empty, info_span};

use crate::{
    AccessToken, Answer, CallContext, CallError, Endpoint, Outcome, Region,
    generated::{
        facts::generate_token::Outcome as TokenOutcome,
        wire::{Client, types},
    },
    outcome::OutcomeKind,
    request_head::{RequestHead, RequestHeads},
    signing::SignedRequest,
};

/// An operation that the client offers.
pub(crate) trait Operation {
    /// A request, and what it is made of.
    type Request: Send + Sync;
    /// What is made of the data of an answer.
    type Data: DeserializeOwned + Send;
    /// What its answers mean.
    type Outcome: OutcomeKind;
    /// Whether the time of the server is read from its answers.
    const READS_TIME: bool;
    /// Whether the body of an answer may hold what nobody is to see, so that none of it is shown.
    const ANSWERS_SECRETS: bool;

    /// The head of its requests, if it is written already.
    fn head(heads: &RequestHeads) -> &OnceLock<RequestHead>;

    /// Writes the head of its requests by a generated client that does no more; gives the error that
    /// ends it.
    fn write_head(
        client: &Client,
        request: &Self::Request,
    ) -> impl Future<Output = Option<WireError<()>>> + Send;

    /// The body of a request, before it is JSON.
    fn body(request: &Self::Request) -> &impl Serialize;

    /// Makes a request ready to be sent again.
    fn prepare_again(_: &mut Self::Request) {}

    /// What an answer may echo of a request and nobody is to see, besides the token.
    fn secrets(_: &Self::Request) -> Vec<AccessToken> {
        Vec::new()
    }

    /// What names the request, and is logged at debug level alone.
    fn id(_: &Self::Request) -> Option<&str> {
        None
    }

    /// Whether an answer says that the call is done, by this attempt.
    fn is_done(outcome: Self::Outcome) -> bool;

    /// Whether an answer says that it was done before.
    fn was_done_before(_: Self::Outcome) -> bool {
        false
    }

    /// The span of a call; what is known at its end is recorded then.
    fn span(endpoint: &Endpoint) -> Span;
}

/// What a call gives that succeeded.
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
    /// It names the signature id of the request.
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

    /// A signature is bound to its time.
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
