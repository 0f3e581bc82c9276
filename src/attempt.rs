//! One attempt of a call: sends a request, then reads and classifies the answer. [`crate::running_call`]
//! decides whether to retry.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use face_search_enroll_runtime::{
    Progress, excerpt,
    failure::{connect_reason, is_proxy_authorization, is_too_large},
    http_client::send,
    request_head::{HeadSlot, RequestHead},
};
use progenitor_client::Error as WireError;
use reqwest::{
    Request, StatusCode,
    header::{CONTENT_TYPE, LOCATION},
};

use crate::{
    AccessToken, Answer, CallContext, CallError, Connect, ConnectReason, Invalid, NoAnswer,
    Rejected, Unreadable, UnreadableReason, answer::Head, client_core::ClientCore,
    generated::facts::Envelope, hooks::RequestContext, operation::Operation, outcome::OutcomeKind,
};

/// How long the client waits for a proxy to say why it refused a connection.
const PROXY_LIMIT: Duration = Duration::from_secs(2);

/// One attempt of a call.
pub(crate) struct Attempt<'c> {
    pub(crate) core: &'c Arc<ClientCore>,
    pub(crate) token: Option<&'c AccessToken>,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) progress: Progress,
}

/// An answer, and the parsed content of its `data`.
pub(crate) struct ReadAnswer<O: Operation> {
    pub(crate) answer: Answer<O::Outcome>,
    pub(crate) data: Option<O::Data>,
}

