//! Builds the response for an answer. [`crate::choice`] decides which answer a request gets.

use std::{fmt, sync::Arc};

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use face_search_enroll_contract::{Answer, Condition};

use crate::{
    answers::{Filling, fill_in},
    operation::ServedOperation,
};

/// An answer and the HTTP status that it is sent with.
pub(crate) struct ChosenAnswer {
    answer: Result<Arc<Answer>, Missing>,
    status: Option<StatusCode>,
    extra: Option<String>,
}

/// Something that the contract of this sandbox does not have.
struct Missing(String);

impl ChosenAnswer {
    fn new(answer: Option<&Arc<Answer>>, missing: impl fmt::Display) -> Self {
        Self {
            answer: answer.cloned().ok_or_else(|| Missing(missing.to_string())),
            status: None,
            extra: None,
        }
    }

    /// The answer for a condition.
    pub(crate) fn when(operation: &ServedOperation, condition: Condition) -> Self {
        let missing = format_args!("outcome for {condition:?}");
        Self::new(operation.answer_when(condition), missing)
    }

    /// The first answer that means the outcome with this name.
    pub(crate) fn outcome(operation: &ServedOperation, outcome: &str) -> Self {
        Self::new(
            operation.answers.of(outcome),
            format_args!("outcome {outcome}"),
        )
    }

    pub(crate) fn answer(answer: &Arc<Answer>) -> Self {
        Self::new(Some(answer), "")
    }

    /// The answer to a request that is rejected with an HTTP status.
    pub(crate) fn refused(
        operation: &ServedOperation,
        status: StatusCode,
        extra: impl Into<String>,
    ) -> Self {
        let answer = operation.answer_of_status(status.as_u16());
        Self {
            status: Some(status),
            extra: Some(extra.into()),
            ..Self::new(answer, format_args!("outcome for HTTP {status}"))
        }
    }

    /// The name of the outcome.
    pub(crate) fn outcome_name(&self) -> Option<String> {
        let answer = self.answer.as_ref().ok()?;
        Some(answer.outcome.clone())
    }

    /// Whether the answer says that the request succeeded.
    pub(crate) fn is_done(&self, operation: &ServedOperation) -> bool {
        let done = operation.answer_when(Condition::Done);
        let answer = self.answer.as_ref().ok();
        answer
            .zip(done)
            .is_some_and(|(answer, done)| answer.outcome == done.outcome)
    }

    /// The response, completed for a request.
    pub(crate) fn respond(
        &self,
        operation: &ServedOperation,
        filling: &Filling<'_>,
    ) -> Response<Body> {
        let answer = match &self.answer {
            Ok(answer) => answer,
            Err(Missing(what)) => {
                let what = format!(
                    "cannot answer: the contract of this sandbox has no {what} of {}; ask for another one\n",
                    operation.id
                );
                let mut response = plain("text/plain; charset=utf-8", what);
                *response.status_mut() = StatusCode::NOT_IMPLEMENTED;
                return response;
            }
        };
        let envelope = fill_in(answer, self.extra.as_deref(), filling);
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

/// Marks a response that must not be sent: the connection is closed instead.
#[derive(Clone, Copy)]
pub(crate) struct Disconnect;

pub(crate) fn disconnect() -> Response<Body> {
    let mut response = Response::default();
    response.extensions_mut().insert(Disconnect);
    response
}
