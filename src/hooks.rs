//! What every call of the generated client goes through: the token is added, what the vendor does
//! not know is taken away, and the answer's body is bounded.

use std::sync::{Arc, OnceLock};

use http_body_util::Limited;
use progenitor_client::{ClientHooks, Error, OperationInfo};
use reqwest::{
    Body, Request, Response,
    header::{HeaderMap, HeaderName},
};

use crate::{
    AccessToken,
    generated::{facts::operation::TOKEN_HEADER, wire},
};

/// progenitor sends the document's version under this name, which the vendor does not know.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// What one call of the generated client needs besides the request: the token and the limits.
///
/// Only a [`Client`](crate::Client) makes one, so that the token goes nowhere but to its server.
#[derive(Debug, Clone)]
pub struct Call {
    token: AccessToken,
    body_limit: usize,
    /// Set once, by the first answer; the generated client does not pass the head on in every case.
    head: Arc<OnceLock<Head>>,
}

/// The head of an answer.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
}

impl Call {
    /// A call with this token that reads at most `body_limit` bytes of an answer.
    pub(crate) fn new(token: AccessToken, body_limit: usize) -> Self {
        Self {
            token,
            body_limit,
            head: Arc::default(),
        }
    }

    /// Where the head of the answer will be.
    pub(crate) fn head(&self) -> Arc<OnceLock<Head>> {
        Arc::clone(&self.head)
    }
}

impl ClientHooks<Call> for wire::Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), Error<E>> {
        let headers = request.headers_mut();
        headers.remove(API_VERSION);
        headers.insert(
            HeaderName::from_static(TOKEN_HEADER),
            self.inner.token.header(),
        );
        Ok(())
    }

    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let response = self.client.execute(request).await?;
        // A second call with the same `Call`, as a user of `raw` may make, changes nothing.
        let _ = self.inner.head.set(Head {
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
