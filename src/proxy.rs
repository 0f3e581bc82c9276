//! The proxy that connections go through, if any.

use std::{fmt, time::Duration};

use reqwest::{Url, header::AUTHORIZATION};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::Endpoint;

/// A proxy for connections to a server: it is asked for a tunnel, and TLS passes through that, so it
/// sees the host and neither the token nor the answers.
///
/// ```
/// use face_search_enroll::Proxy;
///
/// let proxy = Proxy::new("http://user:password@proxy.internal.example:3128")?;
/// assert_eq!(format!("{proxy:?}"), "Proxy(http://…@proxy.internal.example:3128)");
/// # Ok::<(), face_search_enroll::ProxyError>(())
/// ```
#[derive(Clone)]
pub struct Proxy {
    /// Without credentials.
    shown: String,
    url: Url,
    inner: reqwest::Proxy,
}

impl Proxy {
    /// `url` is `http` or `https`, a host, and a port if need be; a user name and a password may
    /// stand before the host, percent-encoded. They are never printed.
    ///
    /// # Errors
    ///
    /// [`ProxyError`] for anything else.
    pub fn new(url: &str) -> Result<Self, ProxyError> {
        let url = url.trim();
        let shown = match url.rsplit_once('@') {
            // What stands before the last `@` may be a password, also where nothing parses, and also
            // where it looks like another scheme.
            Some((before, host)) => match before.split_once("://") {
                Some((scheme, _)) if is_scheme(scheme) => format!("{scheme}://…@{host}"),
                _ => format!("…@{host}"),
            },
            None => url.to_owned(),
        };
        let is_proxy = |url: &Url| {
            is_scheme(url.scheme())
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                // Where this fails, reqwest would leave the proxy out and connect without it.
                && url.as_str().parse::<http::Uri>().is_ok()
        };
        match (Url::parse(url), reqwest::Proxy::all(url)) {
            (Ok(url), Ok(inner)) if is_proxy(&url) => Ok(Self { shown, url, inner }),
            _ => Err(ProxyError { input: shown }),
        }
    }

    pub(crate) fn inner(&self) -> reqwest::Proxy {
        self.inner.clone()
    }

    /// The status with which it refuses a tunnel to a server, if it can be asked in this time. The
    /// HTTP client keeps that to itself, so it is asked once more.
    pub(crate) async fn refusal(
        &self,
        server: &Endpoint,
        http: &reqwest::Client,
        limit: Duration,
    ) -> Option<u16> {
        if self.url.scheme() != "http" {
            // It would take a TLS client to ask.
            return None;
        }
        let status = timeout(limit, self.ask(server, http)).await.ok()?;
        status.filter(|status| *status != 200)
    }

    async fn ask(&self, server: &Endpoint, http: &reqwest::Client) -> Option<u16> {
        /// How much of an answer has the status: `HTTP/1.1 403`.
        const LENGTH: usize = 12;

        let address = (self.url.host_str()?, self.url.port_or_known_default()?);
        // An address of IPv6 stands in brackets, which are none of its own.
        let host = address.0.trim_matches(['[', ']']);
        let mut stream = TcpStream::connect((host, address.1)).await.ok()?;
        let server = Url::parse(server.base_url()).ok()?;
        let target = format!("{}:{}", server.host_str()?, server.port_or_known_default()?);
        let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
        // A request to an address with a user name and a password carries what the proxy asks for.
        let to_proxy = http.get(self.url.clone()).build().ok()?;
        if let Some(authorization) = to_proxy.headers().get(AUTHORIZATION) {
            let value = authorization.as_bytes();
            request.extend([b"Proxy-Authorization: ", value, b"\r\n"].concat());
        }
        request.extend(b"\r\n");
        stream.write_all(&request).await.ok()?;
        let mut head = [0; LENGTH];
        stream.read_exact(&mut head).await.ok()?;
        let head = str::from_utf8(&head).ok()?;
        let (version, status) = head.split_once(' ')?;
        status
            .parse()
            .ok()
            .filter(|_| version.starts_with("HTTP/1."))
    }
}

fn is_scheme(text: &str) -> bool {
    text.eq_ignore_ascii_case("http") || text.eq_ignore_ascii_case("https")
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

/// The address, without the user name and the password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// An address that is no proxy's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "proxy {input:?} is not the address of one; write http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT"
)]
pub struct ProxyError {
    /// Without credentials.
    input: String,
}
