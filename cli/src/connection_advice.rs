//! What to do about a connection that failed, if the cause is known.

use std::env;

use face_search_enroll::{ConnectCause, ConnectReason};

use crate::server::{PROXY_OPTION, PROXY_VARIABLE, Server, is_https};

/// The variables in which other programs look for a proxy.
const USUAL_VARIABLES: [&str; 6] = [
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "HTTP_PROXY",
    "http_proxy",
];

/// The advice for this cause, if there is any.
pub(crate) fn advice(cause: ConnectCause, server: &Server) -> Option<String> {
    match (cause.reason, cause.proxy_status) {
        (ConnectReason::TooManyFiles, _) => Some(
            "this process has reached its limit of open files, and every connection counts; pass a lower --concurrency, or raise the limit with `ulimit -n`".to_owned(),
        ),
        (ConnectReason::Tls, _) => Some(
            "if a proxy intercepts TLS, pass its certificate with --ca-file FILE".to_owned(),
        ),
        (_, Some(407)) => Some(format!(
            "the proxy requires a user name and a password (HTTP 407); set {PROXY_VARIABLE} to http://USER:PASSWORD@HOST:PORT"
        )),
        (_, Some(status)) => Some(format!(
            "the proxy refuses to connect to this server (HTTP {status}); ask its administrator to allow {}",
            server.client.endpoint()
        )),
        (_, None) if server.has_proxy || !is_https(server.client.endpoint()) => None,
        (_, None) => {
            let name = set_variable()?;
            Some(format!(
                "{name} is set, but this command does not use it; pass {PROXY_OPTION}, or set {PROXY_VARIABLE}"
            ))
        }
    }
}

/// The first of the usual variables that is set.
fn set_variable() -> Option<&'static str> {
    let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
    USUAL_VARIABLES.into_iter().find(is_set)
}
