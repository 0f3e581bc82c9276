//! The proxy that connections go through, if any.

use std::fmt;

use reqwest::Url;

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
        let is_proxy = Url::parse(url).is_ok_and(|url| {
            is_scheme(url.scheme())
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                // Where this fails, reqwest would leave the proxy out and connect without it.
                && url.as_str().parse::<http::Uri>().is_ok()
        });
        match reqwest::Proxy::all(url) {
            Ok(inner) if is_proxy => Ok(Self { shown, inner }),
            _ => Err(ProxyError { input: shown }),
        }
    }

    pub(crate) fn into_inner(self) -> reqwest::Proxy {
        self.inner
    }
}

fn is_scheme(text: &str) -> bool {
    text.eq_ignore_ascii_case("http") || text.eq_ignore_ascii_case("https")
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({})", self.shown)
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
