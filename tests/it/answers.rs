//! The client reads an answer under any HTTP status, and one odd field does not make it unreadable.

use face_search_enroll::{EnrollError, Enrolled, Outcome, RetryPolicy, UnreadableReason};
use face_search_enroll_sandbox::{Reply, Sandbox};
use serde_json::{Value, json};

use crate::{builder, client, operation};

const ID: &str = "730baa5ab2e34e53";

/// The result of a call that is answered with this body and status.
async fn read(status: u16, body: impl Into<Vec<u8>>) -> Result<Enrolled, EnrollError> {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::body("application/json", body).status(status));
    client(&sandbox).enroll(ID).await
}

/// The body of the first example that shows `outcome`.
fn example(outcome: Outcome) -> Value {
    let example = operation()
        .examples
        .iter()
        .find(|example| example.outcome.value == outcome.as_str());
    example.unwrap().body.value.clone()
}

/// The body with one member set or removed.
fn with(mut body: Value, member: &str, value: Option<Value>) -> String {
    let members = body.as_object_mut().unwrap();
    match value {
        Some(value) => members.insert(member.to_owned(), value),
        None => members.remove(member),
    };
    body.to_string()
}

#[tokio::test]
async fn every_example_of_the_contract_is_read() {
    for example in &operation().examples {
        let result = read(200, example.body.to_string()).await;
        match result {
            Ok(enrolled) => {
                assert_eq!(example.outcome.value, Outcome::Enrolled.as_str());
                assert_eq!(enrolled.signature_id(), ID);
                assert_eq!(
                    enrolled.transaction_id(),
                    example.body["transactionId"].as_str()
                );
                assert_eq!(enrolled.message(), Some(&*example.message.value));
            }
            Err(error) => {
                assert_eq!(error.outcome().unwrap().as_str(), example.outcome.value);
                assert_eq!(error.code().unwrap().as_str(), example.code.value);
                assert_eq!(error.message(), Some(&*example.message.value));
                assert_eq!(
                    error.transaction_id(),
                    example.body["transactionId"].as_str()
                );
                assert_eq!(error.http_status(), Some(200));
                assert_eq!(error.attempts(), 1);
            }
        }
    }
}

#[tokio::test]
async fn an_envelope_is_read_under_any_status() {
    for status in [
        201, 204, 302, 400, 401, 403, 404, 418, 429, 500, 502, 503, 599,
    ] {
        let body = example(Outcome::SignatureNotFound).to_string();
        let result = read(status, body).await;
        let error = result.unwrap_err();
        if status == 204 {
            // HTTP does not allow a body with this status, so none is sent.
            assert!(matches!(error, EnrollError::Unreadable(_)), "{error}");
            continue;
        }
        assert_eq!(
            error.outcome(),
            Some(Outcome::SignatureNotFound),
            "{status}"
        );
        assert_eq!(error.http_status(), Some(status));
        assert!(
            !error.is_retryable() && !error.may_have_enrolled(),
            "{status}"
        );
    }
    let enrolled = read(500, example(Outcome::Enrolled).to_string())
        .await
        .unwrap();
    assert_eq!(enrolled.http_status(), 500);
}

#[tokio::test]
async fn an_odd_field_does_not_make_a_success_unreadable() {
    let success = || example(Outcome::Enrolled);
    let long = "x".repeat(80);
    let deep = serde_json::from_str::<Value>(&("[".repeat(100) + &"]".repeat(100))).unwrap();
    for (member, value) in [
        ("data", None),
        ("data", Some(Value::Null)),
        ("data", Some(json!({}))),
        ("data", Some(json!("text"))),
        ("data", Some(json!({ "signatureId": 7 }))),
        ("extra", Some(json!({ "a": [1, 2] }))),
        ("extra", Some(json!("text"))),
        ("extra", Some(deep)),
        ("message", None),
        ("message", Some(Value::Null)),
        ("message", Some(json!(17))),
        ("message", Some(json!({ "en": "OK" }))),
        ("transactionId", None),
        ("transactionId", Some(Value::Null)),
        ("transactionId", Some(json!(17))),
        ("transactionId", Some(json!(long))),
        ("pricingStrategy", Some(json!("PAY"))),
        ("pricingStrategy", Some(json!(["FREE"]))),
        ("aNewField", Some(json!({ "code": "ERROR" }))),
    ] {
        let body = with(success(), member, value.clone());
        let enrolled = read(200, body).await;
        let enrolled = enrolled.unwrap_or_else(|error| panic!("{member} {value:?}: {error}"));
        assert_eq!(enrolled.signature_id(), ID);
    }
    let body = with(success(), "transactionId", Some(json!(long)));
    let enrolled = read(200, body).await.unwrap();
    assert_eq!(enrolled.transaction_id(), Some(&*long));
}

