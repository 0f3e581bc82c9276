//! What is reported of one call, for people and for programs.

use std::{borrow::Cow, fmt::Write, time::Duration};

use face_search_enroll::{EnrollError, Enrolled, Outcome, Stage};
use serde::{Deserialize, Serialize};

use crate::{Exit, advice, digest::Digest, tally::Counted, terminal::paint};

/// One call. All keys are always there, `null` where they do not apply.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'c> {
    signature_id: Option<&'c str>,
    pub(crate) status: Status,
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
}

/// What became of an id, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// The face is enrolled by this call.
    Enrolled,
    /// The face was enrolled before.
    AlreadyEnrolled,
    /// The server settled that this journey is not enrolled, or it is no id.
    Rejected,
    /// Not settled: there was no answer, or one that says nothing about the journey.
    Failed,
}

impl Status {
    pub(crate) fn exit(self) -> Exit {
        match self {
            Self::Enrolled | Self::AlreadyEnrolled => Exit::Enrolled,
            Self::Rejected => Exit::Rejected,
            Self::Failed => Exit::Failed,
        }
    }

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolled",
            Self::AlreadyEnrolled => "already enrolled",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
        }
    }
}

impl<'c> Record<'c> {
    pub(crate) fn new(
        signature_id: &'c str,
        result: &'c Result<Enrolled, EnrollError>,
        region: &'c str,
    ) -> Self {
        match result {
            Ok(enrolled) => Self {
                signature_id: Some(signature_id),
                status: Status::Enrolled,
                stage: None,
                outcome: Some(enrolled.outcome().as_str()),
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
            },
            Err(error) => {
                let status = status(error);
                let done = status == Status::AlreadyEnrolled;
                Self {
                    signature_id: Some(signature_id),
                    status,
                    stage: (!done).then(|| error.stage().as_str()),
                    outcome: error.outcome().map(Outcome::as_str),
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
                }
            }
        }
    }

    /// A line that has no id, or one that may not be sent: `error` says which line, and why.
    pub(crate) fn invalid(signature_id: Option<&'c str>, error: String, region: &'c str) -> Self {
        Self {
            signature_id,
            status: Status::Rejected,
            stage: Some(Stage::Invalid.as_str()),
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
            error: Some(error),
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

    /// What to do about a failure.
    pub(crate) fn action(&self) -> Option<&'static str> {
        if self.status.exit() == Exit::Enrolled {
            return None;
        }
        advice::action(self.reason())
    }

    /// The outcome, or else how far the call got.
    fn reason(&self) -> &'static str {
        self.outcome.or(self.stage).unwrap_or_default()
    }

    pub(crate) fn counted(&self) -> Counted<'_> {
        Counted {
            status: self.status,
            reason: self.reason(),
            id: self.signature_id.unwrap_or_default(),
            elapsed_ms: (self.attempts > 0).then_some(self.elapsed_ms),
        }
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

/// A record that was written: what has to be known of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Written<'r> {
    #[serde(borrow)]
    signature_id: Option<Text<'r>>,
    status: Status,
    #[serde(borrow)]
    stage: Option<Text<'r>>,
    #[serde(borrow)]
    outcome: Option<Text<'r>>,
    attempts: u32,
    #[serde(borrow)]
    region: Text<'r>,
    elapsed_ms: u64,
    #[serde(borrow)]
    error: Option<Text<'r>>,
}

/// A string that is copied only if it has escapes.
#[derive(Debug, Deserialize)]
struct Text<'r>(#[serde(borrow)] Cow<'r, str>);

impl Written<'_> {
    pub(crate) fn status(&self) -> Status {
        self.status
    }

    pub(crate) fn region(&self) -> &str {
        &self.region.0
    }

    /// By which it is known again: by the id, or for a line without one by what is wrong with it.
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(self.key())
    }

    pub(crate) fn key(&self) -> &str {
        let invalid = text(self.stage.as_ref()) == Some(Stage::Invalid.as_str());
        let error = text(self.error.as_ref()).filter(|_| invalid);
        error
            .or(text(self.signature_id.as_ref()))
            .unwrap_or_default()
    }

    pub(crate) fn counted(&self) -> Counted<'_> {
        let outcome = text(self.outcome.as_ref());
        Counted {
            status: self.status,
            reason: outcome.or(text(self.stage.as_ref())).unwrap_or_default(),
            id: text(self.signature_id.as_ref()).unwrap_or_default(),
            elapsed_ms: (self.attempts > 0).then_some(self.elapsed_ms),
        }
    }
}

fn text<'t>(text: Option<&'t Text<'_>>) -> Option<&'t str> {
    text.map(|text| &*text.0)
}
