//! The `tracing` output of a call: one span for each call, one event for each attempt and one at
//! the end. Dashboards may rely on the names.

use face_search_enroll::{AccessToken, Client, Outcome, Stage};
use face_search_enroll_sandbox::{Reply, Sandbox};
use tracing::Level;

use crate::{
    client,
    log::{Fields, logged},
    retrying,
};

const ID: &str = "730baa5ab2e34e53";

fn names(fields: &Fields) -> Vec<&'static str> {
    fields.keys().copied().collect()
}

#[tokio::test]
async fn a_call_is_a_span_that_says_how_it_ended() {
    let sandbox = Sandbox::start().unwrap();
    let (enrolled, seen) = logged(client(&sandbox).enroll(ID)).await;
    let enrolled = enrolled.unwrap();
    let span = seen.span();
    assert_eq!(span["span"], "enroll");
    assert_eq!(span["attempts"], "1");
    assert_eq!(span["outcome"], Outcome::Enrolled.as_str());
    assert_eq!(span["http_status"], "200");
    assert_eq!(span["code"], enrolled.code().as_str());
    assert_eq!(span["transaction_id"], enrolled.transaction_id().unwrap());
    assert!(span["elapsed_ms"].parse::<u64>().is_ok());
    assert!(!span.contains_key("stage"), "it did not fail");
    assert!(!span.contains_key("region"), "the sandbox is in none");
}

#[tokio::test]
async fn the_span_names_the_region() {
    let region = face_search_enroll::Region::ALL[0];
    // A blank id makes a call without a request.
    let (error, seen) = logged(client(region).enroll(" ")).await;
    assert_eq!(error.unwrap_err().stage(), Stage::Invalid);
    let span = seen.span();
    assert_eq!(span["region"], region.code());
    assert_eq!(span["stage"], "invalid");
}

#[tokio::test]
async fn an_attempt_is_an_event_that_announces_the_retry() {
    let sandbox = Sandbox::start().unwrap();
    let throttled = Reply::outcome(Outcome::Throttled).status(429);
    sandbox.enqueue_reply(throttled.header("Retry-After", "0").unwrap());
    sandbox.enqueue_reply(Reply::refused());
    let (enrolled, seen) = logged(retrying(&sandbox).enroll(ID)).await;
    enrolled.unwrap();

    let failed = seen.events("attempt failed");
    assert_eq!(failed.len(), 2);
    let (level, first) = &failed[0];
    assert_eq!(*level, Level::WARN);
    assert_eq!(
        names(first),
        [
            "attempt",
            "code",
            "error",
            "http_status",
            "message",
            "operation",
            "outcome",
            "retry_after_ms",
            "retry_in_ms",
            "stage",
            "transaction_id"
        ]
    );
    assert_eq!(first["attempt"], "1");
    assert_eq!(first["stage"], "rejected");
    assert_eq!(first["outcome"], Outcome::Throttled.as_str());
    assert_eq!(first["http_status"], "429");
    assert_eq!(first["retry_after_ms"], "0");
    let (_, second) = &failed[1];
    assert_eq!(second["stage"], "no-answer");
    assert_eq!(second["retry_in_ms"], "0");
    assert!(!second.contains_key("code"));

    let succeeded = seen.events("attempt succeeded");
    assert_eq!(succeeded.len(), 1);
    assert_eq!(succeeded[0].0, Level::DEBUG);
    assert_eq!(succeeded[0].1["attempt"], "3");
}

#[tokio::test]
async fn the_last_attempt_says_why_there_is_no_retry() {
    let throttled = || {
        let reply = Reply::outcome(Outcome::Throttled);
        reply.header("Retry-After", "3600").unwrap()
    };
    for (replies, gave_up, level) in [
        (vec![Reply::refused(); 3], Some("attempts"), Level::WARN),
        (vec![throttled()], Some("time"), Level::WARN),
        (
            vec![Reply::outcome(Outcome::SignatureNotFound)],
            None,
            Level::DEBUG,
        ),
    ] {
        let sandbox = Sandbox::start().unwrap();
        for reply in replies {
            sandbox.enqueue_reply(reply);
        }
        let (result, seen) = logged(retrying(&sandbox).enroll(ID)).await;
        result.unwrap_err();
        let (last_level, last) = seen.events("attempt failed").pop().unwrap();
        assert_eq!(last.get("gave_up").map(String::as_str), gave_up);
        assert_eq!(last_level, level);
    }
}

