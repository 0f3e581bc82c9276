//! Handles a request to an operation: with the reply that a test or the client asked for, or else
//! with the usual answer.

use std::{
    slice,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use axum::{
    body::{Body, Bytes},
    extract::rejection::BytesRejection,
    http::{HeaderMap, Response, StatusCode},
};
use face_search_enroll_contract::Condition;
use serde_json::Value;

use crate::{
    answers::Filling,
    choice::ParsedRequest,
    cut::cut,
    faults::FaultInjector,
    prefer::Prefer,
    reply::{Kind, Reply},
    request::ReceivedRequest,
    response::{ChosenAnswer, disconnect, plain},
    shared::{Shared, find_example},
};

/// The default lifetime of an issued token, in seconds.
const DEFAULT_LIFETIME: u64 = 3600;

/// Handles a request to the operation with this index.
pub(crate) async fn operate(
    shared: Arc<Shared>,
    index: usize,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    let Shared {
        operations,
        settings,
        state,
    } = &*shared;
    let Some(operation) = operations.get(index) else {
        return disconnect();
    };
    let number = state.count();
    let prefer = Prefer::read(&headers);
    let request = ParsedRequest::read(operation, index, headers, body);
    let set = state.reply_to(&ReceivedRequest {
        number,
        operation: &operation.id,
        token: request.token(),
        signature_id: request.changed(),
    });
    let example = prefer
        .example
        .map(|name| find_example(slice::from_ref(operation), &name));
    let (reply, unknown) = match (set, example) {
        (Some(reply), _) | (None, Some(Ok(reply))) => (reply, None),
        (None, Some(Err(unknown))) => (Reply::usual(), Some(unknown)),
        (None, None) => {
            let fault = settings.faults.as_ref().and_then(FaultInjector::next);
            (fault.unwrap_or_else(Reply::usual), None)
        }
    };
    let delay = reply.delay.saturating_add(settings.latency());
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }

    let usual = || match &unknown {
        Some(unknown) => {
            ChosenAnswer::refused(operation, StatusCode::BAD_REQUEST, unknown.to_string())
        }
        None => request.choose(state, settings, settings.now()),
    };
    let answer = match &reply.kind {
        Kind::Refused => return request.observed(None).attach(disconnect()),
        Kind::Lost => {
            usual();
            return request.observed(None).attach(disconnect());
        }
        Kind::Body { content_type, body } => {
            let response = plain(content_type, body.clone());
            return request
                .observed(None)
                .attach(apply_reply(response, &reply, prefer.status));
        }
        Kind::Usual | Kind::Cut => usual(),
        Kind::Outcome(_) | Kind::Example(_) if !request.is_authorized(state, settings) => {
            ChosenAnswer::when(operation, Condition::Unauthorized)
        }
        Kind::Outcome(outcome) => ChosenAnswer::outcome(operation, outcome),
        Kind::Example(name) => match shared.answer_named(operation, name) {
            Some(answer) => ChosenAnswer::answer(answer),
            None => ChosenAnswer::outcome(operation, name),
        },
    };
    let filling = filling(&shared, &request, &answer, number);
    let mut response = answer.respond(operation, &filling);
    if matches!(reply.kind, Kind::Cut) {
        response = cut(response);
    }
    request
        .observed(answer.outcome_name())
        .attach(apply_reply(response, &reply, prefer.status))
}

/// The values for the data of the answer: what was changed, or what was issued.
fn filling<'r>(
    shared: &'r Shared,
    request: &'r ParsedRequest<'_>,
    answer: &ChosenAnswer,
    number: u64,
) -> Filling<'r> {
    let Shared {
        settings, state, ..
    } = shared;
    let operation = request.operation;
    let mut data: Vec<(&str, Value)> = Vec::new();
    if let (Some(field), Some(value)) = (&operation.effect_of, request.changed()) {
        data.push((field, value.into()));
    }
    if let Some(issued) = operation
        .issues
        .as_ref()
        .filter(|_| answer.is_done(operation))
    {
        let asked = Duration::from_secs(request.lifetime().unwrap_or(DEFAULT_LIFETIME));
        let life = settings.token_life.unwrap_or(asked);
        data.push((&issued.secret, state.issue(life).into()));
        let now = settings.now();
        let expiry = now.checked_add(life).unwrap_or(now);
        let expiry = expiry.duration_since(UNIX_EPOCH).unwrap_or_default();
        if let Some(member) = &issued.expiry {
            data.push((
                member,
                u64::try_from(expiry.as_millis()).unwrap_or(u64::MAX).into(),
            ));
        }
    }
    Filling { number, data }
}

/// Sets the status and the headers that were asked for.
fn apply_reply(
    mut response: Response<Body>,
    reply: &Reply,
    preferred: Option<u16>,
) -> Response<Body> {
    let status = reply.status.or(preferred);
    let is_final = |status: &u16| (200..1000).contains(status);
    let status = status.filter(is_final);
    if let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok()) {
        *response.status_mut() = status;
    }
    response.headers_mut().extend(reply.headers.iter().cloned());
    response
}
