//! Telling what went wrong below HTTP from the causes of an error of reqwest.

use std::{error::Error, io};

use http_body_util::LengthLimitError;

use crate::ConnectReason;

/// What kept a connection from coming about.
pub(crate) fn connect_reason(error: &reqwest::Error) -> ConnectReason {
    if error.is_timeout() {
        ConnectReason::TimedOut
    } else if causes(error).any(is_for_want_of_files) {
        ConnectReason::TooManyFiles
    } else if error.is_builder() || causes(error).any(is_tls) {
        ConnectReason::Tls
    } else {
        ConnectReason::Network
    }
}

/// Whether a body was larger than the limit.
pub(crate) fn is_too_large(error: &reqwest::Error) -> bool {
    causes(error).any(<dyn Error>::is::<LengthLimitError>)
}

/// What caused an error, and what caused that. An `io::Error` hides the error it was made of from
/// `source`, so it is looked into.
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

/// Whether a proxy asked for a user name and a password.
pub(crate) fn is_proxy_authorization(error: &reqwest::Error) -> bool {
    // The type of that error cannot be named.
    causes(error).any(|cause| cause.to_string().contains("proxy authorization required"))
}

/// Whether the system gave out no more file descriptors.
fn is_for_want_of_files(cause: &(dyn Error + 'static)) -> bool {
    /// ENFILE and EMFILE of Unix, and what Windows has for them.
    const CODES: [i32; 2] = if cfg!(windows) { [4, 10024] } else { [23, 24] };

    let io = cause.downcast_ref::<io::Error>();
    let code = io.and_then(io::Error::raw_os_error);
    code.is_some_and(|code| CODES.contains(&code))
}

/// Whether TLS itself failed: repeating the handshake ends the same way.
fn is_tls(cause: &(dyn Error + 'static)) -> bool {
    #[cfg(feature = "__rustls")]
    if cause.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if let Some(error) = cause.downcast_ref::<native_tls::Error>() {
        // OpenSSL tells so also of a connection that broke: there the cause is an I/O error or none.
        let is_openssl = cfg!(not(any(target_vendor = "apple", windows)));
        return !is_openssl || error.source().is_some_and(|cause| !cause.is::<io::Error>());
    }
    // Without TLS nothing looks at it.
    let _ = cause;
    false
}
