//! What is logged through `tracing`; the README lists the names. The token is never logged, the
//! signature id at debug level only.

use std::{error::Error as StdError, time::Duration};

use tracing::{Span, debug, field::Empty, info, info_span, warn};

use crate::{Code, Endpoint, EnrollError, Enrolled, Outcome, Region, Stage};

/// What filters name.
const TARGET: &str = "face_search_enroll";

/// The span of a call; what is known at its end is recorded then.
pub(crate) fn span(endpoint: &Endpoint) -> Span {
    info_span!(
        target: TARGET,
        "enroll",
        region = endpoint.region().map(Region::code),
        attempts = Empty,
        outcome = Empty,
        stage = Empty,
        http_status = Empty,
        code = Empty,
        transaction_id = Empty,
        elapsed_ms = Empty,
    )
}

pub(crate) fn call_begun(signature_id: &str) {
    debug!(target: TARGET, signature_id, "call begun");
}

pub(crate) fn attempt_succeeded(
    attempt: u32,
    outcome: Outcome,
    http_status: u16,
    code: &Code,
    transaction_id: Option<&str>,
) {
    debug!(
        target: TARGET,
        attempt,
        outcome = outcome.as_str(),
        http_status,
        code = code.as_str(),
        transaction_id,
        "attempt succeeded"
    );
}

/// `retry_in` is the delay before the next attempt, and `gave_up` why there is none that could help.
pub(crate) fn attempt_failed(
    signature_id: &str,
    error: &EnrollError,
    retry_in: Option<Duration>,
    gave_up: Option<&str>,
) {
    macro_rules! tell {
        ($level:ident) => {
            $level!(
                target: TARGET,
                attempt = error.attempts(),
                stage = error.stage().as_str(),
                outcome = error.outcome().map(Outcome::as_str),
                http_status = error.http_status(),
                code = error.code().map(Code::as_str),
                transaction_id = error.transaction_id(),
                retry_after_ms = error.retry_after().map(milliseconds),
                retry_in_ms = retry_in.map(milliseconds),
                gave_up,
                error = without(signature_id, error),
                "attempt failed"
            )
        };
    }
    // What settles the call is told by its result; what concerns all calls is for whoever is on duty.
    let concerns_all =
        error.stage() == Stage::Connect || error.outcome().is_some_and(Outcome::is_of_platform);
    if concerns_all || retry_in.is_some() || gave_up.is_some() {
        tell!(warn);
    } else {
        tell!(debug);
    }
}

/// The error and its causes without the signature id, which an answer may echo.
fn without(signature_id: &str, error: &EnrollError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    // A shorter one would match by chance.
    if signature_id.len() >= 8 {
        text = text.replace(signature_id, "…");
    }
    text
}

/// The error is the caller's own, and may name what is secret: it goes to the caller.
pub(crate) fn no_token() {
    warn!(target: TARGET, stage = Stage::Token.as_str(), "no token");
}

/// Tells the end of a call in its span, and completes that.
pub(crate) fn call_ended(span: &Span, result: &Result<Enrolled, EnrollError>) {
    let _within = span.enter();
    let end = End::of(result);
    span.record("attempts", end.attempts);
    span.record("outcome", end.outcome.map(Outcome::as_str));
    span.record("stage", end.stage.map(Stage::as_str));
    span.record("http_status", end.http_status);
    span.record("code", end.code.map(Code::as_str));
    span.record("transaction_id", end.transaction_id);
    span.record("elapsed_ms", milliseconds(end.elapsed));
    info!(
        target: TARGET,
        attempts = end.attempts,
        outcome = end.outcome.map(Outcome::as_str),
        stage = end.stage.map(Stage::as_str),
        confirmed_by_retry = end.confirmed_by_retry,
        may_have_enrolled = end.may_have_enrolled,
        elapsed_ms = milliseconds(end.elapsed),
        "call ended"
    );
}

/// How a call ended.
struct End<'r> {
    attempts: u32,
    outcome: Option<Outcome>,
    stage: Option<Stage>,
    http_status: Option<u16>,
    code: Option<&'r Code>,
    transaction_id: Option<&'r str>,
    confirmed_by_retry: bool,
    may_have_enrolled: bool,
    elapsed: Duration,
}

impl<'r> End<'r> {
    fn of(result: &'r Result<Enrolled, EnrollError>) -> Self {
        match result {
            Ok(enrolled) => Self {
                attempts: enrolled.attempts(),
                outcome: Some(enrolled.outcome()),
                stage: None,
                http_status: Some(enrolled.http_status()),
                code: Some(enrolled.code()),
                transaction_id: enrolled.transaction_id(),
                confirmed_by_retry: enrolled.confirmed_by_retry(),
                may_have_enrolled: true,
                elapsed: enrolled.elapsed(),
            },
            Err(error) => Self {
                attempts: error.attempts(),
                outcome: error.outcome(),
                stage: Some(error.stage()),
                http_status: error.http_status(),
                code: error.code(),
                transaction_id: error.transaction_id(),
                confirmed_by_retry: false,
                may_have_enrolled: error.may_have_enrolled(),
                elapsed: error.elapsed(),
            },
        }
    }
}

pub(crate) fn token_renewed(life: Option<Duration>) {
    debug!(target: TARGET, expires_in_ms = life.map(milliseconds), "token renewed");
}

/// The error is the caller's own, and may name what is secret: it goes to those who wait.
pub(crate) fn token_not_renewed() {
    warn!(target: TARGET, "token not renewed");
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
