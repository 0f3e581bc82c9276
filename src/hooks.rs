//! What every call of the generated client goes through: it is kept to its server, the token is added, and
//! the time and the answer's body are bounded. For the layer it writes the head of a request, and sends
//! nothing.

use std::{sync::Arc, time::Duration};

use http_body_util::{BodyExt, Limited};
use progenitor_client::{ClientHooks, Error, OperationInfo};
use reqwest::{
    Body, Request, Response, Url,
    header::{HeaderName, HeaderValue},
};
use serde::de::IgnoredAny;
use tokio::time::Instant;

use crate::{
    AccessToken,
    client_core::ClientCore,
    generated::{
        facts::{Envelope, refuses_token, token_header},
        wire,
    },
    request_head::HeadSlot,
    token_source::supply::TokenSupply,
};

/// The version of the document, which progenitor sends along and the vendor does not know.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// What one call of the generated client needs besides the request: where it goes, the token and the
/// limits.
///
/// Only a [`Client`](crate::Client) makes one. Requests go to that client's server, through its HTTP client,
/// whatever else a generated client is made of.
#[derive(Debug, Clone)]
pub struct RequestContext {
    core: Arc<ClientCore>,
    purpose: Purpose,
}

/// What the generated client is wanted for.
#[derive(Debug, Clone)]
enum Purpose {
    #[cfg_attr(not(feature = "unstable-raw"), expect(dead_code))]
    Send {
        tokens: TokenSupply,
        time_limit: Option<Duration>,
    },
    WriteHead(Arc<HeadSlot>),
}

impl RequestContext {
    /// For calls of the client's server.
    #[cfg(feature = "unstable-raw")]
    pub(crate) fn to_send(core: &Arc<ClientCore>) -> Self {
        let purpose = Purpose::Send {
            tokens: core.tokens.clone(),
            time_limit: core.attempt_time_limit,
        };
        Self {
            core: Arc::clone(core),
            purpose,
        }
    }

    /// For the head of a request to that server.
    pub(crate) fn to_write_head(core: &Arc<ClientCore>, slot: Arc<HeadSlot>) -> Self {
        Self {
            core: Arc::clone(core),
            purpose: Purpose::WriteHead(slot),
        }
    }

    /// The generated client.
    pub(crate) fn client(self) -> wire::Client {
        let core = Arc::clone(&self.core);
        wire::Client::new_with_client(core.endpoint.base_url(), core.http.clone(), self)
    }

    /// A generated client can be made for any address.
    fn check_address(&self, url: &Url) -> Result<(), String> {
        let endpoint = &self.core.endpoint;
        let server = Url::parse(endpoint.base_url());
        if server.is_ok_and(|server| server.origin() == url.origin()) {
            return Ok(());
        }
        Err(format!("calls go to {endpoint} alone"))
    }
}

impl ClientHooks<RequestContext> for wire::Client {
    async fn pre<E>(&self, request: &mut Request, info: &OperationInfo) -> Result<(), Error<E>> {
        let checked = self.inner.check_address(request.url());
        checked.map_err(Error::InvalidRequest)?;
        request.headers_mut().remove(API_VERSION);
        let token_header = token_header(info.operation_id).map(HeaderName::from_static);
        match &self.inner.purpose {
            Purpose::Send { tokens, time_limit } => {
                let deadline = time_limit.and_then(|limit| Instant::now().checked_add(limit));
                if let Some(name) = token_header {
                    let token = token(tokens, deadline).await?;
                    request.headers_mut().insert(name, token);
                }
                // What the token has taken is gone.
                *request.timeout_mut() =
                    deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
                Ok(())
            }
            Purpose::WriteHead(slot) => {
                slot.put(request, token_header, &self.inner.core.default_headers);
                Err(Error::Custom("it is not sent".to_owned()))
            }
        }
    }

    /// By the client of the layer: another may follow redirects, with the token.
    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let token = token_header(info.operation_id).and_then(|name| request.headers().get(name));
        let token = token.cloned().map(AccessToken::of_header);
        let response = send(&self.inner.core, request).await?;
        match (&self.inner.purpose, token) {
            (Purpose::Send { tokens, .. }, Some(token)) if tokens.can_change() => {
                tell_of_refusal(tokens, &token, info.operation_id, response).await
            }
            _ => Ok(response),
        }
    }
}

/// Tells the source of a token that the answer refuses it, and gives the answer on.
async fn tell_of_refusal(
    tokens: &TokenSupply,
    token: &AccessToken,
    operation: &str,
    response: Response,
) -> reqwest::Result<Response> {
    let (parts, body) = http::Response::<Body>::from(response).into_parts();
    let body = body.collect().await?.to_bytes();
    let envelope: Option<Envelope<'_, IgnoredAny>> = serde_json::from_slice(&body).ok();
    let answer = envelope.as_ref().map(|envelope| {
        let message = envelope.message.as_ref().map_or("", |text| &text.0);
        (envelope.code.as_str(), message)
    });
    if refuses_token(operation, answer, parts.status.as_u16()) {
        tokens.refused(token);
    }
    Ok(http::Response::from_parts(parts, Body::from(body)).into())
}

async fn token<E>(
    tokens: &TokenSupply,
    deadline: Option<Instant>,
) -> Result<HeaderValue, Error<E>> {
    let token = tokens.get(deadline).await;
    let token = token.map_err(|error| Error::Custom(format!("no access token: {error}")))?;
    Ok(token.header())
}

/// Sends a request. The body of the answer is still to be read, as far as the limit goes.
///
/// Not an async function: its future would keep the room of the request.
pub(crate) fn send(
    core: &ClientCore,
    request: Request,
) -> impl Future<Output = reqwest::Result<Response>> + use<> {
    let answer = core.http.execute(request);
    let limit = core.body_limit;
    async move { Ok(bound(answer.await?, limit)) }
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
