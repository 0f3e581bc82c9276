//! A call that never reached a server.

use std::{error::Error, fmt};

use super::call_context::CallContext;

/// A connection that did not come about.
#[derive(Debug)]
#[non_exhaustive]
pub struct Connect {
    /// Where the call was to go.
    pub call: CallContext,
    /// What kept it from coming about; the source of the error says more.
    pub reason: ConnectReason,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

/// What kept a connection from coming about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum ConnectReason {
    /// The name did not resolve, or the connection was refused or broke: it may be there later.
    Network,
    /// There was none in time.
    TimedOut,
    /// TLS: a certificate that is not trusted, not for this host or expired, or a server that does
    /// not speak a version of TLS that is safe. A retry ends the same way.
    Tls,
}

impl fmt::Display for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = &self.call.endpoint;
        match self.reason {
            ConnectReason::Network => write!(f, "no connection to {endpoint}"),
            ConnectReason::TimedOut => write!(f, "no connection to {endpoint} in time"),
            ConnectReason::Tls => write!(f, "no TLS connection to {endpoint}"),
        }
    }
}

impl Error for Connect {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
