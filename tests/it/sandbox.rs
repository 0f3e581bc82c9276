//! The sandbox answers as the contract says, to any HTTP client.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use face_search_enroll::{Outcome, Sandbox, sandbox::Reply};
use serde_json::{Value, json};

use crate::{CONTRACT, TOKEN, client};

const ID: &str = "730baa5ab2e34e53";

/// Sends a request as it is, and gives the status and the body.
fn send(sandbox: &Sandbox, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let body = answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    (status, body)
}

/// Sends the operation with these further headers.
fn call(sandbox: &Sandbox, headers: &str, body: &str) -> (u16, Value) {
    let operation = &CONTRACT.operation;
    let headers = format!("{}: {TOKEN}\r\n{headers}", operation.token_header);
    let (status, body) = send(sandbox, &operation.method, &operation.path, &headers, body);
    (status, serde_json::from_str(&body).unwrap())
}

const JSON: &str = "Content-Type: application/json\r\n";

fn outcome(envelope: &Value) -> Outcome {
    Outcome::classify(
        envelope["code"].as_str().unwrap(),
        envelope["message"].as_str().unwrap(),
    )
}

#[tokio::test]
async fn the_first_call_enrolls_and_the_second_finds_it_enrolled() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    assert!(!sandbox.is_enrolled(ID));

    let enrolled = client.enroll(ID).await.unwrap();
    assert_eq!(enrolled.signature_id(), ID);
    assert!(sandbox.is_enrolled(ID));

    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::AlreadyEnrolled));
    assert_ne!(error.transaction_id(), enrolled.transaction_id());
    assert_eq!(sandbox.enrolled(), [ID]);
    assert_eq!(sandbox.requests(), 2);
}

#[test]
fn an_answer_has_the_members_of_the_contracts_example() {
    let sandbox = Sandbox::start().unwrap();
    let (status, envelope) = call(&sandbox, JSON, &json!({ "signatureId": ID }).to_string());
    assert_eq!(status, CONTRACT.operation.status.value);
    let mut expected = CONTRACT.examples[0].body.value.clone();
    expected["data"]["signatureId"] = ID.into();
    expected["transactionId"] = envelope["transactionId"].clone();
    assert_eq!(envelope, expected);
}

#[test]
fn prefer_asks_for_any_example_and_status() {
    let sandbox = Sandbox::start().unwrap();
    let mut shown = Vec::new();
    for (name, expected) in Sandbox::examples() {
        let headers = format!("{JSON}Prefer: example={name}, code=503\r\n");
        let (status, envelope) = call(
            &sandbox,
            &headers,
            &json!({ "signatureId": ID }).to_string(),
        );
        assert_eq!(status, 503);
        assert_eq!(outcome(&envelope), expected, "{name}");
        shown.push(expected);
    }
    for outcome in Outcome::ALL {
        assert!(shown.contains(outcome), "no example shows {outcome}");
    }
    for example in &CONTRACT.examples {
        assert!(Sandbox::examples().any(|(name, _)| name == example.name.value));
    }
    assert_eq!(sandbox.enrolled(), [""; 0]);
}

#[test]
fn an_unknown_example_lists_those_that_there_are() {
    let sandbox = Sandbox::start().unwrap();
    let headers = format!("{JSON}Prefer: example=enroled\r\n");
    let (status, envelope) = call(&sandbox, &headers, "{}");
    assert_eq!((status, outcome(&envelope)), (400, Outcome::InvalidRequest));
    let extra = envelope["extra"].as_str().unwrap();
    assert!(
        extra.contains("\"enroled\"") && extra.contains("already-enrolled"),
        "{extra}"
    );
    let error = Reply::example("enroled").unwrap_err();
    assert_eq!(error.to_string(), extra);
}

