//! Handling a request to an operation: the reply that was asked for, or else the usual answer.

use std::iter;

use axum::{
    body::{Body, Bytes},
    extract::rejection::BytesRejection,
    http::{HeaderMap, Response, StatusCode},
};
use face_search_enroll_contract::Condition;
use serde_json::Value;

use crate::{
    choice::ParsedRequest,
    cut::cut,
    faults::FaultInjector,
    operation::ServedOperation,
    prefer::Prefer,
    reply::{Kind, Reply, UnknownExample},
    request::ReceivedRequest,
    response::{ChosenAnswer, disconnect, plain},
    shared::{Shared, find_example},
};

pub(crate) async fn operate(
    shared: &Shared,
    operation: &ServedOperation,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    let number = shared.state.count();
    let prefer = Prefer::read(&headers);
    let request = ParsedRequest::read(operation, headers, body);
    let set = shared.state.reply_to(&ReceivedRequest {
        number,
        operation: &operation.facts.id,
        token: request.token(),
        signature_id: request.subject(),
    });
    let (reply, unknown) = decide(shared, operation, set, prefer.example.as_deref());
    let delay = reply.delay.saturating_add(shared.settings.latency());
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }

    let usual = || match &unknown {
        Some(unknown) => {
            ChosenAnswer::refused(operation, StatusCode::BAD_REQUEST, unknown.to_string())
        }
        None => request.choose(shared),
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
                .attach(dress(response, &reply, prefer.status));
        }
        Kind::Usual | Kind::Cut => usual(),
        Kind::Outcome(_) | Kind::Example(_) | Kind::Status(_) if !request.is_authorized(shared) => {
            ChosenAnswer::when(operation, Condition::Unauthorized)
        }
        Kind::Outcome(name) => ChosenAnswer::outcome(operation, name),
        Kind::Example(name) => ChosenAnswer::example(operation, name),
        Kind::Status(status) => ChosenAnswer::of_status(operation, *status),
    };
    let data = data(shared, operation, &request, &answer);
    let mut response = answer.respond(operation, data, number);
    if matches!(reply.kind, Kind::Cut) {
        response = cut(response);
    }
    request
        .observed(answer.outcome_name())
        .attach(dress(response, &reply, prefer.status))
}

/// How the request is treated: as a test has set, as its sender prefers, or it fails by chance.
fn decide(
    shared: &Shared,
    operation: &ServedOperation,
    set: Option<Reply>,
    preferred: Option<&str>,
) -> (Reply, Option<UnknownExample>) {
    let preferred = preferred.map(|name| find_example(iter::once(operation), name));
    match (set, preferred) {
        (Some(reply), _) | (None, Some(Ok(reply))) => (reply, None),
        (None, Some(Err(unknown))) => (Reply::usual(), Some(unknown)),
        (None, None) => {
            let faults = shared.settings.faults.as_ref();
            let fault = faults.and_then(FaultInjector::next);
            (fault.unwrap_or_else(Reply::usual), None)
        }
    }
}

/// What the answer says in its data: the values of the request, and a token where it has one.
fn data<'r>(
    shared: &Shared,
    operation: &'r ServedOperation,
    request: &'r ParsedRequest<'_>,
    answer: &ChosenAnswer,
) -> Vec<(&'r str, Value)> {
    let members = request.members().into_iter().flatten();
    let mut data: Vec<_> = members
        .map(|(name, value)| (&**name, value.clone()))
        .collect();
    let issuing = operation.issuing.as_ref();
    if let Some(issuing) = issuing.filter(|issuing| answer.has_data(&issuing.token)) {
        data.extend(shared.issue(issuing, request.members()));
    }
    data
}

/// The response with the status and the headers that were asked for.
fn dress(mut response: Response<Body>, reply: &Reply, preferred: Option<u16>) -> Response<Body> {
    let status = reply.status.or(preferred);
    let is_final = |status: &u16| (200..1000).contains(status);
    let status = status.filter(is_final);
    if let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok()) {
        *response.status_mut() = status;
    }
    response.headers_mut().extend(reply.headers.iter().cloned());
    response
}
