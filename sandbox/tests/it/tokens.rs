//! A sandbox with keys issues tokens, and takes no others.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use face_search_enroll::TokenOutcome;
use face_search_enroll_contract::Operation;
use face_search_enroll_sandbox::{Sandbox, SandboxBuilder, embedded_contract};
use face_search_enroll_test_support::operation;
use serde_json::{Value, json};

use crate::{JSON, call, enroll, exchange, send};

fn issuer() -> &'static Operation {
    operation("generateToken")
}

/// The text under `name` in the contract's worked example of a signature.
fn worked(name: &str) -> String {
    let mut fields = issuer().request.fields.iter();
    let signature = fields.find_map(|field| field.signature.as_ref()).unwrap();
    let mut example = signature.example.iter();
    example.find(|(key, _)| **key == name).unwrap().1.clone()
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_millis().try_into().unwrap()
}

/// A request that is signed as the contract's example is, with this period.
fn signed(period: i64) -> Value {
    json!({
        "accessKey": worked("accessKey"),
        "timestamp": worked("timestamp").parse::<i64>().unwrap(),
        "signature": worked("signature"),
        "periodSecond": period,
    })
}

/// A sandbox with the keys of the worked example, whose clock is this many seconds past its time.
fn at(seconds: i64) -> SandboxBuilder {
    let time: i64 = worked("timestamp").parse().unwrap();
    Sandbox::builder()
        .access_key("another-access-key", "another-secret-key")
        .access_key(worked("accessKey"), worked("secretKey"))
        .clock_offset((time - now()) / 1000 + seconds)
}

fn ask(sandbox: &Sandbox, body: &Value) -> Value {
    let body = body.to_string();
    let (status, answer) = send(sandbox, &issuer().method, &issuer().path, JSON, &body);
    assert_eq!(status, 200, "{answer}");
    serde_json::from_str(&answer).unwrap()
}

fn outcome(envelope: &Value) -> TokenOutcome {
    TokenOutcome::classify(
        envelope["code"].as_str().unwrap(),
        envelope["message"].as_str().unwrap(),
    )
}

/// The code of the answer to an enrollment with this token.
fn enroll_with(sandbox: &Sandbox, token: &str) -> Value {
    let header = enroll().token_header.as_ref().unwrap();
    let headers = format!("{JSON}{header}: {token}\r\n");
    let body = r#"{"signatureId":"a"}"#;
    let (_, answer) = send(sandbox, &enroll().method, &enroll().path, &headers, body);
    serde_json::from_str::<Value>(&answer).unwrap()["code"].clone()
}

#[test]
fn the_worked_example_of_the_contract_gets_a_token_that_is_taken() {
    let sandbox = at(0).start().unwrap();
    let first = ask(&sandbox, &signed(120));
    assert_eq!(outcome(&first), TokenOutcome::TokenIssued);
    let second = ask(&sandbox, &signed(120));
    let token = |answer: &Value| answer["data"]["token"].as_str().unwrap().to_owned();
    assert_ne!(token(&first), token(&second));
    let expiry = first["data"]["expiredTime"].as_i64().unwrap();
    let signed_at: i64 = worked("timestamp").parse().unwrap();
    assert!(
        (100_000..=140_000).contains(&(expiry - signed_at)),
        "{expiry}"
    );
    assert_eq!(enroll_with(&sandbox, &token(&first)), "SUCCESS");
    assert_eq!(call(&sandbox, JSON, "{}").1["code"], "IAM_FAILED");
}