#[test]
fn a_request_that_is_wrong_is_answered_as_the_contract_says() {
    let sandbox = Sandbox::start().unwrap();
    for (body, expected) in [
        ("", Outcome::InvalidParameter),
        ("{", Outcome::InvalidParameter),
        ("[]", Outcome::InvalidParameter),
        ("{\"signatureId\":7}", Outcome::InvalidParameter),
        ("{}", Outcome::MissingParameter),
        ("{\"signatureId\":null}", Outcome::MissingParameter),
        ("{\"signatureId\":\"\"}", Outcome::MissingParameter),
        ("{\"signatureId\":\"  \"}", Outcome::MissingParameter),
    ] {
        let (status, envelope) = call(&sandbox, JSON, body);
        assert_eq!((status, outcome(&envelope)), (200, expected), "{body}");
    }
    let (status, envelope) = call(&sandbox, "Content-Type: text/plain\r\n", "{}");
    assert_eq!((status, outcome(&envelope)), (415, Outcome::InvalidRequest));
    assert_eq!(sandbox.enrolled(), [""; 0]);
}

#[test]
fn a_wrong_path_or_method_says_the_right_one() {
    let sandbox = Sandbox::start().unwrap();
    let operation = &CONTRACT.operation;
    let (status, body) = send(&sandbox, &operation.method, "/elsewhere", "", "");
    assert_eq!(status, 404);
    assert!(
        body.contains(&*operation.path.value) && body.contains("404"),
        "{body}"
    );
    let (status, body) = send(&sandbox, "GET", &operation.path, "", "");
    assert_eq!(status, 405);
    assert!(
        body.contains(&*operation.method.value) && body.contains("405"),
        "{body}"
    );
}

#[test]
fn a_token_is_demanded() {
    let sandbox = Sandbox::start().unwrap();
    let operation = &CONTRACT.operation;
    let body = json!({ "signatureId": ID }).to_string();
    for headers in [String::new(), format!("{}: \r\n", operation.token_header)] {
        for prefer in ["", "Prefer: example=enrolled\r\n"] {
            let headers = format!("{JSON}{headers}{prefer}");
            let (_, answer) = send(
                &sandbox,
                &operation.method,
                &operation.path,
                &headers,
                &body,
            );
            let envelope: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(outcome(&envelope), Outcome::Unauthorized);
        }
    }
    assert!(!sandbox.is_enrolled(ID));
}

#[tokio::test]
async fn replies_are_used_in_their_order() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    sandbox.next(Reply::outcome(Outcome::Throttled));
    sandbox.next(Reply::example("server-error").unwrap().status(500));
    sandbox.next(Reply::usual().status(201));

    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(error.outcome(), Some(Outcome::Throttled));
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(
        (error.outcome(), error.http_status()),
        (Some(Outcome::ServerError), Some(500))
    );
    assert_eq!(client.enroll(ID).await.unwrap().http_status(), 201);
}

#[tokio::test]
async fn dropping_it_ends_connections_and_frees_the_port() {
    let sandbox = Sandbox::start().unwrap();
    let address = sandbox.address();
    let client = client(&sandbox);
    client.enroll(ID).await.unwrap();
    sandbox.next(Reply::usual().delay(std::time::Duration::from_secs(3600)));
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { client.enroll("waits").await }
    });
    while sandbox.requests() < 2 {
        tokio::task::yield_now().await;
    }

    drop(sandbox);

    let error = waiting.await.unwrap().unwrap_err();
    assert!(
        matches!(error, face_search_enroll::EnrollError::NoAnswer(_)),
        "{error}"
    );
    std::net::TcpListener::bind(address).expect("the port is free again");
}

#[test]
fn it_runs_without_an_async_runtime_and_beside_others() {
    let first = Sandbox::start().unwrap();
    let second = Sandbox::start().unwrap();
    assert_ne!(first.address(), second.address());
    assert!(first.address().ip().is_loopback());
    call(&first, JSON, &json!({ "signatureId": ID }).to_string());
    assert!(first.is_enrolled(ID) && !second.is_enrolled(ID));
}
