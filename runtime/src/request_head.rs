//! The head that all requests of an operation share. The generated client writes it once for each client.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use reqwest::{
    Body, Method, Request, Url,
    header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue},
};

use crate::AccessToken;

/// A request without its body and its token.
#[derive(Debug, Clone)]
pub struct RequestHead {
    method: Method,
    url: Url,
    /// All headers that are sent, with an empty one for the token. A clone of a map has no spare capacity, so
    /// each header that HTTP adds later would make it grow.
    headers: HeaderMap,
    /// The value of `Content-Length` in the headers. It is the same for most requests of an operation.
    pub body_length: usize,
    /// The header for the token. None if the operation takes no token.
    token_header: Option<HeaderName>,
}

/// The place where the hooks of a generated client put the head of a request, instead of sending it.
#[derive(Debug, Default)]
pub struct HeadSlot(Mutex<Option<RequestHead>>);

impl HeadSlot {
    /// Stores the head of a request. `default_headers` are those that the HTTP client adds.
    pub fn put(
        &self,
        request: &Request,
        token_header: Option<HeaderName>,
        default_headers: &HeaderMap,
    ) {
        let body = request.body().and_then(Body::as_bytes);
        let body_length = body.unwrap_or_default().len();
        let mut headers = request.headers().clone();
        if let Some(name) = &token_header {
            headers.insert(name, HeaderValue::from_static(""));
        }
        headers.extend(default_headers.clone());
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

    /// Removes and returns the stored head.
    #[must_use]
    pub fn take(&self) -> Option<RequestHead> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl RequestHead {
    /// Builds a request with this body. It calls `sent` when the body is read to be sent. Before that, the
    /// server cannot act on the request.
    #[must_use]
    pub fn request(
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
        // The HTTP client reads the body only when there is a connection.
        let body = Full::new(Bytes::from(body)).inspect_frame(move |_| sent());
        *request.body_mut() = Some(Body::wrap(body));
        request
    }
}
