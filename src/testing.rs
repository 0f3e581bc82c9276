//! Results for tests of your own code, made without a server.
//!
//! This module needs the feature `test-util`. Turn it on in your dev-dependencies. To test whole calls, use the
//! package `face-search-enroll-sandbox`.
//!
//! You can change the fields of an error through its variant:
//!
//! ```
//! use std::time::Duration;
//! use face_search_enroll::{EnrollError, Region, testing};
//!
//! let mut error = testing::rejected(Region::Singapore, "SERVICE_BUSY", "Rate limit is exceeded");
//! if let EnrollError::Rejected(rejected) = &mut error {
//!     rejected.answer.retry_after = Some(Duration::from_secs(10));
//! }
//! assert!(error.is_retryable());
//! ```

use std::{error::Error, time::Duration};

use crate::{
    Answer, CallContext, Code, Connect, ConnectReason, Endpoint, EnrollError, Enrolled, Invalid,
    NoAnswer, NoToken, Outcome, Rejected, Unreadable, UnreadableReason,
    generated::facts::enroll::rule,
};

/// The result of a call that enrolled the face at its first attempt.
#[must_use]
pub fn enrolled(endpoint: impl Into<Endpoint>, signature_id: &str) -> Enrolled {
    Enrolled {
        signature_id: signature_id.to_owned(),
        answer: answer(Outcome::Enrolled, code_of(Outcome::Enrolled), None),
        call: sent_once(endpoint),
    }
}

/// The result of a call whose first answer was lost, and whose second answer says that the face is already
/// enrolled.
#[must_use]
pub fn confirmed_by_retry(endpoint: impl Into<Endpoint>, signature_id: &str) -> Enrolled {
    let mut enrolled = enrolled(endpoint, signature_id);
    enrolled.answer.outcome = Outcome::AlreadyEnrolled;
    enrolled.answer.code = code_of(Outcome::AlreadyEnrolled);
    enrolled.call.attempts = 2;
    enrolled.call.earlier_attempt_may_have_enrolled = true;
    enrolled
}

impl Enrolled {
    /// Replaces the transaction id, or removes it.
    #[must_use]
    pub fn with_transaction_id(mut self, transaction_id: Option<&str>) -> Self {
        self.answer.transaction_id = transaction_id.map(str::to_owned);
        self
    }
}

/// An [`EnrollError::Invalid`], for a signature id that breaks a rule of the contract.
#[must_use]
pub fn invalid() -> EnrollError {
    let rule = "is not valid; pass the id of a journey".to_owned();
    let field = rule::SIGNATURE_ID.field;
    Invalid { field, rule }.into()
}

/// An [`EnrollError::Rejected`] with this code and message, which are classified like those of a real answer.
#[must_use]
pub fn rejected(endpoint: impl Into<Endpoint>, code: &str, message: &str) -> EnrollError {
    let outcome = Outcome::classify(code, message);
    EnrollError::Rejected(Box::new(Rejected {
        call: sent_once(endpoint),
        answer: answer(outcome, Code::from(code), Some(message.to_owned())),
    }))
}

/// An [`EnrollError::Token`] with this error of the token source.
#[must_use]
pub fn no_token(
    endpoint: impl Into<Endpoint>,
    source: impl Into<Box<dyn Error + Send + Sync>>,
) -> EnrollError {
    EnrollError::Token(Box::new(NoToken {
        call: CallContext {
            attempts: 0,
            ..sent_once(endpoint)
        },
        retry_after: None,
        source: source.into().into(),
    }))
}

/// An [`EnrollError::Connect`] with this reason and this error of the network.
#[must_use]
pub fn connect(
    endpoint: impl Into<Endpoint>,
    reason: ConnectReason,
    source: impl Into<Box<dyn Error + Send + Sync>>,
) -> EnrollError {
    EnrollError::Connect(Box::new(Connect {
        proxy_status: None,
        call: sent_once(endpoint),
        reason,
        source: source.into(),
    }))
}

/// An [`EnrollError::NoAnswer`] with this error, which broke the connection. It is not a timeout.
#[must_use]
pub fn no_answer(
    endpoint: impl Into<Endpoint>,
    source: impl Into<Box<dyn Error + Send + Sync>>,
) -> EnrollError {
    EnrollError::NoAnswer(Box::new(NoAnswer {
        call: sent_once(endpoint),
        http_status: None,
        timed_out: false,
        retry_after: None,
        source: source.into(),
    }))
}

/// An [`EnrollError::Unreadable`], for an answer with this status that is not an envelope.
#[must_use]
pub fn unreadable(
    endpoint: impl Into<Endpoint>,
    http_status: u16,
    reason: UnreadableReason,
) -> EnrollError {
    EnrollError::Unreadable(Box::new(Unreadable {
        call: sent_once(endpoint),
        http_status,
        content_type: None,
        retry_after: None,
        reason,
    }))
}

fn answer(outcome: Outcome, code: Code, message: Option<String>) -> Answer {
    Answer {
        outcome,
        code,
        message,
        extra: None,
        transaction_id: Some("test-transaction".to_owned()),
        http_status: 200,
        retry_after: None,
        clock_offset: None,
    }
}

fn code_of(outcome: Outcome) -> Code {
    Code::from(outcome.codes().first().copied().unwrap_or_default())
}

fn sent_once(endpoint: impl Into<Endpoint>) -> CallContext {
    CallContext {
        endpoint: endpoint.into(),
        attempts: 1,
        elapsed: Duration::ZERO,
        earlier_attempt_may_have_enrolled: false,
    }
}
