//! The operation as the server needs it: what it listens for, what it demands, what it answers.

use axum::{
    http::{HeaderName, Method},
    routing::MethodFilter,
};
use face_search_enroll_contract::{Contract, Field};

use crate::{answers::Answers, error::StartError};

/// The facts of the contract that the server uses.
#[derive(Debug)]
pub(crate) struct ServedOperation {
    pub(crate) method: Method,
    pub(crate) method_filter: MethodFilter,
    pub(crate) path: String,
    pub(crate) token_header: HeaderName,
    pub(crate) media_type: String,
    /// The field of the request that names the journey.
    pub(crate) id_field: Field,
    /// The body of the contract's example, as JSON.
    pub(crate) request_example: String,
    pub(crate) answers: Answers,
}

impl ServedOperation {
    pub(crate) fn read(contract: &Contract) -> Result<Self, StartError> {
        let operation = contract.operations.first().ok_or(StartError::Unusable {
            what: "an operation",
        })?;
        let unusable = |what| StartError::Unusable { what };
        let fields = &operation.request.fields;
        let path = operation.path.value.clone();
        let method = Method::from_bytes(operation.method.as_bytes())
            .ok()
            // Browsers ask with that one before a call.
            .filter(|method| method != Method::OPTIONS)
            .ok_or_else(|| unusable("a method that can be served"))?;
        // The router panics at some paths.
        let is_parameter = |segment: &str| segment.starts_with([':', '*']);
        if !path.starts_with('/') || path.contains(['{', '}']) || path.split('/').any(is_parameter)
        {
            return Err(unusable("a path without parameters"));
        }
        Ok(Self {
            method_filter: MethodFilter::try_from(method.clone())
                .map_err(|_| unusable("a method that can be served"))?,
            method,
            path,
            token_header: HeaderName::from_bytes(
                operation
                    .token_header
                    .as_deref()
                    .map_or(&[][..], |header| header.as_bytes()),
            )
            .map_err(|_| unusable("a token header that HTTP allows"))?,
            media_type: operation.request.media_type.value.clone(),
            id_field: fields
                .iter()
                .find(|field| field.required)
                .ok_or_else(|| unusable("a required field in the request"))?
                .clone(),
            // Without an example, the request that leaves out all that it needs is as good as
            // another.
            request_example: operation
                .request_examples
                .first()
                .map_or_else(|| "{}".to_owned(), |example| example.body.to_string()),
            answers: Answers::new(operation.answers()),
        })
    }
}