#[tokio::test]
async fn deeply_nested_members_are_read_without_a_stack_overflow() {
    let deep = "[".repeat(20_000) + &"]".repeat(20_000);
    let success = example(Outcome::Enrolled).to_string();
    let body = success.replacen('{', &format!("{{\"new\":{deep},"), 1);
    assert!(read(200, body).await.is_ok());
    let body = success.replacen("\"extra\":null", &format!("\"extra\":{deep}"), 1);
    assert!(read(200, body).await.is_ok());
}

#[tokio::test]
async fn the_extra_of_a_failure_is_kept() {
    let failure = || example(Outcome::ServerError);
    for (extra, expected) in [
        (json!("disk full"), Some("disk full")),
        (json!({ "trace": "a" }), Some(r#"{"trace":"a"}"#)),
        (Value::Null, None),
    ] {
        let error = read(200, with(failure(), "extra", Some(extra)))
            .await
            .unwrap_err();
        let EnrollError::Rejected(rejected) = &error else {
            panic!("{error}");
        };
        assert_eq!(rejected.answer.extra.as_deref(), expected);
        assert_eq!(error.outcome(), Some(Outcome::ServerError));
        assert!(error.is_retryable() && error.may_have_enrolled());
    }
}

#[tokio::test]
async fn an_unknown_code_is_unlisted_and_keeps_its_text() {
    for (code, text) in [
        (json!("NEVER_HEARD_OF"), "NEVER_HEARD_OF"),
        (json!(10_042), "10042"),
        (json!(-1.5), "-1.5"),
        (json!(""), ""),
    ] {
        let body = with(example(Outcome::ServerError), "code", Some(code));
        let error = read(200, body).await.unwrap_err();
        assert_eq!(error.outcome(), Some(Outcome::Unlisted));
        assert_eq!(error.code().unwrap().as_str(), text);
        assert!(error.may_have_enrolled() && !error.is_retryable());
    }
}

#[tokio::test]
async fn an_answer_without_an_envelope_is_unreadable() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "{\"code\":null}",
        "{\"code\":[\"SUCCESS\"]}",
        "{\"message\":\"OK\"}",
        "{\"code\":\"SUCCESS\"",
        "{\"code\":\"SUCCESS\",\"code\":\"ERROR\"}",
        "<html>\n<body>502</body>",
    ] {
        let error = read(200, body).await.unwrap_err();
        let EnrollError::Unreadable(unreadable) = &error else {
            panic!("{body:?}: {error}");
        };
        assert_eq!(unreadable.content_type.as_deref(), Some("application/json"));
        let UnreadableReason::Body {
            line,
            column: _,
            excerpt,
        } = &unreadable.reason
        else {
            panic!("{body:?}: {error}");
        };
        assert_eq!(excerpt, &body.escape_debug().to_string());
        assert_eq!(*line, 1, "{body:?}");
        // The server may have enrolled the face before it sent the unreadable answer.
        assert!(
            error.may_have_enrolled() && error.is_retryable(),
            "{body:?}"
        );
        assert_eq!(error.outcome(), None);
    }
}

#[tokio::test]
async fn the_excerpt_of_an_answer_that_is_not_utf_8_is_shown() {
    let error = read(200, [b'{', 0xff, 0x1b, b'[']).await.unwrap_err();
    let shown = error.to_string();
    assert!(shown.contains("{\u{fffd}\\u{1b}["), "{shown}");
}

