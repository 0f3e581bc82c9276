//! The HTTP client that sends calls: its settings, its proxy and TLS.

mod proxy;
mod tls;

use std::{error::Error, time::Duration};

use http_body_util::Limited;
use reqwest::{
    Body, Client, Request, Response,
    header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, USER_AGENT},
};

pub use proxy::{Proxy, ProxyError};
pub use tls::{RootCertificates, RootCertificatesError};

/// The settings of an HTTP client that sends secrets to one server.
#[derive(Debug)]
pub struct HttpSettings<'s> {
    /// The headers of every request; see [`default_headers`].
    pub default_headers: HeaderMap,
    /// Whether the client refuses to call a server over plain http.
    pub https_only: bool,
    /// The timeout for connecting, TLS included. None means no limit.
    pub connect_timeout: Option<Duration>,
    /// The timeout of a request. None means no limit.
    pub timeout: Option<Duration>,
    /// The proxy for all connections. None means no proxy, even if the environment sets one.
    pub proxy: Option<&'s Proxy>,
    /// The certificates that the client trusts in addition to those of the operating system.
    pub root_certificates: Vec<RootCertificates>,
}

impl HttpSettings<'_> {
    /// Builds the HTTP client.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up on this machine.
    pub fn build(self) -> Result<Client, Box<dyn Error + Send + Sync>> {
        let mut http = Client::builder()
            .default_headers(self.default_headers)
            .https_only(self.https_only)
            // A redirect could send the token to another host.
            .redirect(reqwest::redirect::Policy::none())
            // HTTP/2 uses one connection for all calls. If it broke, the results of all of them would be
            // unknown.
            .http1_only()
            // The layer must count every attempt, because an attempt may take effect.
            .retry(reqwest::retry::never())
            // Another crate may have turned on these features of reqwest. They ask for compressed answers, which
            // can exceed the body limit when they are decompressed.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate();
        if let Some(limit) = self.connect_timeout {
            http = http.connect_timeout(limit);
        }
        if let Some(limit) = self.timeout {
            http = http.timeout(limit);
        }
        http = match self.proxy {
            Some(proxy) => http.proxy(proxy.inner()),
            None => http.no_proxy(),
        };
        Ok(tls::configure(http, self.root_certificates)?.build()?)
    }
}

/// The headers of every request: the `User-Agent`, and the `Accept-Encoding` for an uncompressed answer.
#[must_use]
pub fn default_headers(user_agent: &'static str) -> HeaderMap {
    HeaderMap::from_iter([
        (USER_AGENT, HeaderValue::from_static(user_agent)),
        (ACCEPT_ENCODING, HeaderValue::from_static("identity")),
    ])
}

/// Sends a request. Reading the body of the answer fails after `body_limit` bytes.
///
/// This is not an async function, because its future would then reserve space for the request.
///
/// # Errors
///
/// Returns an error if there is no connection or no answer.
#[inline]
pub fn send(
    http: &Client,
    request: Request,
    body_limit: usize,
) -> impl Future<Output = reqwest::Result<Response>> + use<> {
    let answer = http.execute(request);
    async move { Ok(limit_body(answer.await?, body_limit)) }
}

/// Limits the body of a response. Reading it fails after `limit` bytes.
#[inline]
fn limit_body(response: Response, limit: usize) -> Response {
    let length = response.content_length();
    if length.is_some_and(|length| usize::try_from(length).is_ok_and(|length| length <= limit)) {
        // hyper does not read more bytes than the head announces, and nothing is decompressed.
        return response;
    }
    let (parts, body) = http::Response::<Body>::from(response).into_parts();
    let body = Body::wrap(Limited::new(body, limit));
    http::Response::from_parts(parts, body).into()
}
