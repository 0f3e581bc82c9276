//! The `tracing` events of calls. The crate docs (`src/docs.md`) list their names and fields. The token is never
//! logged, and the signature id only at debug level.

use std::{error::Error as StdError, time::Duration};

use face_search_enroll_runtime::LOG_TARGET as TARGET;
use tracing::{Span, debug, info, warn};

use crate::{
    Answer, CallError, Code, Stage,
    operation::{CallResult, Operation},
    outcome::OutcomeKind,
};

/// Logs the beginning of a call. `id` identifies the request.
pub(crate) fn call_begun<O: OutcomeKind>(id: Option<&str>) {
    debug!(target: TARGET, operation = O::OPERATION, signature_id = id, "call begun");
}

/// Logs an attempt that ended its call with a success.
pub(crate) fn attempt_succeeded<O: OutcomeKind>(attempt: u32, answer: &Answer<O>) {
    debug!(
        target: TARGET,
        operation = O::OPERATION,
        attempt,
        outcome = answer.outcome.name(),
        http_status = answer.http_status,
        code = answer.code.as_str(),
        transaction_id = answer.transaction_id,
        "attempt succeeded"
    );
}

/// Logs a failed attempt. `retry_in` is the delay before the next attempt. `gave_up` is the limit that prevents a
/// retry that could have helped.
pub(crate) fn attempt_failed<O: OutcomeKind>(
    id: Option<&str>,
    error: &CallError<O>,
    retry_in: Option<Duration>,
    gave_up: Option<&str>,
) {
    macro_rules! log {
        ($level:ident) => {
            $level!(
                target: TARGET,
                operation = O::OPERATION,
                attempt = error.attempts(),
                stage = error.stage().as_str(),
                outcome = error.outcome().map(O::name),
                http_status = error.http_status(),
                code = error.code().map(Code::as_str),
                transaction_id = error.transaction_id(),
                retry_after_ms = error.retry_after().map(milliseconds),
                retry_in_ms = retry_in.map(milliseconds),
                gave_up,
                error = text_without_id(id, error),
                "attempt failed"
            )
        };
    }
    // The result of the call has its last failure. A failure that affects all calls needs attention.
    let affects_all_calls =
        error.stage() == Stage::Connect || error.outcome().is_some_and(O::is_of_platform);
    if affects_all_calls || retry_in.is_some() || gave_up.is_some() {
        log!(warn);
    } else {
        log!(debug);
    }
}

/// The error and its causes, with the id of the request removed, because an answer may echo it.
fn text_without_id(id: Option<&str>, error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    // A shorter id could match other text by chance.
    if let Some(id) = id.filter(|id| id.len() >= 8) {
        text = text.replace(id, "…");
    }
    text
}

/// Logs that a token source returned no token. The error is not logged, because it comes from the caller's code
/// and may contain a secret. The call returns it.
pub(crate) fn no_token() {
    warn!(target: TARGET, stage = Stage::Token.as_str(), "no token");
}

/// Logs the end of a call, and records the result in the span of the call.
pub(crate) fn call_ended<O: Operation>(span: &Span, result: &CallResult<O>) {
    let result = result.as_ref();
    let error = result.err();
    let answer = result.map_or_else(CallError::answer, |success| Some(&success.answer));
    let attempts = result.map_or_else(CallError::attempts, |success| success.call.attempts);
    let elapsed = result.map_or_else(CallError::elapsed, |success| success.call.elapsed);
    let outcome = result.map_or_else(CallError::outcome, |success| Some(success.answer.outcome));
    let confirmed = result.is_ok() && outcome.is_some_and(O::was_done_before);
    let outcome = outcome.map(OutcomeKind::name);
    let has_effect = O::Outcome::EFFECT.is_some();
    let may_have_enrolled = has_effect.then(|| error.is_none_or(CallError::may_have_effect));
    let stage = error.map(|error| error.stage().as_str());
    let status = answer.map(|answer| answer.http_status);

    let _within = span.enter();
    span.record("attempts", attempts);
    span.record("outcome", outcome);
    span.record("stage", stage);
    span.record(
        "http_status",
        status.or(error.and_then(CallError::http_status)),
    );
    span.record("code", answer.map(|answer| answer.code.as_str()));
    span.record(
        "transaction_id",
        answer.and_then(|answer| answer.transaction_id.as_deref()),
    );
    span.record("elapsed_ms", milliseconds(elapsed));
    info!(
        target: TARGET,
        operation = O::Outcome::OPERATION,
        attempts,
        outcome,
        stage,
        confirmed_by_retry = confirmed,
        may_have_enrolled,
        elapsed_ms = milliseconds(elapsed),
        "call ended"
    );
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
