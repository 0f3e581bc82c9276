//! Errors for addresses that must not be called, and for texts that do not name a server.

use thiserror::Error;

use crate::{UnknownRegion, region::without_credentials};

/// The error for an address that must not be called.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("endpoint {input:?} {}", rule.advice())]
pub struct EndpointError {
    /// The address, without credentials.
    input: String,
    rule: EndpointRule,
}

/// The rule that an address breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointRule {
    /// It must have a scheme and a host.
    Address,
    /// Its scheme must be https or http.
    Scheme,
    /// Plain http is allowed only on loopback.
    PlainHttp,
    /// It must not have a user name or a password.
    Credentials,
    /// It must not have a path.
    Path,
    /// It must not have a query or a fragment.
    Query,
}

impl EndpointRule {
    /// What is wrong with the address, and what to write instead.
    fn advice(self) -> &'static str {
        match self {
            Self::Address => "is not an address; write https://HOST or https://HOST:PORT",
            Self::Scheme => "has a scheme other than https; write https://HOST",
            Self::PlainHttp => {
                "would send the token unencrypted: plain http is allowed only on loopback; write https, or http://127.0.0.1:PORT for a server on this machine"
            }
            Self::Credentials => {
                "has a user name or a password; remove them: the token is the only credential"
            }
            Self::Path => {
                "has a path; write only the scheme and the host: the client adds the path of the endpoint"
            }
            Self::Query => "has a query or a fragment; write only the scheme and the host",
        }
    }
}

impl EndpointError {
    pub(crate) fn new(input: &str, rule: EndpointRule) -> Self {
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

/// The error for a text that is neither a region nor an address that may be called.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseEndpointError {
    /// The text has no `://`, and does not name a region.
    #[error("{0}, or an address such as https://HOST")]
    Region(UnknownRegion),
    /// The text is an address that must not be called.
    #[error("{0}")]
    Address(EndpointError),
}
