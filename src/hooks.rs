//! What every call of the generated client goes through: the token is added, what the vendor does
//! not know is taken away, the time and the answer's body are bounded, and it is noted how far the
//! request got.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http_body_util::{BodyExt, Limited};
use progenitor_client::{ClientHooks, Error, OperationInfo};
use reqwest::{
    Body, Request, Response,
    header::{HeaderMap, HeaderName},
};

use crate::{
    Endpoint,
    generated::{facts::operation::TOKEN_HEADER, wire},
    token_source::Tokens,
};

/// progenitor sends the document's version under this name, which the vendor does not know.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// What one call of the generated client needs besides the request: the token and the limits.
///
/// Only a [`Client`](crate::Client) makes one, and it works for that client's server alone: the
/// token goes to no other.
#[derive(Debug, Clone)]
pub struct Call {
    endpoint: Endpoint,
    tokens: Tokens,
    body_limit: usize,
    time_limit: Option<Duration>,
    progress: Arc<Progress>,
}

/// How far a request got.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    sent: AtomicBool,
    /// Set once, by the first answer; the generated client does not pass the head on in every case.
    head: OnceLock<Head>,
}

/// The head of an answer.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
}

impl Progress {
    /// Whether a server may have received the request: without its body, a request names nothing
    /// to enroll.
    pub(crate) fn is_sent(&self) -> bool {
        self.sent.load(Ordering::Acquire)
    }

    pub(crate) fn head(&self) -> Option<&Head> {
        self.head.get()
    }
}

impl Call {
    /// A call that reads at most `body_limit` bytes of an answer, in at most `time_limit`.
    pub(crate) fn new(
        endpoint: Endpoint,
        tokens: Tokens,
        body_limit: usize,
        time_limit: Option<Duration>,
    ) -> Self {
        Self {
            endpoint,
            tokens,
            body_limit,
            time_limit,
            progress: Arc::default(),
        }
    }

    pub(crate) fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }
}

impl ClientHooks<Call> for wire::Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), Error<E>> {
        let Call {
            endpoint,
            tokens,
            body_limit: _,
            time_limit,
            progress,
        } = &self.inner;
        let address = request.url().as_str();
        let path = address.strip_prefix(endpoint.base_url());
        if path.is_none_or(|path| !path.starts_with('/')) {
            return Err(Error::Custom(format!(
                "the token is for {endpoint} alone; make a client for the other server"
            )));
        }
        let token = match time_limit {
            None => tokens.get().await,
            Some(limit) => match tokio::time::timeout(*limit, tokens.get()).await {
                Ok(token) => token,
                Err(late) => Err(late.into()),
            },
        };
        let token = token.map_err(|error| Error::Custom(format!("no access token: {error}")))?;
        let headers = request.headers_mut();
        headers.remove(API_VERSION);
        headers.insert(HeaderName::from_static(TOKEN_HEADER), token.header());
        *request.timeout_mut() = *time_limit;
        if let Some(body) = request.body_mut() {
            let progress = Arc::clone(progress);
            // A connection is there when its body is asked for.
            let watched = std::mem::take(body)
                .inspect_frame(move |_| progress.sent.store(true, Ordering::Release));
            *body = Body::wrap(watched);
        }
        Ok(())
    }

    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let response = self.client.execute(request).await?;
        // A second call with the same `Call`, as a user of `raw` may make, changes nothing.
        let _ = self.inner.progress.head.set(Head {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
        });
        Ok(bound(response, self.inner.body_limit))
    }
}

/// The same response, whose body fails once it has given more than `limit` bytes.
fn bound(response: Response, limit: usize) -> Response {
    let (parts, body) = http::Response::<Body>::from(response).into_parts();
    let body = Body::wrap(Limited::new(body, limit));
    http::Response::from_parts(parts, body).into()
}
