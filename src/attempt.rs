//! One attempt of a call: a request is sent, and its answer is read and classified. Whether there is
//! another attempt is left to [`crate::call`].

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
    Progress,
    failure::{connect_reason, is_proxy_authorization, is_too_large},
    http_client::send,
};
use progenitor_client::Error as WireError;
use reqwest::{
    Request, StatusCode,
    header::{CONTENT_TYPE, LOCATION},
};

use crate::{
    AccessToken, Answer, CallContext, CallError, Connect, ConnectReason, Invalid, NoAnswer,
    Rejected, Unreadable, UnreadableReason,
    answer::{Head, excerpt},
    client_core::ClientCore,
    generated::facts::Envelope,
    hooks::RequestContext,
    operation::Operation,
    outcome::OutcomeKind,
    request_head::{HeadSlot, RequestHead},
};

/// How long a proxy that made no connection has to say why.
const PROXY_LIMIT: Duration = Duration::from_secs(2);

/// One attempt.
pub(crate) struct Attempt<'c> {
    pub(crate) core: &'c Arc<ClientCore>,
    pub(crate) token: Option<&'c AccessToken>,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) progress: Progress,
}

/// An answer, and what is made of its data.
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
            // In a box: most requests are answered, and need no room for it.
            Err(error) => {
                let sent = sent.load(Ordering::Acquire);
                return Err(Box::pin(self.unanswered(sent, error)).await);
            }
        };
        let head = Head::of(&mut response);
        // Before the body, which may take its time.
        let clock_offset = O::READS_TIME.then(|| head.clock_offset()).flatten();
        // `bytes` would hold the response three times in its future.
        let mut body = Bytes::new();
        let broken = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.is_empty() => body = chunk,
                Ok(Some(chunk)) => body = joined(body, &chunk),
                Ok(None) => break None,
                Err(error) => break Some(error.with_url(response.url().clone())),
            }
        };
        let mut own = O::secrets(request);
        if !own.is_empty() {
            own.extend(self.token.cloned());
        }
        let secrets = match self.token {
            // Without a copy: most operations have no other secret.
            Some(token) if own.is_empty() => std::slice::from_ref(token),
            _ => &own,
        };
        if let Some(error) = broken {
            return Err(self.broken_body(&head, secrets, error));
        }
        // RFC 8259, section 8.1, lets a parser pass over a byte order mark.
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

    /// The request on the wire; `sent` becomes true once a server may have received it.
    fn request<O: Operation>(
        &self,
        head: &RequestHead,
        request: &O::Request,
        sent: &Arc<AtomicBool>,
    ) -> Result<Request, CallError<O::Outcome>> {
        let mut body = Vec::with_capacity(head.body_length);
        serde_json::to_writer(&mut body, O::body(request)).map_err(|error| unwritten(&error))?;
        let sent = Arc::clone(sent);
        let sent = move || sent.store(true, Ordering::Release);
        let mut written = head.request(self.token, body, sent);
        if self.time_limit != self.core.attempt_time_limit {
            // Else the HTTP client has that limit already.
            *written.timeout_mut() = self.time_limit;
        }
        Ok(written)
    }

    /// The head of the operation's requests, by the generated client.
    async fn write_head<O: Operation>(
        &self,
        request: &O::Request,
    ) -> Result<RequestHead, CallError<O::Outcome>> {
        let slot = Arc::new(HeadSlot::default());
        let client = RequestContext::to_write_head(self.core, Arc::clone(&slot)).client();
        let error = O::write_head(&client, request).await;
        let error = error.unwrap_or_else(|| WireError::Custom("it was sent".to_owned()));
        slot.take().ok_or_else(|| unwritten(&error))
    }

    fn context(&self) -> CallContext {
        CallContext::new(&self.progress, &self.core.endpoint)
    }

    /// A request that got no answer.
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

    /// The status with which a proxy refused to connect to the server, if that is what happened.
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

    /// An answer whose body is larger than the limit, or breaks off.
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

    /// The head is what there is of the answer.
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

    fn unreadable_body<M: OutcomeKind>(
        &self,
        head: &Head,
        secrets: &[AccessToken],
        bytes: &[u8],
        error: &serde_json::Error,
    ) -> CallError<M> {
        let redirect = Self::redirect(head, secrets);
        // serde_json's message may quote the answer; the place of the error does not.
        let coded = || {
            let coding = head.coding(secrets)?;
            Some(UnreadableReason::Coded { coding })
        };
        let reason = redirect.or_else(coded);
        let reason = reason.unwrap_or_else(|| UnreadableReason::Body {
            line: error.line(),
            column: error.column(),
            excerpt: excerpt(bytes, secrets),
        });
        self.unreadable(head, secrets, reason)
    }

    /// A redirect is one whatever its body is.
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

    /// The error of an answer that is no success.
    pub(crate) fn rejected<M: OutcomeKind>(&self, answer: Answer<M>) -> CallError<M> {
        let call = self.context();
        CallError::Rejected(Box::new(Rejected { call, answer }))
    }
}

/// A body that goes on. Nearly all come in one piece, which is read where it is.
fn joined(body: Bytes, chunk: &[u8]) -> Bytes {
    let mut body = BytesMut::from(body);
    body.extend_from_slice(chunk);
    body.freeze()
}

/// The error of a request that cannot be written.
fn unwritten<M>(error: &dyn Error) -> CallError<M> {
    let field = "request";
    let rule = error.to_string();
    CallError::Invalid(Invalid { field, rule })
}
