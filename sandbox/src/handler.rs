//! The operation: a request is checked, the face set is kept, and an answer is chosen.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{State as Extract, rejection::BytesRejection},
    http::{HeaderMap, Response, StatusCode, header},
};
use face_search_enroll::Outcome;
use serde_json::Value;

use crate::{
    cut::cut,
    decision::{Decision, disconnect, plain},
    faults::FaultInjector,
    observed::ObservedRequest,
    operation::ServedOperation,
    prefer::Prefer,
    reply::{Kind, Reply},
    request::ReceivedRequest,
    shared::Shared,
    state::State,
};

/// The largest request that is read, in bytes.
pub(crate) const REQUEST_LIMIT: usize = 1024 * 1024;

/// A request to the operation, as far as it could be read.
struct ParsedRequest<'s> {
    operation: &'s ServedOperation,
    headers: HeaderMap,
    signature_id: Result<String, Fault>,
}

/// What is wrong with a body.
enum Fault {
    TooLarge,
    Means(Outcome),
}

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
    let request = ParsedRequest {
        operation,
        headers,
        signature_id: read_signature_id(operation, body),
    };
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
        Some(unknown) => Decision::refused(operation, StatusCode::BAD_REQUEST, unknown.to_string()),
        None => request.decide(state),
    };
    let decision = match &reply.kind {
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
            Decision::outcome(operation, Outcome::Unauthorized)
        }
        Kind::Outcome(outcome) => Decision::outcome(operation, *outcome),
        Kind::Answer(answer) => Decision::answer(Arc::clone(answer)),
    };
    let mut response = decision.respond(operation, request.signature_id(), number);
    if matches!(reply.kind, Kind::Cut) {
        response = cut(response);
    }
    request
        .observed(decision.outcome_name())
        .attach(dress(response, &reply, prefer.status))
}

impl ParsedRequest<'_> {
    fn token(&self) -> Option<&str> {
        let header = &self.operation.token_header;
        let token = self.headers.get(header)?.to_str().ok()?;
        (!token.is_empty()).then_some(token)
    }

    fn signature_id(&self) -> Option<&str> {
        self.signature_id.as_deref().ok()
    }

    fn has_media_type(&self) -> bool {
        let value = self.headers.get(header::CONTENT_TYPE);
        value
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|media_type| {
                media_type
                    .trim()
                    .eq_ignore_ascii_case(&self.operation.media_type)
            })
    }

    /// The usual answer, which may change the face set.
    fn decide(&self, state: &State) -> Decision {
        let operation = self.operation;
        if self.token().is_none() {
            return Decision::outcome(operation, Outcome::Unauthorized);
        }
        if !self.has_media_type() {
            return Decision::refused(
                operation,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("send Content-Type: {}", operation.media_type),
            );
        }
        let outcome = match &self.signature_id {
            Err(Fault::TooLarge) => {
                return Decision::refused(
                    operation,
                    StatusCode::PAYLOAD_TOO_LARGE,
                    format!("send at most {REQUEST_LIMIT} bytes"),
                );
            }
            Err(Fault::Means(outcome)) => *outcome,
            Ok(id) if state.enroll(id) => Outcome::Enrolled,
            Ok(_) => Outcome::AlreadyEnrolled,
        };
        Decision::outcome(operation, outcome)
    }

    /// What an observer sees of the request.
    fn observed(&self, outcome: Option<String>) -> ObservedRequest {
        ObservedRequest {
            outcome,
            signature_id: self.signature_id().map(Arc::from),
        }
    }
}

fn read_signature_id(
    operation: &ServedOperation,
    body: Result<Bytes, BytesRejection>,
) -> Result<String, Fault> {
    let invalid = Fault::Means(Outcome::InvalidParameter);
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Err(Fault::TooLarge);
        }
        Err(_) => return Err(invalid),
    };
    let Ok(Value::Object(mut body)) = serde_json::from_slice(&body) else {
        return Err(invalid);
    };
    let field = &operation.id_field;
    match body.remove(&*field.name) {
        Some(Value::String(id)) if field.check(&id).is_ok() => Ok(id),
        None | Some(Value::Null | Value::String(_)) => Err(Fault::Means(Outcome::MissingParameter)),
        Some(_) => Err(invalid),
    }
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
