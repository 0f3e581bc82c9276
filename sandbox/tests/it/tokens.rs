//! A sandbox with keys issues tokens for them, and accepts no other tokens.

use std::{sync::Arc, time::Duration};

use face_search_enroll::{
    AccessToken, Client, Credentials, EnrollError, Outcome, RetryPolicy, TokenOutcome,
};
use face_search_enroll_sandbox::{Reply, Sandbox, SandboxBuilder};
use serde_json::{Value, json};

use crate::{
    CONTRACT, client, operation,
    sandbox::{JSON, send},
    token_header,
};

const ID: &str = "730baa5ab2e34e53";
const ACCESS_KEY: &str = "access-key";
const SECRET_KEY: &str = "secret-key-that-nobody-sees";

fn with_keys() -> SandboxBuilder {
    Sandbox::builder().access_key(ACCESS_KEY, SECRET_KEY)
}

fn client_with(sandbox: &Sandbox, access_key: &str, secret_key: &str) -> Client {
    Client::builder(sandbox)
        .credentials(Credentials::new(access_key, secret_key).unwrap())
        .retry(RetryPolicy::standard().initial_delay(Duration::ZERO))
        .build()
        .unwrap()
}

async fn token_outcome(client: &Client) -> Option<TokenOutcome> {
    match client.enroll(ID).await {
        Err(EnrollError::Token(no_token)) => no_token.token_error()?.outcome(),
        result => panic!("{result:?}"),
    }
}

#[tokio::test]
async fn known_keys_get_a_token_and_others_get_none() {
    let sandbox = with_keys().start().unwrap();
    client_with(&sandbox, ACCESS_KEY, SECRET_KEY)
        .enroll(ID)
        .await
        .unwrap();
    let wrong_secret = client_with(&sandbox, ACCESS_KEY, "another-secret");
    assert_eq!(
        token_outcome(&wrong_secret).await,
        Some(TokenOutcome::WrongSignature)
    );
    let wrong_key = client_with(&sandbox, "another-key", SECRET_KEY);
    assert_eq!(
        token_outcome(&wrong_key).await,
        Some(TokenOutcome::Unauthorized)
    );
    // A token that this sandbox has not issued.
    let error = client(&sandbox).enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Unauthorized));
}

#[tokio::test]
async fn without_keys_every_key_and_every_token_is_accepted() {
    let sandbox = Sandbox::start().unwrap();
    client_with(&sandbox, "any", "keys")
        .enroll("a")
        .await
        .unwrap();
    client(&sandbox).enroll("b").await.unwrap();
}

#[tokio::test]
async fn a_clock_that_differs_is_learned_by_the_client() {
    for seconds in [-86_400, -301, 301, 86_400] {
        let sandbox = with_keys().clock_offset(seconds).start().unwrap();
        client_with(&sandbox, ACCESS_KEY, SECRET_KEY)
            .enroll(ID)
            .await
            .unwrap();
        assert_eq!(sandbox.requests(), 3, "{seconds} s");
    }
    let sandbox = with_keys().clock_offset(-200).start().unwrap();
    client_with(&sandbox, ACCESS_KEY, SECRET_KEY)
        .enroll(ID)
        .await
        .unwrap();
    assert_eq!(sandbox.requests(), 2, "within the tolerance");
}

#[tokio::test]
async fn a_token_that_expired_is_refused_and_replaced() {
    let sandbox = with_keys().token_life(Duration::ZERO).start().unwrap();
    let client = client_with(&sandbox, ACCESS_KEY, SECRET_KEY);
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Unauthorized));

    let sandbox = with_keys()
        .token_life(Duration::from_secs(3600))
        .start()
        .unwrap();
    let client = client_with(&sandbox, ACCESS_KEY, SECRET_KEY);
    client.enroll(ID).await.unwrap();
    client.enroll("another").await.unwrap();
    assert_eq!(sandbox.requests(), 3, "one token for both");
}

/// Requests a token without the client.
fn issue(sandbox: &Sandbox, body: &Value) -> Value {
    let operation = CONTRACT.operation("generateToken").unwrap();
    let body = body.to_string();
    let (_, answer) = send(sandbox, &operation.method, &operation.path, JSON, &body);
    serde_json::from_str(&answer).unwrap()
}

