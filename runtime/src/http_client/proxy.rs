//! The proxy that connections go through.

use std::{fmt, time::Duration};

use reqwest::{Url, header::AUTHORIZATION};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// A proxy for connections to a server. The client asks it for a tunnel and speaks TLS through that, so the
/// proxy sees the host, but neither the token nor the answers.
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
    /// `url` is `http` or `https`, a host, and optionally a port. A user name and a password may precede the
    /// host, percent-encoded. They are never printed.
    ///
    /// # Errors
    ///
    /// [`ProxyError`] for anything else.
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

    /// The proxy as a setting of reqwest.
    pub(super) fn inner(&self) -> reqwest::Proxy {
        self.inner.clone()
    }

    /// The HTTP status with which the proxy refuses a tunnel to a server, if it answers in this time.
    /// reqwest does not report the status, so the proxy is asked once more.
    #[doc(hidden)]
    pub async fn refusal(
        &self,
        server: &str,
        http: &reqwest::Client,
        limit: Duration,
    ) -> Option<u16> {
        if self.url.scheme() != "http" {
            // Asking would take a TLS client.
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
        // For an address with a user name and a password, reqwest writes the header that the proxy expects.
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

/// An address that is not the address of a proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "proxy {input:?} is not the address of a proxy; write http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT"
)]
pub struct ProxyError {
    /// Without credentials.
    input: String,
}
