//! The server that a client calls: a region or a custom address. The rules for addresses keep the token away
//! from networks that can read it.

use std::{fmt, net::IpAddr, str::FromStr, sync::Arc};

use reqwest::Url;

use crate::{EndpointError, EndpointRule, ParseEndpointError, Region};

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
pub struct Endpoint(Server);

/// Cheap to clone, because every result contains it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Server {
    Region(Region),
    Custom(Arc<str>),
}

impl Endpoint {
    /// Creates an endpoint with a custom address, such as a reverse proxy, a mock server or a private link.
    ///
    /// `url` is a scheme and a host, and optionally a port. The client adds the path of the endpoint.
    ///
    /// # Errors
    ///
    /// [`EndpointError`] for any scheme except `https`, and `http` on loopback (`127.0.0.0/8`, `[::1]`,
    /// `localhost`). Also for an address with credentials, a path, a query or a fragment.
    pub fn custom(url: &str) -> Result<Self, EndpointError> {
        let url = url.trim();
        let parsed = Url::parse(url).map_err(|_| EndpointError::new(url, EndpointRule::Address))?;
        match broken_rule(&parsed) {
            Some(rule) => Err(EndpointError::new(url, rule)),
            None => Ok(Self(Server::Custom(
                parsed.as_str().trim_end_matches('/').into(),
            ))),
        }
    }

    /// The scheme, host and port, without a final slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        match &self.0 {
            Server::Region(region) => region.base_url(),
            Server::Custom(base_url) => base_url,
        }
    }

    /// The region. None for a custom address.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        match &self.0 {
            Server::Region(region) => Some(*region),
            Server::Custom(_) => None,
        }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.base_url().starts_with("https:")
    }
}

impl From<Region> for Endpoint {
    fn from(region: Region) -> Self {
        Self(Server::Region(region))
    }
}

/// Parses any name of a [`Region`], or an address for [`Endpoint::custom`]. Use it for text from a configuration
/// file.
impl FromStr for Endpoint {
    type Err = ParseEndpointError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains("://") {
            return Self::custom(text).map_err(ParseEndpointError::Address);
        }
        let region = text.parse::<Region>();
        region.map(Self::from).map_err(ParseEndpointError::Region)
    }
}

impl TryFrom<&str> for Endpoint {
    type Error = ParseEndpointError;

    /// Does the same as [`from_str`](Self::from_str).
    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The region and its address, or only the custom address.
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