#[test]
fn a_request_that_breaks_a_rule_is_answered_as_the_contract_says() {
    let sandbox = Sandbox::start().unwrap();
    let whole = CONTRACT
        .operation("generateToken")
        .unwrap()
        .request_examples[0]
        .body
        .value
        .clone();
    let issued = issue(&sandbox, &whole);
    assert_eq!(issued["code"], "SUCCESS");
    assert!(
        issued["data"]["token"]
            .as_str()
            .unwrap()
            .starts_with("sandbox-")
    );
    assert!(issued["data"]["expiredTime"].is_u64());
    let with = |field: &str, value: Value| {
        let mut body = whole.clone();
        body[field] = value;
        body
    };
    for (body, expected) in [
        (with("accessKey", json!("")), TokenOutcome::MissingParameter),
        (
            with("timestamp", json!(null)),
            TokenOutcome::MissingParameter,
        ),
        (
            with("timestamp", json!("1665993522952")),
            TokenOutcome::InvalidParameter,
        ),
        (
            with("timestamp", json!(1_665_993_522)),
            TokenOutcome::InvalidParameter,
        ),
        (
            with("signature", json!("abc")),
            TokenOutcome::InvalidParameter,
        ),
        (
            with("periodSecond", json!(59)),
            TokenOutcome::InvalidParameter,
        ),
    ] {
        let answer = issue(&sandbox, &body);
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        assert_eq!(
            TokenOutcome::classify(&text("code"), &text("message")),
            expected,
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_issued_token_works_in_another_program() {
    let sandbox = with_keys().start().unwrap();
    let (signed, _) = {
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        let timestamp = u64::try_from(now.as_millis()).unwrap();
        let body =
            json!({ "accessKey": ACCESS_KEY, "timestamp": timestamp, "signature": "0".repeat(64) });
        (issue(&sandbox, &body), timestamp)
    };
    assert_eq!(signed["code"], "PARAMETER_ERROR");

    let seen = Arc::new(std::sync::Mutex::new(None));
    let token = Arc::clone(&seen);
    sandbox.respond_with(move |request| {
        if request.operation() == operation().id.value {
            *token.lock().unwrap() = request.token().map(str::to_owned);
        }
        Reply::usual()
    });
    client_with(&sandbox, ACCESS_KEY, SECRET_KEY)
        .enroll("a")
        .await
        .unwrap();
    let token = seen.lock().unwrap().clone().unwrap();
    let client = Client::new(&sandbox, AccessToken::new(token).unwrap()).unwrap();
    client.enroll("b").await.unwrap();
    assert!(!token_header().is_empty());
}

#[tokio::test]
async fn many_calls_over_short_tokens_lose_nothing() {
    let sandbox = with_keys()
        .token_life(Duration::from_millis(300))
        .start()
        .unwrap();
    let client = client_with(&sandbox, ACCESS_KEY, SECRET_KEY);
    let started = tokio::time::Instant::now();
    let mut number = 0;
    while started.elapsed() < Duration::from_millis(1500) {
        client.enroll(&format!("id-{number}")).await.unwrap();
        number += 1;
    }
    assert_eq!(sandbox.enrolled().len(), number);
}

/// A responder may set the next replies.
#[tokio::test]
async fn a_responder_may_set_another_one_and_enqueue_replies() {
    let sandbox = Arc::new(Sandbox::start().unwrap());
    let inner = Arc::downgrade(&sandbox);
    sandbox.respond_with(move |_| {
        let sandbox = inner.upgrade().unwrap();
        sandbox.enqueue_reply(Reply::outcome(Outcome::SignatureNotFound));
        sandbox.respond_with(|_| Reply::outcome(Outcome::InsufficientBalance));
        Reply::outcome(Outcome::TransactionNotPassed)
    });
    let client = client(&*sandbox);
    for expected in [
        Outcome::TransactionNotPassed,
        Outcome::SignatureNotFound,
        Outcome::InsufficientBalance,
        Outcome::InsufficientBalance,
    ] {
        let error = client.enroll(ID).await.unwrap_err();
        assert_eq!(error.outcome(), Some(expected));
    }
}

#[test]
fn the_debug_output_of_a_sandbox_shows_no_key() {
    let shown = format!("{:?}", with_keys());
    assert!(
        !shown.contains(SECRET_KEY) && !shown.contains(ACCESS_KEY),
        "{shown}"
    );
}

#[test]
fn a_clock_beyond_all_dates_does_no_harm() {
    for seconds in [i64::MIN, -2_000_000_000, 300_000_000_000, i64::MAX] {
        let sandbox = Sandbox::builder().clock_offset(seconds).start().unwrap();
        let operation = CONTRACT.operation("generateToken").unwrap();
        let example = &operation.request_examples[0].body.value;
        assert_eq!(issue(&sandbox, example)["code"], "SUCCESS", "{seconds}");
    }
}
