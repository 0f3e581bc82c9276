//! What every call of the generated client goes through: the token is added, the time and the answer's
//! body are bounded, and it is noted whether the request was sent.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http_body_util::{BodyExt, Limited};
use progenitor_client::{ClientHooks, Error, OperationInfo};
use reqwest::{Body, Request, Response, Url, header::HeaderName};

use crate::{
    Endpoint,
    client::Inner,
    generated::{facts::operation::TOKEN_HEADER, wire},
    token_source::Tokens,
};

/// What one call of the generated client needs besides the request: where it goes, the token and the
/// limits.
///
/// Only a [`Client`](crate::Client) makes one, and it works for that client's server alone: the
/// token goes to no other.
#[derive(Debug, Clone)]
pub struct Call {
    endpoint: Endpoint,
    url: Option<Arc<Url>>,
    tokens: Tokens,
    body_limit: usize,
    time_limit: Option<Duration>,
    /// Whether the HTTP client has that limit already.
    is_limited: bool,
    /// Whether a server may have received the request: without its body, a request names nothing to
    /// enroll.
    sent: Arc<AtomicBool>,
}

impl Call {
    /// A call of the client's server, with its limits, by whatever HTTP client.
    pub(crate) fn new(client: &Inner, tokens: Tokens, time_limit: Option<Duration>) -> Self {
        Self {
            endpoint: client.endpoint.clone(),
            url: client.url.clone(),
            tokens,
            body_limit: client.body_limit,
            time_limit,
            is_limited: false,
            sent: Arc::default(),
        }
    }

    /// The same by the client's own HTTP client, whose time-out need not be set anew.
    pub(crate) fn by_its_own(mut self, client: &Inner) -> Self {
        self.is_limited = self.time_limit == client.attempt_time_limit;
        self
    }

    pub(crate) fn sent(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.sent)
    }

    pub(crate) fn base_url(&self) -> &str {
        self.endpoint.base_url()
    }

    /// The address of the operation, which the generated client takes instead of parsing it anew; see
    /// `build/wire.rs`.
    pub(crate) fn url(&self) -> Result<Url, String> {
        let url = self.url.as_deref().cloned();
        url.ok_or_else(|| format!("{} is no address", self.endpoint))
    }
}

impl ClientHooks<Call> for wire::Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), Error<E>> {
        let Call {
            tokens,
            time_limit,
            is_limited,
            sent,
            ..
        } = &self.inner;
        let token = match time_limit {
            None => tokens.get().await,
            Some(limit) => match tokio::time::timeout(*limit, tokens.get()).await {
                Ok(token) => token,
                Err(late) => Err(late.into()),
            },
        };
        let token = token.map_err(|error| Error::Custom(format!("no access token: {error}")))?;
        let headers = request.headers_mut();
        headers.insert(HeaderName::from_static(TOKEN_HEADER), token.header());
        if !is_limited {
            *request.timeout_mut() = *time_limit;
        }
        if let Some(body) = request.body_mut() {
            let sent = Arc::clone(sent);
            // A connection is there when its body is asked for.
            let watched =
                std::mem::take(body).inspect_frame(move |_| sent.store(true, Ordering::Release));
            *body = Body::wrap(watched);
        }
        Ok(())
    }

    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let response = self.client.execute(request).await?;
        Ok(bound(response, self.inner.body_limit))
    }
}

/// The same response, whose body fails once it has given more than `limit` bytes.
fn bound(response: Response, limit: usize) -> Response {
    let length = response.content_length();
    if length.is_some_and(|length| usize::try_from(length).is_ok_and(|length| length <= limit)) {
        // hyper gives no more than the head announces, and nothing is expanded.
        return response;
    }
    let (parts, body) = http::Response::<Body>::from(response).into_parts();
    let body = Body::wrap(Limited::new(body, limit));
    http::Response::from_parts(parts, body).into()
}
