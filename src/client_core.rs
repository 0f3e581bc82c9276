//! The state that the clones of a client share.

use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use face_search_enroll_runtime::{
    request_head::RequestHead, retry::Retries, token_source::TokenSupply,
};
use reqwest::header::HeaderMap;

use crate::{Endpoint, Proxy};

/// The heads of the operations of the client. Each is written when it is first needed.
#[derive(Debug, Clone, Default)]
pub(crate) struct RequestHeads {
    pub(crate) enroll: OnceLock<RequestHead>,
    pub(crate) generate_token: OnceLock<RequestHead>,
}

/// The connections, the settings and the retry budget that every call of a client uses.
#[derive(Clone)]
pub(crate) struct ClientCore {
    pub(crate) http: reqwest::Client,
    /// The headers that `http` adds to each request.
    pub(crate) default_headers: HeaderMap,
    pub(crate) endpoint: Endpoint,
    pub(crate) heads: RequestHeads,
    /// The proxy that connections go through, if any.
    pub(crate) proxy: Option<Proxy>,
    pub(crate) tokens: TokenSupply,
    pub(crate) body_limit: usize,
    /// The timeout of an attempt. None means no limit.
    pub(crate) attempt_time_limit: Option<Duration>,
    /// The timeout of a call. None means no limit.
    pub(crate) time_limit: Option<Duration>,
    /// Shared with the calls that request tokens.
    pub(crate) retries: Arc<Retries>,
}

impl fmt::Debug for ClientCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The `Debug` output of reqwest may show the password of a proxy.
        f.debug_struct("ClientCore")
            .field("endpoint", &self.endpoint)
            .field("tokens", &self.tokens)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
