//! What the handler passes to the router for the observer.

use std::sync::Arc;

use axum::{body::Body, http::Response};

/// A request and its outcome. It is an extension of the response, so that it reaches the code that
/// calls the observer.
#[derive(Debug, Clone)]
pub(crate) struct ObservedRequest {
    /// The id of the operation; `None` for a path without an operation.
    pub(crate) operation: Option<Arc<str>>,
    /// The name of the outcome.
    pub(crate) outcome: Option<String>,
    pub(crate) signature_id: Option<Arc<str>>,
}

impl ObservedRequest {
    pub(crate) fn attach(self, mut response: Response<Body>) -> Response<Body> {
        response.extensions_mut().insert(self);
        response
    }
}
