//! What to do about a connection that did not come about, where its cause is known.

use std::env;

use face_search_enroll::{ConnectCause, ConnectReason};

use crate::server::{PROXY_OPTION, PROXY_VARIABLE, Server, is_https};

/// Where other programs look for a proxy.
const USUAL_VARIABLES: [&str; 6] = [
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "HTTP_PROXY",
    "http_proxy",
];

/// The advice, if there is any.
pub(crate) fn advice(cause: ConnectCause, server: &Server) -> Option<String> {
    match (cause.reason, cause.proxy_status) {
        (ConnectReason::TooManyFiles, _) => Some(
            "no more files may be opened, and a connection is one: pass a lower --concurrency, or raise the limit by `ulimit -n`".to_owned(),
        ),
        (ConnectReason::Tls, _) => Some(
            "if a proxy on the way intercepts TLS, pass its certificate by --ca-file FILE".to_owned(),
        ),
        (_, Some(407)) => Some(format!(
            "the proxy wants a user name and a password, HTTP 407: set {PROXY_VARIABLE} to http://USER:PASSWORD@HOST:PORT"
        )),
        (_, Some(status)) => Some(format!(
            "the proxy does not connect to this server, HTTP {status}: ask whoever runs the proxy to let {} through",
            server.client.endpoint()
        )),
        (_, None) if server.has_proxy || !is_https(server.client.endpoint()) => None,
        (_, None) => {
            let name = set_variable()?;
            Some(format!(
                "{name} is set, and is not used: pass a proxy by {PROXY_OPTION}, or set {PROXY_VARIABLE}"
            ))
        }
    }
}

/// The first of the usual variables that names a proxy.
fn set_variable() -> Option<&'static str> {
    let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
    USUAL_VARIABLES.into_iter().find(is_set)
}
