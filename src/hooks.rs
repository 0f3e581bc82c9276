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
use tokio::time::Instant;

use crate::{
    client_core::ClientCore,
    generated::{facts::token_header, wire},
    token_source::supply::TokenSupply,
};

/// What one call of the generated client needs besides the request: where it goes, the token and the
/// limits.
///
/// Only a [`Client`](crate::Client) makes one, and it names that client's server. If you make a
/// generated client of it with an HTTP client of your own, turn redirects off in that: they would take
/// the token to another host.
#[derive(Debug, Clone)]
pub struct RequestContext {
    core: Arc<ClientCore>,
    tokens: TokenSupply,
    time_limit: Option<Duration>,
    /// Whether the HTTP client has that limit already.
    is_limited: bool,
    /// Whether a server may have received the request: without its body, a request names nothing to
    /// enroll.
    sent: Arc<AtomicBool>,
}

impl RequestContext {
    /// For a call of the client's server. `is_limited` says that the HTTP client has the time limit
    /// already, so that it need not be set anew.
    pub(crate) fn new(
        core: &Arc<ClientCore>,
        tokens: TokenSupply,
        time_limit: Option<Duration>,
        is_limited: bool,
    ) -> Self {
        Self {
            core: Arc::clone(core),
            tokens,
            time_limit,
            is_limited,
            sent: Arc::default(),
        }
    }

    pub(crate) fn is_sent(&self) -> bool {
        self.sent.load(Ordering::Acquire)
    }

    pub(crate) fn base_url(&self) -> &str {
        self.core.endpoint.base_url()
    }

    /// The address of an operation, which the generated client takes instead of parsing it anew; see
    /// `build/wire.rs`.
    pub(crate) fn url(&self, operation: usize) -> Result<Url, String> {
        let ClientCore { urls, endpoint, .. } = &*self.core;
        let url = urls.get(operation).cloned().flatten();
        url.ok_or_else(|| format!("{endpoint} is no address"))
    }
}

impl ClientHooks<RequestContext> for wire::Client {
    async fn pre<E>(&self, request: &mut Request, info: &OperationInfo) -> Result<(), Error<E>> {
        let context = &self.inner;
        let deadline = context
            .time_limit
            .and_then(|limit| Instant::now().checked_add(limit));
        if let Some(header) = token_header(info.operation_id) {
            let token = context.tokens.get(deadline).await;
            let token =
                token.map_err(|error| Error::Custom(format!("no access token: {error}")))?;
            let headers = request.headers_mut();
            headers.insert(HeaderName::from_static(header), token.header());
        }
        if !context.is_limited {
            // What the token has taken is gone.
            *request.timeout_mut() =
                deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        }
        if let Some(body) = request.body_mut() {
            let sent = Arc::clone(&context.sent);
            // A connection is there when its body is asked for.
            let watched =
                std::mem::take(body).inspect_frame(move |_| sent.store(true, Ordering::Release));
            *body = Body::wrap(watched);
        }
        Ok(())
    }

    /// Not an async function: its future would keep the room of the request.
    fn exec(
        &self,
        request: Request,
        _: &OperationInfo,
    ) -> impl Future<Output = reqwest::Result<Response>> {
        let answer = self.client.execute(request);
        async move { Ok(bound(answer.await?, self.inner.core.body_limit)) }
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
