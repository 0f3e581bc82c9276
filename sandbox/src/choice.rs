//! Which answer a request gets: it is checked, and what it changes is remembered.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::rejection::BytesRejection,
    http::{HeaderMap, StatusCode, header},
};
use face_search_enroll_contract::Condition;

use crate::{
    body::{self, BodyError, Members},
    observed::ObservedRequest,
    operation::ServedOperation,
    response::ChosenAnswer,
    shared::Shared,
    signing,
};

/// The largest request that is read, in bytes.
pub(crate) const REQUEST_LIMIT: usize = 1024 * 1024;

/// A request to an operation, as far as it could be read.
pub(crate) struct ParsedRequest<'s> {
    operation: &'s ServedOperation,
    headers: HeaderMap,
    body: Result<Members, BodyError>,
    /// The value that the effect of the operation is of.
    subject: Option<String>,
}

impl<'s> ParsedRequest<'s> {
    pub(crate) fn read(
        operation: &'s ServedOperation,
        headers: HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Self {
        let body = body::read(&operation.facts.request.fields, body);
        let effect = operation.facts.effect.as_ref();
        let subject = effect.and_then(|effect| body.as_ref().ok()?.get(&*effect.of));
        Self {
            operation,
            headers,
            subject: subject.map(body::text),
            body,
        }
    }

    pub(crate) fn token(&self) -> Option<&str> {
        let header = self.operation.token_header.as_ref()?;
        let token = self.headers.get(header)?.to_str().ok()?;
        (!token.is_empty()).then_some(token)
    }

    pub(crate) fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The members of the body, if it is what the contract asks for.
    pub(crate) fn members(&self) -> Option<&Members> {
        self.body.as_ref().ok()
    }

    /// Whether it has a token that is taken, or needs none.
    pub(crate) fn is_authorized(&self, shared: &Shared) -> bool {
        let takes_none = self.operation.token_header.is_none();
        takes_none || self.token().is_some_and(|token| shared.takes(token))
    }

    fn has_media_type(&self) -> bool {
        let value = self.headers.get(header::CONTENT_TYPE);
        value
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|media_type| {
                let expected = &self.operation.facts.request.media_type;
                media_type.trim().eq_ignore_ascii_case(expected)
            })
    }

    /// The usual answer, before which the request takes effect.
    pub(crate) fn choose(&self, shared: &Shared) -> ChosenAnswer {
        let operation = self.operation;
        if !self.is_authorized(shared) {
            return ChosenAnswer::when(operation, Condition::Unauthorized);
        }
        if !self.has_media_type() {
            return ChosenAnswer::refused(
                operation,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!("send Content-Type: {}", operation.facts.request.media_type),
            );
        }
        let condition = match &self.body {
            Err(BodyError::TooLarge) => {
                return ChosenAnswer::refused(
                    operation,
                    StatusCode::PAYLOAD_TOO_LARGE,
                    format!("send at most {REQUEST_LIMIT} bytes"),
                );
            }
            Err(BodyError::Means(condition)) => *condition,
            Ok(members) => self.carry_out(members, shared),
        };
        ChosenAnswer::when(operation, condition)
    }

    fn carry_out(&self, members: &Members, shared: &Shared) -> Condition {
        let fields = &self.operation.facts.request.fields;
        let settings = &shared.settings;
        if let Err(condition) = signing::check(fields, members, &settings.keys, settings.clock) {
            return condition;
        }
        match self.subject() {
            Some(subject) if !shared.state.effect(&self.operation.facts.id, subject) => {
                Condition::DoneBefore
            }
            _ => Condition::Done,
        }
    }

    /// What an observer sees of the request.
    pub(crate) fn observed(&self, outcome: Option<String>) -> ObservedRequest {
        ObservedRequest {
            operation: Some(self.operation.facts.id.value.clone()),
            outcome,
            signature_id: self.subject().map(Arc::from),
        }
    }
}
