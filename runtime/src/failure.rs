//! Finding out why a request failed, from an error of reqwest and its causes.

use std::{error::Error, io};

use http_body_util::LengthLimitError;

/// Why a connection failed, as far as the client knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectCause {
    /// What prevented the connection.
    pub reason: ConnectReason,
    /// The HTTP status with which a proxy refused to connect to the server. None if no proxy refused. A proxy
    /// sends 407 if it requires a user name and a password, and 403 for a host that it blocks.
    pub proxy_status: Option<u16>,
}

impl ConnectCause {
    /// Creates a cause, with or without the status of a proxy.
    #[doc(hidden)]
    #[must_use]
    pub fn new(reason: ConnectReason, proxy_status: Option<u16>) -> Self {
        Self {
            reason,
            proxy_status,
        }
    }
}

/// What prevented a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ConnectReason {
    /// The host name did not resolve, or the connection was refused or broke. A retry can help.
    Network,
    /// The connection took too long.
    TimedOut,
    /// This process or this machine has too many open files. A connection counts as an open file. Make fewer
    /// calls at a time, or raise the limit, for example with `ulimit -n`.
    TooManyFiles,
    /// TLS failed. The certificate is not trusted, has expired or is not for this host, or the server supports
    /// no safe version of TLS. A retry fails in the same way.
    Tls,
    /// The call was not made within a tokio runtime, or the runtime was shut down during the call.
    NoRuntime,
}

/// Returns what prevented the connection of a request that was not sent.
#[must_use]
pub fn connect_reason(error: &reqwest::Error) -> ConnectReason {
    if error.is_timeout() {
        ConnectReason::TimedOut
    } else if causes(error).any(is_too_many_files) {
        ConnectReason::TooManyFiles
    } else if error.is_builder() || causes(error).any(is_tls) {
        ConnectReason::Tls
    } else {
        ConnectReason::Network
    }
}

/// Whether the body of an answer exceeded its size limit.
#[must_use]
pub fn is_too_large(error: &reqwest::Error) -> bool {
    causes(error).any(<dyn Error>::is::<LengthLimitError>)
}

/// The causes of an error. The `source` of an `io::Error` skips the error that it wraps, so this function
/// adds it.
fn causes<'e>(error: &'e reqwest::Error) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    let inner = |cause: &'e (dyn Error + 'static)| {
        let io = cause.downcast_ref::<io::Error>();
        match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => cause.source(),
        }
    };
    std::iter::successors(error.source(), move |cause| inner(*cause))
}

/// Whether a proxy required a user name and a password.
#[must_use]
pub fn is_proxy_authorization(error: &reqwest::Error) -> bool {
    // The type of that error is private.
    causes(error).any(|cause| cause.to_string().contains("proxy authorization required"))
}

/// Whether the operating system refused to open another file.
fn is_too_many_files(cause: &(dyn Error + 'static)) -> bool {
    /// ENFILE and EMFILE on Unix, and their equivalents on Windows.
    const CODES: [i32; 2] = if cfg!(windows) { [4, 10024] } else { [23, 24] };

    let io = cause.downcast_ref::<io::Error>();
    let code = io.and_then(io::Error::raw_os_error);
    code.is_some_and(|code| CODES.contains(&code))
}

/// Whether TLS itself failed. Another handshake would then fail in the same way.
fn is_tls(cause: &(dyn Error + 'static)) -> bool {
    #[cfg(feature = "__rustls")]
    if cause.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if let Some(error) = cause.downcast_ref::<native_tls::Error>() {
        // OpenSSL reports a broken connection this way too. Its cause is then an I/O error, or there is none.
        let is_openssl = cfg!(not(any(target_vendor = "apple", windows)));
        return !is_openssl || error.source().is_some_and(|cause| !cause.is::<io::Error>());
    }
    let _ = cause;
    false
}