#[tokio::test]
async fn the_status_classifies_the_page_of_a_gateway() {
    for (status, outcome, retryable, may_have_enrolled) in [
        (502, Some(Outcome::Unavailable), true, true),
        (503, Some(Outcome::Unavailable), true, true),
        (504, Some(Outcome::Unavailable), true, true),
        (500, Some(Outcome::ServerError), true, true),
        (429, Some(Outcome::Throttled), true, false),
        (401, Some(Outcome::Unauthorized), false, false),
        (403, None, false, true),
        (404, Some(Outcome::InvalidRequest), false, false),
        (418, None, false, true),
        (520, None, true, true),
    ] {
        let sandbox = Sandbox::start().unwrap();
        sandbox.enqueue_reply(Reply::body("text/html", "<html>nginx</html>").status(status));
        let error = client(&sandbox).enroll(ID).await.unwrap_err();
        let EnrollError::Unreadable(unreadable) = &error else {
            panic!("{status}: {error}");
        };
        assert_eq!(unreadable.http_status, status);
        assert_eq!(unreadable.content_type.as_deref(), Some("text/html"));
        assert_eq!(error.outcome(), outcome, "{status}");
        assert_eq!(error.is_retryable(), retryable, "{status}");
        assert_eq!(error.may_have_enrolled(), may_have_enrolled, "{status}");
        assert!(!sandbox.is_enrolled(ID));
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read() {
    for status in [200, 500] {
        let sandbox = Sandbox::start().unwrap();
        let body = example(Outcome::Enrolled).to_string();
        let limited = builder(&sandbox)
            .retry(RetryPolicy::never())
            .body_limit(body.len())
            .build()
            .unwrap();

        sandbox.enqueue_reply(Reply::body("application/json", body.clone()).status(status));
        limited.enroll(ID).await.unwrap();

        sandbox.enqueue_reply(Reply::body("application/json", format!("{body} ")).status(status));
        let error = limited.enroll(ID).await.unwrap_err();
        let EnrollError::Unreadable(unreadable) = &error else {
            panic!("{error}");
        };
        assert_eq!(
            unreadable.reason,
            UnreadableReason::TooLarge { limit: body.len() }
        );
        assert_eq!(unreadable.http_status, status);
        assert!(!error.to_string().contains("SUCCESS"), "{error}");
    }
}

/// The status is more useful than the size.
#[tokio::test]
async fn the_status_classifies_a_page_over_the_limit() {
    for (status, retryable) in [
        (200, false),
        (404, false),
        (429, true),
        (502, true),
        (520, false),
    ] {
        let error = read(status, vec![b' '; 100 * 1024]).await.unwrap_err();
        let EnrollError::Unreadable(unreadable) = &error else {
            panic!("{status}: {error}");
        };
        assert!(
            matches!(unreadable.reason, UnreadableReason::TooLarge { .. }),
            "{error}"
        );
        assert_eq!(error.is_retryable(), retryable, "{status}");
    }
}

#[tokio::test]
async fn long_texts_of_the_server_are_kept_but_shortened_in_messages() {
    let long = "x".repeat(10_000);
    let body = with(example(Outcome::ServerError), "message", Some(json!(long)));
    let error = read(200, body).await.unwrap_err();
    assert_eq!(error.message(), Some(&*long));
    assert!(error.to_string().len() < 1_000);
}

#[tokio::test]
async fn retry_after_is_read_in_all_its_forms() {
    let far = "Fri, 31 Dec 9999 23:59:59 GMT";
    for (value, seconds) in [
        ("10", Some(10)),
        ("10s", Some(10)),
        (" 7 ", Some(7)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", Some(0)),
        ("99999999999999999999999", Some(u64::MAX)),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
    ] {
        let sandbox = Sandbox::start().unwrap();
        let reply = Reply::outcome(Outcome::Throttled).header("Retry-After", value);
        sandbox.enqueue_reply(reply.unwrap());
        let error = client(&sandbox).enroll(ID).await.unwrap_err();
        assert_eq!(
            error.retry_after().map(|delay| delay.as_secs()),
            seconds,
            "{value:?}"
        );
    }
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(
        Reply::outcome(Outcome::Throttled)
            .header("Retry-After", far)
            .unwrap(),
    );
    let error = client(&sandbox).enroll(ID).await.unwrap_err();
    assert!(error.retry_after().unwrap().as_secs() > 1_000_000_000);
}

#[tokio::test]
async fn a_byte_order_mark_before_the_envelope_is_ignored() {
    let body = format!("\u{feff}{}", example(Outcome::Enrolled));
    let enrolled = read(200, body).await.unwrap();
    assert_eq!(enrolled.outcome(), Outcome::Enrolled);
    let body = format!("\u{feff}{}", example(Outcome::ServerError));
    let error = read(500, body).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::ServerError));
    assert_eq!(error.stage(), face_search_enroll::Stage::Rejected);
}
