//! Handling a request to the operation: the reply that was asked for, or else the usual answer.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{State as Extract, rejection::BytesRejection},
    http::{HeaderMap, Response, StatusCode},
};
use face_search_enroll::Outcome;

use crate::{
    choice::ParsedRequest,
    cut::cut,
    faults::FaultInjector,
    prefer::Prefer,
    reply::{Kind, Reply},
    request::ReceivedRequest,
    response::{ChosenAnswer, disconnect, plain},
    shared::Shared,
};

pub(crate) async fn operate(
    Extract(shared): Extract<Arc<Shared>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    let Shared {
        operation,
        settings,
        state,
    } = &*shared;
    let number = state.count();
    let prefer = Prefer::read(&headers);
    let request = ParsedRequest::read(operation, headers, body);
    let set = state.reply_to(&ReceivedRequest {
        number,
        token: request.token(),
        signature_id: request.signature_id(),
    });
    let example = prefer.example.map(|name| shared.example(&name));
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
        None => request.choose(state),
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
        Kind::Outcome(_) | Kind::Answer(_) if request.token().is_none() => {
            ChosenAnswer::outcome(operation, Outcome::Unauthorized)
        }
        Kind::Outcome(outcome) => ChosenAnswer::outcome(operation, *outcome),
        Kind::Answer(answer) => ChosenAnswer::answer(Arc::clone(answer)),
    };
    let mut response = answer.respond(operation, request.signature_id(), number);
    if matches!(reply.kind, Kind::Cut) {
        response = cut(response);
    }
    request
        .observed(answer.outcome_name())
        .attach(dress(response, &reply, prefer.status))
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
