//! What is logged through `tracing`; the README lists the names. The token is never logged, the
//! signature id at debug level only.

use std::{error::Error as StdError, time::Duration};

use tracing::{Span, debug, field::Empty, info, info_span, warn};

use crate::{Answer, Code, Endpoint, EnrollError, Enrolled, Outcome, Region, Stage};

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

pub(crate) fn attempt_succeeded(attempt: u32, answer: &Answer) {
    debug!(
        target: TARGET,
        attempt,
        outcome = answer.outcome.as_str(),
        http_status = answer.http_status,
        code = answer.code.as_str(),
        transaction_id = answer.transaction_id,
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
    macro_rules! log {
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
    // The result says what settles the call. What concerns all calls is for whoever is on duty.
    let concerns_all =
        error.stage() == Stage::Connect || error.outcome().is_some_and(Outcome::is_of_platform);
    if concerns_all || retry_in.is_some() || gave_up.is_some() {
        log!(warn);
    } else {
        log!(debug);
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

/// Logs the end of a call, also in its span, and completes that.
pub(crate) fn call_ended(span: &Span, result: &Result<Enrolled, EnrollError>) {
    let result = result.as_ref();
    let error = result.err();
    let answer = result.map_or_else(EnrollError::answer, |enrolled| Some(enrolled.answer()));
    let attempts = result.map_or_else(EnrollError::attempts, Enrolled::attempts);
    let elapsed = result.map_or_else(EnrollError::elapsed, Enrolled::elapsed);
    let outcome = result.map_or_else(EnrollError::outcome, |enrolled| Some(enrolled.outcome()));
    let outcome = outcome.map(Outcome::as_str);
    let stage = error.map(|error| error.stage().as_str());
    let status = answer.map(|answer| answer.http_status);

    let _within = span.enter();
    span.record("attempts", attempts);
    span.record("outcome", outcome);
    span.record("stage", stage);
    span.record(
        "http_status",
        status.or(error.and_then(EnrollError::http_status)),
    );
    span.record("code", answer.map(|answer| answer.code.as_str()));
    span.record(
        "transaction_id",
        answer.and_then(|answer| answer.transaction_id.as_deref()),
    );
    span.record("elapsed_ms", milliseconds(elapsed));
    info!(
        target: TARGET,
        attempts,
        outcome,
        stage,
        confirmed_by_retry = result.is_ok_and(Enrolled::confirmed_by_retry),
        may_have_enrolled = error.is_none_or(EnrollError::may_have_enrolled),
        elapsed_ms = milliseconds(elapsed),
        "call ended"
    );
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
