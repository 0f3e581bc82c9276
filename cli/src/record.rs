//! The result of one call, for people and for programs.

use std::time::Duration;

use face_search_enroll::{Code, EnrollError, Enrolled, Outcome, Stage};
use serde::Serialize;

use crate::{
    exit::Exit,
    failure_advice::{self, TokenAdvice},
    problem::with_causes,
    status::Status,
    summary::SummaryEntry,
    terminal::paint,
};

/// The result of one call. Every key is always present; keys that do not apply are `null`.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'c> {
    signature_id: Option<&'c str>,
    status: Status,
    stage: Option<&'static str>,
    outcome: Option<&'static str>,
    code: Option<&'c str>,
    message: Option<&'c str>,
    transaction_id: Option<&'c str>,
    http_status: Option<u16>,
    retryable: bool,
    may_have_enrolled: bool,
    retry_after_ms: Option<u64>,
    attempts: u32,
    region: &'c str,
    elapsed_ms: u64,
    error: Option<String>,
    /// What to do if there was no token, according to the request for it.
    #[serde(skip)]
    token_action: Option<&'static str>,
}

impl<'c> Record<'c> {
    pub(crate) fn new(
        signature_id: &'c str,
        result: &'c Result<Enrolled, EnrollError>,
        region: &'c str,
    ) -> Self {
        let id = Some(signature_id);
        let error = match result {
            Ok(enrolled) => {
                return Self {
                    outcome: Some(enrolled.outcome().as_str()),
                    code: Some(enrolled.code().as_str()),
                    message: enrolled.message(),
                    transaction_id: enrolled.transaction_id(),
                    http_status: Some(enrolled.http_status()),
                    may_have_enrolled: true,
                    attempts: enrolled.attempts(),
                    elapsed_ms: milliseconds(enrolled.elapsed()),
                    ..Self::unsent(id, Status::Enrolled, region)
                };
            }
            Err(error) => error,
        };
        let status = Status::of_error(error);
        let failed = status != Status::AlreadyEnrolled;
        Self {
            stage: failed.then(|| error.stage().as_str()),
            outcome: error.outcome().map(Outcome::as_str),
            code: error.code().map(Code::as_str),
            message: error.message(),
            transaction_id: error.transaction_id(),
            http_status: error.http_status(),
            retryable: error.is_retryable(),
            may_have_enrolled: error.may_have_enrolled(),
            retry_after_ms: error.retry_after().map(milliseconds),
            attempts: error.attempts(),
            elapsed_ms: milliseconds(error.elapsed()),
            error: failed.then(|| with_causes(error)),
            token_action: match error {
                EnrollError::Token(no_token) => Some(TokenAdvice::of(no_token).action),
                _ => None,
            },
            ..Self::unsent(id, status, region)
        }
    }

    /// The record of a line without a valid id. `error` says which line, and why.
    pub(crate) fn invalid(signature_id: Option<&'c str>, error: String, region: &'c str) -> Self {
        Self {
            stage: Some(Stage::Invalid.as_str()),
            error: Some(error),
            ..Self::unsent(signature_id, Status::Rejected, region)
        }
    }

    fn unsent(signature_id: Option<&'c str>, status: Status, region: &'c str) -> Self {
        Self {
            signature_id,
            status,
            stage: None,
            outcome: None,
            code: None,
            message: None,
            transaction_id: None,
            http_status: None,
            retryable: false,
            may_have_enrolled: false,
            retry_after_ms: None,
            attempts: 0,
            region,
            elapsed_ms: 0,
            error: None,
            token_action: None,
        }
    }

    /// One line for people.
    pub(crate) fn text(&self) -> String {
        let status = paint(self.status.style(), self.status.text());
        let id = self.signature_id.filter(|id| !id.is_empty());
        let id = id.unwrap_or("-").escape_debug();
        if let Some(error) = &self.error {
            return format!("{id}  {status}  {error}");
        }
        let transaction_id = self.transaction_id.unwrap_or("none").escape_debug();
        let region = self.region;
        format!("{id}  {status}  transaction {transaction_id}  region {region}")
    }

    /// What is reported if the record cannot be written.
    pub(crate) fn unwritten(&self) -> UnwrittenResult {
        UnwrittenResult {
            signature_id: self.signature_id.map(str::to_owned),
            status: self.status,
            transaction_id: self.transaction_id.map(str::to_owned),
        }
    }

    /// What to do about a call that did not enroll.
    pub(crate) fn action(&self) -> Option<&'static str> {
        if self.status.exit() == Exit::Enrolled {
            return None;
        }
        self.token_action
            .or_else(|| failure_advice::action(self.reason()))
    }

    /// The outcome, or else the stage.
    fn reason(&self) -> &'static str {
        self.outcome.or(self.stage).unwrap_or_default()
    }

    pub(crate) fn summary_entry(&self) -> SummaryEntry<'_> {
        SummaryEntry {
            status: self.status,
            reason: self.reason(),
            id: self.signature_id.unwrap_or_default(),
            elapsed_ms: (self.attempts > 0).then_some(self.elapsed_ms),
        }
    }
}

/// The least that somebody has to know of a call.
#[derive(Debug)]
pub(crate) struct UnwrittenResult {
    signature_id: Option<String>,
    status: Status,
    transaction_id: Option<String>,
}

impl UnwrittenResult {
    /// As a part of a sentence.
    pub(crate) fn text(&self) -> String {
        let id = self.signature_id.as_deref().unwrap_or("-").escape_debug();
        let text = format!("{id} {}", self.status.text());
        match &self.transaction_id {
            Some(transaction_id) => {
                format!("{text} (transaction {})", transaction_id.escape_debug())
            }
            None => text,
        }
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
