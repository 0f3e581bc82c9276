//! Chooses the usual answer to a request, if neither a test nor the client asked for another one.
//! It checks the request, and records what the operation changes.

use std::{sync::Arc, time::SystemTime};

use axum::{
    body::Bytes,
    extract::rejection::BytesRejection,
    http::{HeaderMap, StatusCode, header},
};
use face_search_enroll_contract::{BrokenRule, Condition, Field};
use serde_json::{Map, Value};

use crate::{
    observed::ObservedRequest, operation::ServedOperation, response::ChosenAnswer,
    settings::Settings, signing, state::State,
};

/// The maximum size of a request body, in bytes.
pub(crate) const REQUEST_LIMIT: usize = 1024 * 1024;

/// A request to an operation, and its body or the error in it.
pub(crate) struct ParsedRequest<'s> {
    pub(crate) operation: &'s ServedOperation,
    /// The index of the operation.
    index: usize,
    headers: HeaderMap,
    body: Result<Map<String, Value>, BodyError>,
}

/// What is wrong with the body of a request.
enum BodyError {
    TooLarge,
    Means(Condition),
}

impl<'s> ParsedRequest<'s> {
    pub(crate) fn read(
        operation: &'s ServedOperation,
        index: usize,
        headers: HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Self {
        Self {
            operation,
            index,
            headers,
            body: read_body(operation, body),
        }
    }

    pub(crate) fn token(&self) -> Option<&str> {
        let header = self.operation.token_header.as_ref()?;
        let token = self.headers.get(header)?.to_str().ok()?;
        (!token.is_empty()).then_some(token)
    }

    /// Whether the request has an acceptable token, or the operation takes none.
    pub(crate) fn is_authorized(&self, state: &State, settings: &Settings) -> bool {
        match self.token() {
            _ if self.operation.token_header.is_none() => true,
            Some(token) => settings.keys.is_empty() || state.is_good(token),
            None => false,
        }
    }

    /// The value that identifies what the operation changes.
    pub(crate) fn changed(&self) -> Option<&str> {
        let body = self.body.as_ref().ok()?;
        body.get(self.operation.effect_of.as_ref()?)?.as_str()
    }

    /// The lifetime that the request asks for, in seconds.
    pub(crate) fn lifetime(&self) -> Option<u64> {
        let mut fields = self.operation.fields.iter();
        let field = fields.find(|field| field.lifetime)?;
        let asked = self.body.as_ref().ok()?.get(&*field.name);
        let asked = asked.and_then(Value::as_u64);
        asked.or_else(|| u64::try_from(field.default?).ok())
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

    /// The usual answer. Choosing it may change the state of the sandbox. `now` is the time of the
    /// sandbox.
    pub(crate) fn choose(
        &self,
        state: &State,
        settings: &Settings,
        now: SystemTime,
    ) -> ChosenAnswer {
        let operation = self.operation;
        if !self.is_authorized(state, settings) {
            return ChosenAnswer::when(operation, Condition::Unauthorized);
        }
        if !self.has_media_type() {
            return ChosenAnswer::refused(
                operation,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("send Content-Type: {}", operation.media_type),
            );
        }
        let body = match &self.body {
            Err(BodyError::TooLarge) => {
                return ChosenAnswer::refused(
                    operation,
                    StatusCode::PAYLOAD_TOO_LARGE,
                    format!("send at most {REQUEST_LIMIT} bytes"),
                );
            }
            Err(BodyError::Means(condition)) => return ChosenAnswer::when(operation, *condition),
            Ok(body) => body,
        };
        if !settings.keys.is_empty()
            && let Err(condition) = signing::check(&operation.fields, body, &settings.keys, now)
        {
            return ChosenAnswer::when(operation, condition);
        }
        let condition = match self.changed() {
            Some(value) if !state.change(self.index, value) => Condition::DoneBefore,
            _ => Condition::Done,
        };
        ChosenAnswer::when(operation, condition)
    }

    /// The part of the request that an observer sees.
    pub(crate) fn observed(&self, outcome: Option<String>) -> ObservedRequest {
        ObservedRequest {
            operation: Some(Arc::from(self.operation.id.as_str())),
            outcome,
            signature_id: self.changed().map(Arc::from),
        }
    }
}

fn read_body(
    operation: &ServedOperation,
    body: Result<Bytes, BytesRejection>,
) -> Result<Map<String, Value>, BodyError> {
    let invalid = BodyError::Means(Condition::InvalidParameter);
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Err(BodyError::TooLarge);
        }
        Err(_) => return Err(invalid),
    };
    let Ok(Value::Object(body)) = serde_json::from_slice(&body) else {
        return Err(invalid);
    };
    for field in &operation.fields {
        check_field(field, body.get(&*field.name)).map_err(BodyError::Means)?;
    }
    Ok(body)
}

fn check_field(field: &Field, value: Option<&Value>) -> Result<(), Condition> {
    match value {
        None | Some(Value::Null) if field.required => Err(Condition::MissingParameter),
        None | Some(Value::Null) => Ok(()),
        Some(value) => field.check(value).map_err(|broken| match broken {
            BrokenRule::Blank | BrokenRule::TooShort { length: 0, .. } => {
                Condition::MissingParameter
            }
            _ => Condition::InvalidParameter,
        }),
    }
}
