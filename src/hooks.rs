//! The hooks that run for every call of the generated client. They restrict it to its server, add the token,
//! and limit the time and the body of the answer. The layer itself uses the generated client only to write the
//! head of a request, and never sends with it.

use std::{sync::Arc, time::Duration};

use face_search_enroll_runtime::{
    http_client::send, request_head::HeadSlot, token_source::TokenSupply,
};
use http_body_util::BodyExt;
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
};

/// The version of the contract. progenitor sends this header, but the vendor does not expect it.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// What a call of the generated client needs besides the request: the server, the token and the limits.
///
/// Only a [`Client`](crate::Client) creates one. Requests go to the server of that client, through its HTTP
/// client, even if you create the generated client with another address or another HTTP client.
#[derive(Debug, Clone)]
pub struct RequestContext {
    core: Arc<ClientCore>,
    purpose: Purpose,
}

/// What the generated client is used for.
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
    /// The context of calls that are sent.
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

    /// The context of a call that is not sent, but puts the head of its request in `slot`.
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

    /// Checks the address, because a generated client can be created for any address.
    fn check_address(&self, url: &Url) -> Result<(), String> {
        let endpoint = &self.core.endpoint;
        let server = Url::parse(endpoint.base_url());
        if server.is_ok_and(|server| server.origin() == url.origin()) {
            return Ok(());
        }
        Err(format!("this client calls only {endpoint}"))
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
                // The token has used a part of the time.
                *request.timeout_mut() =
                    deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
                Ok(())
            }
            Purpose::WriteHead(slot) => {
                slot.put(request, token_header, &self.inner.core.default_headers);
                Err(Error::Custom(
                    "the request is only written, and not sent".to_owned(),
                ))
            }
        }
    }

    /// Sends with the HTTP client of the layer. Another one may follow redirects, and send the token along.
    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let token = token_header(info.operation_id).and_then(|name| request.headers().get(name));
        let token = token.cloned().map(AccessToken::of_header);
        let ClientCore {
            http, body_limit, ..
        } = &*self.inner.core;
        let response = send(http, request, *body_limit).await?;
        match (&self.inner.purpose, token) {
            (Purpose::Send { tokens, .. }, Some(token)) if tokens.can_change() => {
                report_refusal(tokens, &token, info.operation_id, response).await
            }
            _ => Ok(response),
        }
    }
}

/// Notifies the source of a token if the answer refuses it, and returns the answer.
async fn report_refusal(
    tokens: &TokenSupply,
    token: &AccessToken,
    operation: &str,
    response: Response,
) -> reqwest::Result<Response> {
    let (parts, body) = http::Response::<Body>::from(response).into_parts();
    let body = body.collect().await?.to_bytes();
    let envelope: Option<Envelope<'_, IgnoredAny>> = serde_json::from_slice(&body).ok();
    let answer = envelope
        .as_ref()
        .map(|envelope| (envelope.code.as_str(), envelope.message_text()));
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
    let token =
        token.map_err(|error| Error::Custom(format!("could not get an access token: {error}")))?;
    Ok(token.header())
}
