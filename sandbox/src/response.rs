//! The response that carries an answer. Which answer a request gets is left to [`crate::choice`].

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use face_search_enroll::Outcome;
use face_search_enroll_contract::Answer;

use crate::{
    answers::{Filling, fill_in},
    operation::ServedOperation,
};

/// An answer, and under which status it is sent.
pub(crate) struct ChosenAnswer {
    answer: Result<Arc<Answer>, Missing>,
    status: Option<StatusCode>,
    extra: Option<String>,
}

/// An outcome of the layer that the contract of this sandbox does not have.
struct Missing(&'static str);

impl ChosenAnswer {
    pub(crate) fn answer(answer: Arc<Answer>) -> Self {
        Self {
            answer: Ok(answer),
            status: None,
            extra: None,
        }
    }

    pub(crate) fn outcome(operation: &ServedOperation, outcome: Outcome) -> Self {
        let name = outcome.as_str();
        Self {
            answer: operation.answers.of(name).cloned().ok_or(Missing(name)),
            status: None,
            extra: None,
        }
    }

    /// What HTTP itself refuses.
    pub(crate) fn refused(
        operation: &ServedOperation,
        status: StatusCode,
        extra: impl Into<String>,
    ) -> Self {
        let name = Outcome::InvalidRequest.as_str();
        let answer = operation.answers.of_status(name, status.as_u16());
        Self {
            answer: answer.cloned().ok_or(Missing(name)),
            status: Some(status),
            extra: Some(extra.into()),
        }
    }

    /// The name of the outcome.
    pub(crate) fn outcome_name(&self) -> Option<String> {
        let answer = self.answer.as_ref().ok()?;
        Some(answer.outcome.clone())
    }

    /// The response to request `number`, whose transaction id that makes.
    pub(crate) fn respond(
        &self,
        operation: &ServedOperation,
        signature_id: Option<&str>,
        number: u64,
    ) -> Response<Body> {
        let answer = match &self.answer {
            Ok(answer) => answer,
            Err(Missing(outcome)) => {
                let what = format!("the contract of this sandbox has no outcome {outcome}\n");
                let mut response = plain("text/plain; charset=utf-8", what);
                *response.status_mut() = StatusCode::NOT_IMPLEMENTED;
                return response;
            }
        };
        let envelope = fill_in(
            answer,
            &Filling {
                transaction_id: &format!("{number:016x}"),
                extra: self.extra.as_deref(),
                id: (&operation.id_field.name, signature_id),
            },
        );
        let mut response = plain(&operation.media_type, envelope.to_string());
        *response.status_mut() = self
            .status
            .or_else(|| StatusCode::from_u16(answer.status).ok())
            .unwrap_or_default();
        response
    }
}

pub(crate) fn plain(content_type: &str, body: impl Into<Body>) -> Response<Body> {
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
pub(crate) struct Disconnect;

pub(crate) fn disconnect() -> Response<Body> {
    let mut response = Response::default();
    response.extensions_mut().insert(Disconnect);
    response
}
