//! The head of an operation's requests, which the generated client writes once for each client.

use std::sync::{Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use reqwest::{
    Body, Method, Request, Url,
    header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue},
};

use crate::AccessToken;

/// All of a request but its body and the token.
#[derive(Debug, Clone)]
pub(crate) struct RequestHead {
    method: Method,
    url: Url,
    /// All headers that are sent, the token's place among them. A copy of a map has no room for more, so
    /// that it would grow with each header that HTTP adds.
    headers: HeaderMap,
    /// The `Content-Length` among them. Most requests of an operation have the same.
    pub(crate) body_length: usize,
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
    /// `more` headers are those that the HTTP client adds.
    pub(crate) fn put(
        &self,
        request: &Request,
        token_header: Option<HeaderName>,
        more: &HeaderMap,
    ) {
        let body = request.body().and_then(Body::as_bytes);
        let body_length = body.unwrap_or_default().len();
        let mut headers = request.headers().clone();
        if let Some(name) = &token_header {
            headers.insert(name, HeaderValue::from_static(""));
        }
        headers.extend(more.clone());
        if let Ok(host) = HeaderValue::from_str(request.url().authority()) {
            headers.insert(HOST, host);
        }
        headers.insert(CONTENT_LENGTH, body_length.into());
        let head = RequestHead {
            method: request.method().clone(),
            url: request.url().clone(),
            headers,
            body_length,
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
        let mut headers = self.headers.clone();
        if body.len() != self.body_length {
            headers.insert(CONTENT_LENGTH, body.len().into());
        }
        if let (Some(name), Some(token)) = (&self.token_header, token) {
            headers.insert(name, token.header());
        }
        *request.headers_mut() = headers;
        // A connection is there when its body is asked for.
        let body = Full::new(Bytes::from(body)).inspect_frame(move |_| sent());
        *request.body_mut() = Some(Body::wrap(body));
        request
    }
}