impl Attempt<'_> {
    /// Sends one request and reads the envelope of its answer.
    pub(crate) async fn send<O: Operation>(
        &self,
        request: &O::Request,
    ) -> Result<ReadAnswer<O>, CallError<O::Outcome>> {
        let head = O::head(&self.core.heads);
        let head = if let Some(head) = head.get() {
            head
        } else {
            let written = Box::pin(self.write_head::<O>(request)).await?;
            head.get_or_init(|| written)
        };
        let sent = Arc::new(AtomicBool::new(false));
        let http_request = self.request::<O>(head, request, &sent)?;
        let mut response = match send(&self.core.http, http_request, self.core.body_limit).await {
            Ok(response) => response,
            // Boxed, so that the future of a request that is answered does not reserve space for this.
            Err(error) => {
                let sent = sent.load(Ordering::Acquire);
                return Err(Box::pin(self.unanswered(sent, error)).await);
            }
        };
        let head = Head::of(&mut response);
        // Compare the clocks before the body, which may take long to arrive.
        let clock_offset = O::READS_TIME.then(|| head.clock_offset()).flatten();
        // The future of `Response::bytes` would be three times the size of the response.
        let mut body = Bytes::new();
        let body_error = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.is_empty() => body = chunk,
                Ok(Some(chunk)) => body = append(body, &chunk),
                Ok(None) => break None,
                Err(error) => break Some(error.with_url(response.url().clone())),
            }
        };
        let mut request_secrets = O::secrets(request);
        if !request_secrets.is_empty() {
            request_secrets.extend(self.token.cloned());
        }
        let secrets = match self.token {
            // No copy: most operations have no secret besides the token.
            Some(token) if request_secrets.is_empty() => std::slice::from_ref(token),
            _ => &request_secrets,
        };
        if let Some(error) = body_error {
            return Err(self.broken_body(&head, secrets, error));
        }
        // RFC 8259, section 8.1, allows a parser to ignore a byte order mark.
        let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&body);
        match serde_json::from_slice::<Envelope<'_, O::Data>>(body) {
            Ok(mut envelope) => {
                let data = envelope.data.take();
                let mut answer = Answer::new(&head, envelope, secrets);
                answer.clock_offset = clock_offset;
                Ok(ReadAnswer { answer, data })
            }
            Err(error) => {
                let shown = if O::ANSWERS_SECRETS {
                    "…".as_bytes()
                } else {
                    body
                };
                Err(self.unreadable_body(&head, secrets, shown, &error))
            }
        }
    }

    /// Builds the HTTP request. `sent` becomes true once the server may have received it.
    fn request<O: Operation>(
        &self,
        head: &RequestHead,
        request: &O::Request,
        sent: &Arc<AtomicBool>,
    ) -> Result<Request, CallError<O::Outcome>> {
        let mut body = Vec::with_capacity(head.body_length);
        serde_json::to_writer(&mut body, O::body(request)).map_err(|error| not_built(&error))?;
        let sent = Arc::clone(sent);
        let sent = move || sent.store(true, Ordering::Release);
        let mut http_request = head.request(self.token, body, sent);
        if self.time_limit != self.core.attempt_time_limit {
            // Otherwise the HTTP client applies the same limit.
            *http_request.timeout_mut() = self.time_limit;
        }
        Ok(http_request)
    }

    /// Lets the generated client write the head that all requests of the operation share.
    async fn write_head<O: Operation>(
        &self,
        request: &O::Request,
    ) -> Result<RequestHead, CallError<O::Outcome>> {
        let slot = Arc::new(HeadSlot::default());
        let client = RequestContext::to_write_head(self.core, Arc::clone(&slot)).client();
        let error = O::write_head(&client, request).await;
        let error =
            error.unwrap_or_else(|| WireError::Custom("the generated client sent it".to_owned()));
        slot.take().ok_or_else(|| not_built(&error))
    }

    fn context(&self) -> CallContext {
        CallContext::new(&self.progress, &self.core.endpoint)
    }

    /// The error of a request that got no answer.
    async fn unanswered<M: OutcomeKind>(&self, sent: bool, source: reqwest::Error) -> CallError<M> {
        if sent {
            return self.no_answer(None, source);
        }
        let reason = connect_reason(&source);
        let proxy_status = match reason {
            ConnectReason::Network => self.proxy_status(&source).await,
            _ => None,
        };
        CallError::Connect(Box::new(Connect {
            call: self.context(),
            reason,
            proxy_status,
            source: source.into(),
        }))
    }

    /// The HTTP status with which a proxy refused to connect to the server. None if it did not refuse.
    async fn proxy_status(&self, error: &reqwest::Error) -> Option<u16> {
        let proxy = self.core.proxy.as_ref()?;
        if is_proxy_authorization(error) {
            return Some(StatusCode::PROXY_AUTHENTICATION_REQUIRED.as_u16());
        }
        let left = self.progress.time_left(self.core.time_limit);
        let limit = left.map_or(PROXY_LIMIT, |left| left.min(PROXY_LIMIT));
        proxy
            .refusal(self.core.endpoint.base_url(), &self.core.http, limit)
            .await
    }

    /// The error of an answer whose body is too large or incomplete.
    fn broken_body<M: OutcomeKind>(
        &self,
        head: &Head,
        secrets: &[AccessToken],
        source: reqwest::Error,
    ) -> CallError<M> {
        if let Some(redirect) = Self::redirect(head, secrets) {
            return self.unreadable(head, secrets, redirect);
        }
        if is_too_large(&source) {
            let limit = self.core.body_limit;
            return self.unreadable(head, secrets, UnreadableReason::TooLarge { limit });
        }
        self.no_answer(Some(head), source)
    }

    /// The error of a missing or incomplete answer. `head` is the head of the answer, if it arrived.
    fn no_answer<M: OutcomeKind>(
        &self,
        head: Option<&Head>,
        source: reqwest::Error,
    ) -> CallError<M> {
        CallError::NoAnswer(Box::new(NoAnswer {
            call: self.context(),
            http_status: head.map(|head| head.status),
            timed_out: source.is_timeout(),
            retry_after: head.and_then(Head::retry_after),
            source: source.into(),
        }))
    }

    /// The error of an answer whose body is not an envelope.
    fn unreadable_body<M: OutcomeKind>(
        &self,
        head: &Head,
        secrets: &[AccessToken],
        bytes: &[u8],
        error: &serde_json::Error,
    ) -> CallError<M> {
        let redirect = Self::redirect(head, secrets);
        // The message of serde_json may quote the answer. The line and column do not.
        let encoded = || {
            let coding = head.coding(secrets)?;
            Some(UnreadableReason::Coded { coding })
        };
        let reason = redirect.or_else(encoded);
        let reason = reason.unwrap_or_else(|| UnreadableReason::Body {
            line: error.line(),
            column: error.column(),
            excerpt: excerpt(bytes, secrets),
        });
        self.unreadable(head, secrets, reason)
    }

    /// The reason if the answer is a redirect, whatever its body is.
    fn redirect(head: &Head, secrets: &[AccessToken]) -> Option<UnreadableReason> {
        matches!(head.status, 300..400).then(|| UnreadableReason::Redirect {
            location: head.excerpt(&LOCATION, secrets),
        })
    }

    fn unreadable<M: OutcomeKind>(
        &self,
        head: &Head,
        secrets: &[AccessToken],
        reason: UnreadableReason,
    ) -> CallError<M> {
        CallError::Unreadable(Box::new(Unreadable {
            call: self.context(),
            http_status: head.status,
            content_type: head.excerpt(&CONTENT_TYPE, secrets),
            retry_after: head.retry_after(),
            reason,
        }))
    }

    /// The error of an answer that does not mean success.
    pub(crate) fn rejected<M: OutcomeKind>(&self, answer: Answer<M>) -> CallError<M> {
        let call = self.context();
        CallError::Rejected(Box::new(Rejected { call, answer }))
    }
}

/// Appends a chunk to a body. Nearly all bodies are a single chunk, which is not copied.
fn append(body: Bytes, chunk: &[u8]) -> Bytes {
    let mut body = BytesMut::from(body);
    body.extend_from_slice(chunk);
    body.freeze()
}

/// The error of a request that could not be built.
fn not_built<M>(error: &dyn Error) -> CallError<M> {
    let field = "request";
    let rule = format!("could not be built: {error}");
    CallError::Invalid(Invalid { field, rule })
}
