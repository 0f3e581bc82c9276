//! Where calls go: a region, or an address of the caller's own. The rules keep the token off
//! networks that can read it.

use std::{fmt, net::IpAddr, sync::Arc};

use reqwest::Url;

use crate::Region;

/// The server that a client calls.
///
/// ```
/// use face_search_enroll::{Endpoint, Region};
///
/// let singapore = Endpoint::from(Region::Singapore);
/// let proxy = Endpoint::custom("https://verification.internal.example:8443")?;
/// let local = Endpoint::custom("http://127.0.0.1:4010")?;
/// # Ok::<(), face_search_enroll::EndpointError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    place: Place,
}

/// Cheap to clone: every call tells where it went.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    Region(Region),
    Own(Arc<str>),
}

impl Endpoint {
    /// An address of the caller's own: a proxy, a mock, a private link.
    ///
    /// `url` is a scheme and a host, and a port if need be. The path of the endpoint is added to
    /// it.
    ///
    /// # Errors
    ///
    /// [`EndpointError`] for anything but `https`, or `http` on loopback (`127.0.0.0/8`, `[::1]`,
    /// `localhost`), and for an address with credentials, a path, a query or a fragment.
    pub fn custom(url: &str) -> Result<Self, EndpointError> {
        let url = url.trim();
        let parsed = Url::parse(url).map_err(|_| EndpointError::new(url, EndpointRule::Address))?;
        match broken_rule(&parsed) {
            Some(rule) => Err(EndpointError::new(url, rule)),
            None => Ok(Self {
                place: Place::Own(parsed.as_str().trim_end_matches('/').into()),
            }),
        }
    }

    /// The scheme, host and port, without a final slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        match &self.place {
            Place::Region(region) => region.base_url(),
            Place::Own(base_url) => base_url,
        }
    }

    /// The region, unless the address is the caller's own.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        match &self.place {
            Place::Region(region) => Some(*region),
            Place::Own(_) => None,
        }
    }

    /// A server of our own on loopback: the token stays on this machine wherever else it listens.
    #[cfg(feature = "sandbox")]
    pub(crate) fn loopback(address: std::net::SocketAddr) -> Self {
        let host = match address.ip() {
            IpAddr::V6(ip) if ip.is_loopback() => "[::1]".to_owned(),
            IpAddr::V4(ip) if ip.is_loopback() => ip.to_string(),
            _ => "127.0.0.1".to_owned(),
        };
        let base_url = match address.port() {
            // As addresses are written and compared.
            80 => format!("http://{host}"),
            port => format!("http://{host}:{port}"),
        };
        Self {
            place: Place::Own(base_url.into()),
        }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.base_url().starts_with("https:")
    }
}

impl From<Region> for Endpoint {
    fn from(region: Region) -> Self {
        Self {
            place: Place::Region(region),
        }
    }
}

/// The region and the address, or the address alone.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.region() {
            Some(region) => write!(f, "{region} ({})", self.base_url()),
            None => f.write_str(self.base_url()),
        }
    }
}

fn broken_rule(url: &Url) -> Option<EndpointRule> {
    if !url.has_host() {
        return Some(EndpointRule::Address);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some(EndpointRule::Credentials);
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(url) => {}
        "http" => return Some(EndpointRule::PlainHttp),
        _ => return Some(EndpointRule::Scheme),
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Some(EndpointRule::Query);
    }
    (url.path() != "/").then_some(EndpointRule::Path)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// `text` without what stands before its last `@`: it may be a password, also where nothing parses.
pub(crate) fn without_credentials(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => text.to_owned(),
    }
}

/// An address that calls must not go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointError {
    /// Without credentials.
    input: String,
    rule: EndpointRule,
}

/// The rule that an address breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointRule {
    /// It is a whole address: scheme and host.
    Address,
    /// Its scheme is https or http.
    Scheme,
    /// Plain http stays on loopback.
    PlainHttp,
    /// It has no user name and no password.
    Credentials,
    /// It has no path.
    Path,
    /// It has no query and no fragment.
    Query,
}

impl EndpointError {
    fn new(input: &str, rule: EndpointRule) -> Self {
        Self {
            input: without_credentials(input),
            rule,
        }
    }

    /// The address, without credentials.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }

    /// The rule that it breaks.
    #[must_use]
    pub fn rule(&self) -> EndpointRule {
        self.rule
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rule, way_out) = match self.rule {
            EndpointRule::Address => ("is no address", "write https://HOST or https://HOST:PORT"),
            EndpointRule::Scheme => ("is neither https nor http", "write https://HOST"),
            EndpointRule::PlainHttp => (
                "would send the token in the clear: plain http is for loopback alone",
                "write https, or http://127.0.0.1:PORT for a server on this machine",
            ),
            EndpointRule::Credentials => (
                "has a user name or a password",
                "leave them out: the token is the only credential",
            ),
            EndpointRule::Path => (
                "has a path",
                "write the scheme and host alone: the path of the endpoint is added to it",
            ),
            EndpointRule::Query => (
                "has a query or a fragment",
                "write the scheme and host alone",
            ),
        };
        write!(f, "endpoint {:?} {rule}; {way_out}", self.input)
    }
}

impl std::error::Error for EndpointError {}
