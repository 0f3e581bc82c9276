//! The response that carries an answer. Which answer a request gets is left to [`crate::choice`].

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use face_search_enroll_contract::{Answer, Condition, Outcome, envelope};
use serde_json::Value;

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

/// What was asked for, and the contract of this sandbox does not have: `outcome Throttled`.
struct Missing(String);

impl ChosenAnswer {
    fn new(answer: Option<&Arc<Answer>>, what: impl FnOnce() -> String) -> Self {
        Self {
            answer: answer.cloned().ok_or_else(|| Missing(what())),
            status: None,
            extra: None,
        }
    }

    /// The example of this name.
    pub(crate) fn example(operation: &ServedOperation, name: &str) -> Self {
        Self::new(operation.answers.named(name), || format!("example {name}"))
    }

    /// The first answer of the outcome of this name.
    pub(crate) fn outcome(operation: &ServedOperation, name: &str) -> Self {
        Self::new(operation.answers.of(name), || format!("outcome {name}"))
    }

    /// The answer under this condition.
    pub(crate) fn when(operation: &ServedOperation, condition: Condition) -> Self {
        let outcome = operation.outcome_when(condition);
        let answer = outcome.and_then(|outcome| operation.answers.of(&outcome.name));
        Self::new(answer, || format!("outcome {condition:?}"))
    }

    /// The answer whose outcome this HTTP status means.
    pub(crate) fn of_status(operation: &ServedOperation, status: u16) -> Self {
        let outcome = operation.outcome_of_status(status);
        let of = |outcome: &Outcome| operation.answers.of_status(&outcome.name, status);
        let answer = outcome.and_then(of);
        Self::new(answer, || format!("outcome of HTTP status {status}"))
    }

    /// What HTTP itself refuses.
    pub(crate) fn refused(
        operation: &ServedOperation,
        status: StatusCode,
        extra: impl Into<String>,
    ) -> Self {
        Self {
            status: Some(status),
            extra: Some(extra.into()),
            ..Self::of_status(operation, status.as_u16())
        }
    }

    /// The name of the outcome.
    pub(crate) fn outcome_name(&self) -> Option<String> {
        let answer = self.answer.as_ref().ok()?;
        Some(answer.outcome.clone())
    }

    /// Whether its data has a member of this name.
    pub(crate) fn has_data(&self, member: &str) -> bool {
        let answer = self.answer.as_ref().ok();
        let data = answer.and_then(|answer| answer.body.get(envelope::DATA));
        data.is_some_and(|data| data.get(member).is_some())
    }

    /// The response to request `number`, whose transaction id that makes, with `data` where the
    /// answer has members for it.
    pub(crate) fn respond(
        &self,
        operation: &ServedOperation,
        data: Vec<(&str, Value)>,
        number: u64,
    ) -> Response<Body> {
        let answer = match &self.answer {
            Ok(answer) => answer,
            Err(Missing(what)) => {
                let id = &operation.facts.id;
                let what = format!("the contract of this sandbox has no {what} of {id}\n");
                let mut response = plain("text/plain; charset=utf-8", what);
                *response.status_mut() = StatusCode::NOT_IMPLEMENTED;
                return response;
            }
        };
        let envelope = fill_in(
            answer,
            Filling {
                transaction_id: &format!("{number:016x}"),
                extra: self.extra.as_deref(),
                data,
            },
        );
        let media_type = &operation.facts.response.media_type;
        let mut response = plain(media_type, envelope.to_string());
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
