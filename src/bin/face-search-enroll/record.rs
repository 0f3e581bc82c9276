//! What is reported of one call, for people and for programs.

use std::{fmt::Write, time::Duration};

use face_search_enroll::{EnrollError, Enrolled, Outcome};
use serde::Serialize;

use crate::Exit;

/// One call. All keys are always there, `null` where they do not apply.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'c> {
    signature_id: &'c str,
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
    region: Option<&'static str>,
    elapsed_ms: u64,
    error: Option<String>,
    #[serde(skip)]
    action: Option<&'static str>,
}

/// What became of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    /// The face is enrolled by this call.
    Enrolled,
    /// The face was enrolled before.
    AlreadyEnrolled,
    /// The server settled that this journey is not enrolled.
    Rejected,
    /// Not settled: there was no answer, or one that says nothing about the journey.
    Failed,
}

impl<'c> Record<'c> {
    pub(crate) fn new(
        signature_id: &'c str,
        result: &'c Result<Enrolled, EnrollError>,
        region: Option<&'static str>,
    ) -> Self {
        match result {
            Ok(enrolled) => Self {
                signature_id,
                status: Status::Enrolled,
                stage: None,
                outcome: Some(enrolled.outcome().name()),
                code: Some(enrolled.code().as_str()),
                message: enrolled.message(),
                transaction_id: enrolled.transaction_id(),
                http_status: Some(enrolled.http_status()),
                retryable: false,
                may_have_enrolled: true,
                retry_after_ms: None,
                attempts: enrolled.attempts(),
                region,
                elapsed_ms: milliseconds(enrolled.elapsed()),
                error: None,
                action: None,
            },
            Err(error) => {
                let status = status(error);
                let done = status == Status::AlreadyEnrolled;
                Self {
                    signature_id,
                    status,
                    stage: (!done).then(|| error.stage().name()),
                    outcome: error.outcome().map(Outcome::name),
                    code: error.code().map(face_search_enroll::Code::as_str),
                    message: error.message(),
                    transaction_id: error.transaction_id(),
                    http_status: error.http_status(),
                    retryable: error.is_retryable(),
                    may_have_enrolled: error.may_have_enrolled(),
                    retry_after_ms: error.retry_after().map(milliseconds),
                    attempts: error.attempts(),
                    region,
                    elapsed_ms: milliseconds(error.elapsed()),
                    error: (!done).then(|| chain(error)),
                    action: error.outcome().filter(|_| !done).map(Outcome::action),
                }
            }
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self.status {
            Status::Enrolled | Status::AlreadyEnrolled => Exit::Enrolled,
            Status::Rejected => Exit::Rejected,
            Status::Failed => Exit::Failed,
        }
    }

    /// One line for people.
    pub(crate) fn text(&self) -> String {
        let status = match self.status {
            Status::Enrolled => "enrolled",
            Status::AlreadyEnrolled => "already enrolled",
            Status::Rejected => "rejected",
            Status::Failed => "failed",
        };
        let id = self.signature_id.escape_debug();
        if let Some(error) = &self.error {
            return format!("{id}  {status}  {error}");
        }
        let transaction_id = self.transaction_id.unwrap_or("none").escape_debug();
        let region = self.region.unwrap_or("none");
        format!("{id}  {status}  transaction {transaction_id}  region {region}")
    }

    /// What to do about a failure.
    pub(crate) fn action(&self) -> Option<&'static str> {
        self.action
    }
}

fn status(error: &EnrollError) -> Status {
    match error {
        EnrollError::Rejected(rejected) if rejected.outcome == Outcome::AlreadyEnrolled => {
            Status::AlreadyEnrolled
        }
        EnrollError::Rejected(rejected)
            if !rejected.outcome.is_retryable() && !rejected.outcome.is_of_platform() =>
        {
            Status::Rejected
        }
        _ => Status::Failed,
    }
}

/// The error and what caused it, in one line.
fn chain(error: &EnrollError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let _ = write!(text, ": {cause}");
        source = cause.source();
    }
    text
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
