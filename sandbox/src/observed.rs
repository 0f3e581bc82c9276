//! What the router learns of a request while it is handled, for the observer.

use std::sync::Arc;

use axum::{body::Body, http::Response};

/// What was answered to what. It travels with the response to the place where observers are called.
#[derive(Debug, Clone)]
pub(crate) struct ObservedRequest {
    /// The id of the operation; none for a path that is no operation's.
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
