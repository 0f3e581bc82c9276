//! What the clones of a client share.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::header::HeaderMap;

use crate::{
    Endpoint, Proxy, request_head::RequestHeads, retry::Retries, token_source::supply::TokenSupply,
};

/// The connections, the settings and the budget that every call of a client uses.
#[derive(Clone)]
pub(crate) struct ClientCore {
    pub(crate) http: reqwest::Client,
    /// Those that it adds to each request.
    pub(crate) default_headers: HeaderMap,
    pub(crate) endpoint: Endpoint,
    pub(crate) heads: RequestHeads,
    /// What the connections go through, if anything.
    pub(crate) proxy: Option<Proxy>,
    pub(crate) tokens: TokenSupply,
    pub(crate) body_limit: usize,
    /// None for no limit, as of the next.
    pub(crate) attempt_time_limit: Option<Duration>,
    pub(crate) time_limit: Option<Duration>,
    /// Shared with the calls that get tokens.
    pub(crate) retries: Arc<Retries>,
}

impl fmt::Debug for ClientCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What reqwest prints may hold the password of a proxy.
        f.debug_struct("ClientCore")
            .field("endpoint", &self.endpoint)
            .field("tokens", &self.tokens)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}
