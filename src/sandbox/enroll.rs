//! The endpoint itself: a request is checked, the face set kept, and an answer chosen.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{State as Extract, rejection::BytesRejection},
    http::{HeaderMap, Response, StatusCode, header},
};
use serde_json::Value;

use super::{
    Received, Reply,
    cut::cut,
    preference::Preference,
    reply::Kind,
    service::{REQUEST_LIMIT, Shared},
    state::State,
    trouble::Trouble,
    verdict::{Verdict, disconnect, plain},
};
use crate::{
    Outcome,
    generated::facts::operation::{MEDIA_TYPE, TOKEN_HEADER, request, rule},
};

/// A request to the endpoint, as far as it could be read.
struct Sent {
    headers: HeaderMap,
    signature_id: Result<String, Fault>,
}

/// What is wrong with a body.
enum Fault {
    TooLarge,
    Means(Outcome),
}

pub(super) async fn enroll(
    Extract(shared): Extract<Arc<Shared>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    let Shared { state, setup } = &*shared;
    let number = state.count();
    let preference = Preference::read(&headers);
    let sent = Sent {
        headers,
        signature_id: read_signature_id(body),
    };
    let told = state.told(&Received {
        number,
        token: sent.token(),
        signature_id: sent.signature_id(),
    });
    let (reply, unknown) = match (told, preference.example) {
        (Some(reply), _) | (None, Some(Ok(reply))) => (reply, None),
        (None, Some(Err(unknown))) => (Reply::usual(), Some(unknown)),
        (None, None) => {
            let trouble = setup.trouble.as_ref().and_then(Trouble::next);
            (trouble.unwrap_or_else(Reply::usual), None)
        }
    };
    let delay = reply.delay.saturating_add(setup.latency());
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }

    let usual = || match unknown {
        Some(unknown) => Verdict::refused(StatusCode::BAD_REQUEST, unknown.to_string()),
        None => sent.decide(state),
    };
    let verdict = match &reply.kind {
        Kind::Refused => return sent.tell(disconnect(), None),
        Kind::Lost => {
            usual();
            return sent.tell(disconnect(), None);
        }
        Kind::Body { content_type, body } => {
            let response = plain(content_type, body.clone());
            return sent.tell(dress(response, &reply, preference.status), None);
        }
        Kind::Usual | Kind::Cut => usual(),
        Kind::Answer(_) if sent.token().is_none() => Verdict::outcome(Outcome::Unauthorized),
        Kind::Answer(answer) => Verdict::answer(*answer),
    };
    let mut response = verdict.respond(sent.signature_id(), number);
    if matches!(reply.kind, Kind::Cut) {
        response = cut(response);
    }
    let outcome = verdict.outcome;
    sent.tell(dress(response, &reply, preference.status), outcome)
}

impl Sent {
    fn token(&self) -> Option<&str> {
        let token = self.headers.get(TOKEN_HEADER)?.to_str().ok()?;
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
            .is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case(MEDIA_TYPE))
    }

    /// The usual answer, which may change the face set.
    fn decide(&self, state: &State) -> Verdict {
        if self.token().is_none() {
            return Verdict::outcome(Outcome::Unauthorized);
        }
        if !self.has_media_type() {
            return Verdict::refused(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("send Content-Type: {MEDIA_TYPE}"),
            );
        }
        match &self.signature_id {
            Err(Fault::TooLarge) => Verdict::refused(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("send at most {REQUEST_LIMIT} bytes"),
            ),
            Err(Fault::Means(outcome)) => Verdict::outcome(*outcome),
            Ok(id) if state.enroll(id) => Verdict::outcome(Outcome::Enrolled),
            Ok(_) => Verdict::outcome(Outcome::AlreadyEnrolled),
        }
    }

    /// Notes for the observer what was answered to what.
    fn tell(self, mut response: Response<Body>, outcome: Option<Outcome>) -> Response<Body> {
        response.extensions_mut().insert(Told {
            outcome,
            signature_id: self.signature_id.ok().map(Arc::from),
        });
        response
    }
}

/// What an observer is told of an answer, besides what HTTP says.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) outcome: Option<Outcome>,
    pub(super) signature_id: Option<Arc<str>>,
}

fn read_signature_id(body: Result<Bytes, BytesRejection>) -> Result<String, Fault> {
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
    match body.remove(request::SIGNATURE_ID) {
        Some(Value::String(id)) if rule::SIGNATURE_ID.check(&id).is_ok() => Ok(id),
        None | Some(Value::Null | Value::String(_)) => Err(Fault::Means(Outcome::MissingParameter)),
        Some(_) => Err(invalid),
    }
}

/// The status and the headers that were asked for.
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

impl super::service::Setup {
    /// How long the next request takes.
    fn latency(&self) -> Duration {
        match &self.latency {
            Some(range) => {
                let span = range.end().saturating_sub(*range.start());
                range.start().saturating_add(span.mul_f64(fastrand::f64()))
            }
            None => Duration::ZERO,
        }
    }
}
