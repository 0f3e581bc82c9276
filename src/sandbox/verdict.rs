//! Which answer a request gets, and the response that carries it.

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
    response::IntoResponse,
};

use super::answer::{self, Answer};
use crate::{Outcome, generated::facts::operation::MEDIA_TYPE};

/// An answer, and under which status it is sent.
pub(super) struct Verdict {
    answer: Option<&'static Answer>,
    pub(super) outcome: Option<Outcome>,
    status: Option<StatusCode>,
    extra: Option<String>,
}

impl Verdict {
    pub(super) fn answer(answer: Option<&'static Answer>) -> Self {
        Self {
            answer,
            outcome: answer.map(|answer| answer.outcome),
            status: None,
            extra: None,
        }
    }

    pub(super) fn outcome(outcome: Outcome) -> Self {
        Self::answer(answer::of(outcome))
    }

    /// What HTTP itself refuses.
    pub(super) fn refused(status: StatusCode, extra: impl Into<String>) -> Self {
        Self {
            status: Some(status),
            extra: Some(extra.into()),
            ..Self::answer(answer::of_status(Outcome::InvalidRequest, status.as_u16()))
        }
    }

    /// The response to request `number`, whose transaction id that makes.
    pub(super) fn respond(&self, signature_id: Option<&str>, number: u64) -> Response<Body> {
        let Some(answer) = self.answer else {
            return StatusCode::NOT_IMPLEMENTED.into_response();
        };
        let transaction_id = format!("{number:016x}");
        let envelope = answer.make_out(signature_id, &transaction_id, self.extra.as_deref());
        let mut response = plain(MEDIA_TYPE, envelope.to_string());
        *response.status_mut() = self
            .status
            .or_else(|| StatusCode::from_u16(answer.status).ok())
            .unwrap_or_default();
        response
    }
}

pub(super) fn plain(content_type: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    if let Ok(content_type) = content_type.parse() {
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type);
    }
    response
}

/// Marks a response that is not to be sent: the connection breaks instead.
#[derive(Clone, Copy)]
pub(super) struct Disconnect;

pub(super) fn disconnect() -> Response<Body> {
    let mut response = Response::default();
    response.extensions_mut().insert(Disconnect);
    response
}
