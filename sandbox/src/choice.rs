//! Which answer a request gets: it is checked, and the face set is kept.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::rejection::BytesRejection,
    http::{HeaderMap, StatusCode, header},
};
use face_search_enroll::Outcome;
use serde_json::Value;

use crate::{
    observed::ObservedRequest, operation::ServedOperation, response::ChosenAnswer, state::State,
};

/// The largest request that is read, in bytes.
pub(crate) const REQUEST_LIMIT: usize = 1024 * 1024;

/// A request to the operation, as far as it could be read.
pub(crate) struct ParsedRequest<'s> {
    operation: &'s ServedOperation,
    headers: HeaderMap,
    signature_id: Result<String, BodyError>,
}

/// What is wrong with a body.
enum BodyError {
    TooLarge,
    Means(Outcome),
}

impl<'s> ParsedRequest<'s> {
    pub(crate) fn read(
        operation: &'s ServedOperation,
        headers: HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Self {
        Self {
            operation,
            headers,
            signature_id: read_signature_id(operation, body),
        }
    }

    pub(crate) fn token(&self) -> Option<&str> {
        let header = &self.operation.token_header;
        let token = self.headers.get(header)?.to_str().ok()?;
        (!token.is_empty()).then_some(token)
    }

    pub(crate) fn signature_id(&self) -> Option<&str> {
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
    pub(crate) fn choose(&self, state: &State) -> ChosenAnswer {
        let operation = self.operation;
        if self.token().is_none() {
            return ChosenAnswer::outcome(operation, Outcome::Unauthorized);
        }
        if !self.has_media_type() {
            return ChosenAnswer::refused(
                operation,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("send Content-Type: {}", operation.media_type),
            );
        }
        let outcome = match &self.signature_id {
            Err(BodyError::TooLarge) => {
                return ChosenAnswer::refused(
                    operation,
                    StatusCode::PAYLOAD_TOO_LARGE,
                    format!("send at most {REQUEST_LIMIT} bytes"),
                );
            }
            Err(BodyError::Means(outcome)) => *outcome,
            Ok(id) if state.enroll(id) => Outcome::Enrolled,
            Ok(_) => Outcome::AlreadyEnrolled,
        };
        ChosenAnswer::outcome(operation, outcome)
    }

    /// What an observer sees of the request.
    pub(crate) fn observed(&self, outcome: Option<String>) -> ObservedRequest {
        ObservedRequest {
            outcome,
            signature_id: self.signature_id().map(Arc::from),
        }
    }
}

fn read_signature_id(
    operation: &ServedOperation,
    body: Result<Bytes, BytesRejection>,
) -> Result<String, BodyError> {
    let invalid = BodyError::Means(Outcome::InvalidParameter);
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Err(BodyError::TooLarge);
        }
        Err(_) => return Err(invalid),
    };
    let Ok(Value::Object(mut body)) = serde_json::from_slice(&body) else {
        return Err(invalid);
    };
    let field = &operation.id_field;
    match body.remove(&*field.name) {
        Some(Value::String(id)) if field.check_text(&id).is_ok() => Ok(id),
        None | Some(Value::Null | Value::String(_)) => {
            Err(BodyError::Means(Outcome::MissingParameter))
        }
        Some(_) => Err(invalid),
    }
}
