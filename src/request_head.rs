//! The head of an operation's requests, which the generated client writes once for each client.

use std::sync::{Mutex, OnceLock, PoisonError};

use http_body_util::BodyExt;
use reqwest::{
    Body, Method, Request, Url,
    header::{HeaderMap, HeaderName},
};

use crate::AccessToken;

/// Room for all headers, those of the HTTP client among them, so that the map does not grow.
const HEADERS: usize = 12;

/// All of a request but its body and the token.
#[derive(Debug, Clone)]
pub(crate) struct RequestHead {
    method: Method,
    url: Url,
    headers: HeaderMap,
    /// The header that takes the token, if any does.
    token_header: Option<HeaderName>,
}

/// The heads of the operations that the client offers, each once it was needed.
#[derive(Debug, Clone, Default)]
pub(crate) struct RequestHeads {
    pub(crate) enroll: OnceLock<RequestHead>,
    pub(crate) generate_token: OnceLock<RequestHead>,
}

/// Where the hooks of the generated client put the head of a request, instead of sending it.
#[derive(Debug, Default)]
pub(crate) struct HeadSlot(Mutex<Option<RequestHead>>);

impl HeadSlot {
    pub(crate) fn put(&self, request: &Request, token_header: Option<HeaderName>) {
        let head = RequestHead {
            method: request.method().clone(),
            url: request.url().clone(),
            headers: request.headers().clone(),
            token_header,
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    pub(crate) fn take(&self) -> Option<RequestHead> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl RequestHead {
    /// A request with this body. `sent` is called once a server may have received it: without its body,
    /// a request names nothing to enroll.
    pub(crate) fn request(
        &self,
        token: Option<&AccessToken>,
        body: Vec<u8>,
        sent: impl Fn() + Send + Sync + 'static,
    ) -> Request {
        let mut request = Request::new(self.method.clone(), self.url.clone());
        let headers = request.headers_mut();
        headers.reserve(HEADERS);
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if let (Some(name), Some(token)) = (&self.token_header, token) {
            headers.insert(name, token.header());
        }
        // A connection is there when its body is asked for.
        let body = Body::from(body).inspect_frame(move |_| sent());
        *request.body_mut() = Some(Body::wrap(body));
        request
    }
}
