//! One attempt of a call: a request is sent, and its answer is read and classified. Whether there is
//! another attempt is left to [`crate::call`].

use std::{sync::Arc, time::Duration};

use progenitor_client::{ClientInfo, Error as WireError};
use reqwest::header::{CONTENT_TYPE, LOCATION};

use crate::{
    AccessToken, Answer, CallContext, Connect, EnrollError, Invalid, NoAnswer, Rejected,
    Unreadable, UnreadableReason,
    answer::{Head, excerpt},
    client_core::ClientCore,
    failure_cause::{connect_reason, is_too_large},
    generated::wire::{self, types},
    hooks::RequestContext,
    progress::Progress,
    token_source::supply::TokenSupply,
};

/// One attempt.
pub(crate) struct Attempt<'c> {
    pub(crate) core: &'c Arc<ClientCore>,
    pub(crate) token: &'c AccessToken,
    pub(crate) time_limit: Option<Duration>,
    pub(crate) progress: Progress,
}

impl Attempt<'_> {
    /// Sends one request and reads the envelope of its answer.
    pub(crate) async fn send(&self, request: &types::EnrollRequest) -> Result<Answer, EnrollError> {
        let wire = self.wire();
        let mut response = match wire.enroll_unread(request).await {
            Ok(response) => response,
            Err(error) => return Err(self.unsent(error, wire.inner().is_sent())),
        };
        let head = Head::of(&mut response);
        // `bytes` would hold the response three times in its future.
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => {
                    let error = error.with_url(response.url().clone());
                    return Err(self.broken_body(&head, error));
                }
            }
        }
        match serde_json::from_slice(&body) {
            Ok(envelope) => Ok(Answer::new(&head, envelope, self.token)),
            Err(error) => Err(self.unreadable_body(&head, &body, &error)),
        }
    }

    /// The generated client of this attempt alone.
    fn wire(&self) -> wire::Client {
        let tokens = TokenSupply::Constant(self.token.clone());
        let is_limited = self.time_limit == self.core.attempt_time_limit;
        let context = RequestContext::new(self.core, tokens, self.time_limit, is_limited);
        wire::Client::new_with_client(self.core.http.clone(), context)
    }

    /// A request that was not sent, or got no answer.
    fn unsent(&self, error: WireError<()>, sent: bool) -> EnrollError {
        let rule = match error {
            WireError::CommunicationError(error)
            | WireError::InvalidUpgrade(error)
            | WireError::ResponseBodyError(error) => return self.unanswered(sent, error),
            WireError::InvalidRequest(rule) | WireError::Custom(rule) => rule,
            // Of answers, which are not looked at by then.
            error => error.to_string(),
        };
        let field = "request";
        EnrollError::Invalid(Invalid { field, rule })
    }

    fn context(&self) -> CallContext {
        self.progress.context(&self.core.endpoint)
    }

    /// A request that got no answer.
    fn unanswered(&self, sent: bool, source: reqwest::Error) -> EnrollError {
        if sent {
            return self.no_answer(None, source);
        }
        EnrollError::Connect(Box::new(Connect {
            call: self.context(),
            reason: connect_reason(&source),
            source: source.into(),
        }))
    }

    /// An answer whose body is larger than the limit, or breaks off.
    fn broken_body(&self, head: &Head, source: reqwest::Error) -> EnrollError {
        if let Some(redirect) = self.redirect(head) {
            return self.unreadable(head, redirect);
        }
        if is_too_large(&source) {
            let limit = self.core.body_limit;
            return self.unreadable(head, UnreadableReason::TooLarge { limit });
        }
        self.no_answer(Some(head), source)
    }

    /// The head is what there is of the answer.
    fn no_answer(&self, head: Option<&Head>, source: reqwest::Error) -> EnrollError {
        EnrollError::NoAnswer(Box::new(NoAnswer {
            call: self.context(),
            http_status: head.map(|head| head.status),
            timed_out: source.is_timeout(),
            retry_after: head.and_then(Head::retry_after),
            source: source.into(),
        }))
    }

    fn unreadable_body(&self, head: &Head, bytes: &[u8], error: &serde_json::Error) -> EnrollError {
        let redirect = self.redirect(head);
        // serde_json's message may quote the answer; the place of the error does not.
        let reason = redirect.unwrap_or_else(|| UnreadableReason::Body {
            line: error.line(),
            column: error.column(),
            excerpt: excerpt(bytes, self.token),
        });
        self.unreadable(head, reason)
    }

    /// A redirect is one whatever its body is.
    fn redirect(&self, head: &Head) -> Option<UnreadableReason> {
        matches!(head.status, 300..400).then(|| UnreadableReason::Redirect {
            location: head.excerpt(&LOCATION, self.token),
        })
    }

    fn unreadable(&self, head: &Head, reason: UnreadableReason) -> EnrollError {
        EnrollError::Unreadable(Box::new(Unreadable {
            call: self.context(),
            http_status: head.status,
            content_type: head.excerpt(&CONTENT_TYPE, self.token),
            retry_after: head.retry_after(),
            reason,
        }))
    }

    /// The error of an answer that is no success.
    pub(crate) fn rejected(&self, answer: Answer) -> EnrollError {
        let call = self.context();
        EnrollError::Rejected(Box::new(Rejected { call, answer }))
    }
}
