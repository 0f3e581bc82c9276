//! The proxy that connections go through.

use std::{fmt, time::Duration};

use reqwest::{Url, header::AUTHORIZATION};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// A proxy for connections to the server.
///
/// The client asks the proxy for a tunnel, and uses TLS inside it. So the proxy sees the host, but neither the
/// token nor the answers.
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
    /// The address without credentials.
    shown: String,
    url: Url,
    inner: reqwest::Proxy,
}

impl Proxy {
    /// Creates a proxy from its address, such as `http://proxy.internal.example:3128`.
    ///
    /// `url` has the scheme `http` or `https`, a host, and optionally a port. A percent-encoded user name and
    /// password may precede the host. They are never printed.
    ///
    /// # Errors
    ///
    /// [`ProxyError`] for any other text.
    pub fn new(url: &str) -> Result<Self, ProxyError> {
        let url = url.trim();
        let shown = match url.rsplit_once('@') {
            // The text before the last `@` may be a password, even if the address does not parse or that
            // text looks like another scheme.
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
                // If this failed, reqwest would ignore the proxy and connect without it.
                && url.as_str().parse::<http::Uri>().is_ok()
        };
        match (Url::parse(url), reqwest::Proxy::all(url)) {
            (Ok(url), Ok(inner)) if is_proxy(&url) => Ok(Self { shown, url, inner }),
            _ => Err(ProxyError { input: shown }),
        }
    }

    /// Returns the proxy as a setting of reqwest.
    pub(super) fn inner(&self) -> reqwest::Proxy {
        self.inner.clone()
    }

    /// Asks the proxy once more for a tunnel to `server`, and returns the HTTP status with which it refuses,
    /// because reqwest does not report that status. None if the proxy does not answer within `limit`.
    #[doc(hidden)]
    pub async fn refusal(
        &self,
        server: &str,
        http: &reqwest::Client,
        limit: Duration,
    ) -> Option<u16> {
        if self.url.scheme() != "http" {
            // This would need a TLS client.
            return None;
        }
        let status = timeout(limit, self.ask(server, http)).await.ok()?;
        status.filter(|status| *status != 200)
    }

    async fn ask(&self, server: &str, http: &reqwest::Client) -> Option<u16> {
        /// The length of an answer up to the end of the status: `HTTP/1.1 403`.
        const LENGTH: usize = 12;

        let address = (self.url.host_str()?, self.url.port_or_known_default()?);
        // The brackets around an IPv6 address are not part of it.
        let host = address.0.trim_matches(['[', ']']);
        let mut stream = TcpStream::connect((host, address.1)).await.ok()?;
        let server = Url::parse(server).ok()?;
        let target = format!("{}:{}", server.host_str()?, server.port_or_known_default()?);
        let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
        // If the address has a user name and a password, reqwest encodes them.
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

/// The error for a text that is not the address of a proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "proxy {input:?} is not the address of a proxy; write http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT"
)]
pub struct ProxyError {
    /// The text, without credentials.
    input: String,
}