/// A refused token is not retried if the source has no other one.
#[tokio::test]
async fn no_delay_is_logged_without_a_retry() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.respond_with(|_| Reply::outcome(Outcome::Unauthorized));
    let only = AccessToken::new("the-only-one").unwrap();
    let client = Client::builder(&sandbox)
        .token_source(only)
        .build()
        .unwrap();
    let (result, seen) = logged(client.enroll(ID)).await;
    result.unwrap_err();
    let failed = seen.events("attempt failed");
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].1.get("retry_in_ms"), None);
}

#[tokio::test]
async fn the_end_of_a_call_is_an_event_for_metrics() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::lost());
    let (enrolled, seen) = logged(retrying(&sandbox).enroll(ID)).await;
    assert!(enrolled.unwrap().confirmed_by_retry());
    let (level, end) = seen.events("call ended").pop().unwrap();
    assert_eq!(level, Level::INFO);
    assert_eq!(end["attempts"], "2");
    assert_eq!(end["outcome"], Outcome::AlreadyEnrolled.as_str());
    assert_eq!(end["confirmed_by_retry"], "true");
    assert_eq!(end["may_have_enrolled"], "true");
    assert!(end["elapsed_ms"].parse::<u64>().is_ok());

    sandbox.enqueue_reply(Reply::outcome(Outcome::SignatureNotFound));
    let (error, seen) = logged(retrying(&sandbox).enroll(ID)).await;
    error.unwrap_err();
    let (_, end) = seen.events("call ended").pop().unwrap();
    assert_eq!(end["stage"], "rejected");
    assert_eq!(end["may_have_enrolled"], "false");
}

#[tokio::test]
async fn the_signature_id_is_logged_only_at_debug_level() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::refused());
    // An answer that contains the id, as from a gateway.
    let page = format!("<html>{{\"signatureId\":\"{ID}\"}}");
    sandbox.enqueue_reply(Reply::body("text/html", page).status(502));
    sandbox.enqueue_reply(Reply::outcome(Outcome::InvalidParameter));
    let (result, seen) = logged(retrying(&sandbox).enroll(ID)).await;
    result.unwrap_err();
    let begun = seen.events("call begun");
    assert_eq!(begun[0].1["signature_id"], ID);
    let mentions = |fields: &Fields| fields.values().any(|value| value.contains(ID));
    assert!(!seen.spans.iter().any(mentions));
    for (level, fields) in &seen.events {
        assert!(*level > Level::INFO || !mentions(fields), "{fields:?}");
    }
}

/// The event of an attempt has the same text as the error of the call.
#[tokio::test]
async fn the_event_of_an_attempt_considers_earlier_attempts() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::lost());
    sandbox.enqueue_reply(Reply::outcome(Outcome::Throttled));
    sandbox.enqueue_reply(Reply::outcome(Outcome::Throttled));
    let (result, seen) = logged(retrying(&sandbox).enroll(ID)).await;
    let shown = result.unwrap_err().to_string();
    let failed = seen.events("attempt failed");
    assert_eq!(failed[2].1["error"], shown);
    let second = &failed[1].1["error"];
    assert!(
        second.contains(" (attempt 2); the face may be enrolled by an earlier attempt"),
        "{second}"
    );
}

/// The event for a refused token does not announce a retry if the source has no other token.
#[tokio::test]
async fn an_account_wide_failure_is_a_warning() {
    for outcome in [Outcome::InsufficientBalance, Outcome::Unauthorized] {
        let sandbox = Sandbox::start().unwrap();
        sandbox.enqueue_reply(Reply::outcome(outcome));
        let (result, seen) = logged(retrying(&sandbox).enroll(ID)).await;
        result.unwrap_err();
        let failed = seen.events("attempt failed");
        let (level, fields) = &failed[0];
        assert_eq!(*level, Level::WARN);
        assert!(!fields.contains_key("retry_in_ms") && !fields.contains_key("gave_up"));
    }
}