#[test]
fn who_does_not_sign_well_gets_no_token() {
    let sandbox = at(0).start().unwrap();
    let change = |name: &str, value: Value| {
        let mut request = signed(120);
        request[name] = value;
        outcome(&ask(&sandbox, &request))
    };
    let unknown = "a-key-that-nobody-has".into();
    assert_eq!(change("accessKey", unknown), TokenOutcome::Unauthorized);
    assert_eq!(
        change("accessKey", "another-access-key".into()),
        TokenOutcome::WrongSignature
    );
    assert_eq!(
        change("signature", "0".repeat(64).into()),
        TokenOutcome::WrongSignature
    );
    assert_eq!(
        change("signature", Value::Null),
        TokenOutcome::MissingParameter
    );
    assert_eq!(
        change("signature", "0".into()),
        TokenOutcome::InvalidParameter
    );
    assert_eq!(
        change("periodSecond", 1.into()),
        TokenOutcome::InvalidParameter
    );
}

#[test]
fn a_time_beyond_the_tolerance_is_refused() {
    for (seconds, expected) in [
        (290, TokenOutcome::TokenIssued),
        (310, TokenOutcome::WrongTime),
        (-290, TokenOutcome::TokenIssued),
        (-310, TokenOutcome::WrongTime),
    ] {
        let sandbox = at(seconds).start().unwrap();
        assert_eq!(outcome(&ask(&sandbox, &signed(60))), expected, "{seconds}");
    }
}

#[test]
fn a_token_that_has_expired_is_refused() {
    let sandbox = at(0).token_life(Duration::ZERO).start().unwrap();
    let answer = ask(&sandbox, &signed(3600));
    let token = answer["data"]["token"].as_str().unwrap();
    assert_eq!(enroll_with(&sandbox, token), "IAM_FAILED");
}

#[test]
fn without_keys_a_request_that_is_well_formed_is_enough() {
    let sandbox = Sandbox::builder()
        .token_life(Duration::from_secs(7))
        .start()
        .unwrap();
    let before = now();
    let answer = ask(&sandbox, &signed(3600));
    assert_eq!(outcome(&answer), TokenOutcome::TokenIssued);
    let expiry = answer["data"]["expiredTime"].as_i64().unwrap();
    assert!((7_000..60_000).contains(&(expiry - before)), "{expiry}");
    assert_eq!(enroll_with(&sandbox, "any"), "SUCCESS");
    assert_eq!(
        outcome(&ask(&sandbox, &json!({}))),
        TokenOutcome::MissingParameter
    );
}

#[test]
fn the_date_is_that_of_the_sandboxs_clock() {
    let sandbox = at(0).start().unwrap();
    let answer = exchange(&sandbox, "GET", "/", "", "").to_lowercase();
    assert!(answer.contains("\r\ndate: mon, 17 oct 2022 "), "{answer}");
}

#[test]
fn a_clock_beyond_all_dates_does_no_harm() {
    for offset in [i64::MIN, i64::MAX] {
        let sandbox = Sandbox::builder().clock_offset(offset).start().unwrap();
        assert_eq!(enroll_with(&sandbox, "any"), "SUCCESS");
        ask(&sandbox, &signed(60));
    }
}

#[test]
fn an_observer_and_a_responder_see_which_operation_it_was() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (observed, received) = (Arc::clone(&seen), Arc::clone(&seen));
    let sandbox = Sandbox::builder()
        .observe(move |served| {
            let operation = served.operation().map(str::to_owned);
            observed.lock().unwrap().push(operation);
        })
        .start()
        .unwrap();
    sandbox.respond_with(move |request| {
        let operation = Some(request.operation().to_owned());
        received.lock().unwrap().push(operation);
        face_search_enroll_sandbox::Reply::usual()
    });
    ask(&sandbox, &signed(60));
    send(&sandbox, "GET", "/", "", "");
    let id = Some(issuer().id.value.clone());
    assert_eq!(*seen.lock().unwrap(), [id.clone(), id, None]);
}

#[test]
fn no_secret_is_shown() {
    let builder = Sandbox::builder().access_key("the-access-key", "the-secret-key");
    let shown = format!("{builder:?} {:?}", embedded_contract().map(|_| ()));
    assert!(!shown.contains("the-secret-key"), "{shown}");
}
