//! The body of a request, checked against the fields of the operation.

use axum::{body::Bytes, extract::rejection::BytesRejection, http::StatusCode};
use face_search_enroll_contract::{BrokenRule, Condition, Field};
use serde_json::{Map, Value};

/// The members of a body that keeps every rule.
pub(crate) type Members = Map<String, Value>;

/// What is wrong with a body.
pub(crate) enum BodyError {
    TooLarge,
    Means(Condition),
}

/// Reads a body. Of its faults, a field that is missing is told first.
pub(crate) fn read(
    fields: &[Field],
    body: Result<Bytes, BytesRejection>,
) -> Result<Members, BodyError> {
    let invalid = BodyError::Means(Condition::InvalidParameter);
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return Err(BodyError::TooLarge);
        }
        Err(_) => return Err(invalid),
    };
    let Ok(Value::Object(members)) = serde_json::from_slice(&body) else {
        return Err(invalid);
    };
    let value = |field: &Field| members.get(&*field.name).unwrap_or(&Value::Null);
    let mut required = fields.iter().filter(|field| field.required);
    if required.any(|field| is_missing(field, value(field))) {
        return Err(BodyError::Means(Condition::MissingParameter));
    }
    let mut sent = fields
        .iter()
        .filter(|field| members.contains_key(&*field.name));
    if sent.any(|field| field.check(value(field)).is_err()) {
        return Err(invalid);
    }
    Ok(members)
}

/// A text is missing too where it is empty, or blank and may not be.
fn is_missing(field: &Field, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty() || field.check(value) == Err(BrokenRule::Blank),
        _ => false,
    }
}

/// A value as text: a string without its quotes.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
