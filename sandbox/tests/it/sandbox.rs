//! The sandbox answers any HTTP client according to the contract.

use std::{
    error::Error,
    io::{Read, Write},
    net::TcpStream,
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

use face_search_enroll::Outcome;
use face_search_enroll_sandbox::{Reply, Sandbox};
use serde_json::{Value, json};

use crate::{TOKEN, client, operation, token_header};

const ID: &str = "730baa5ab2e34e53";

/// Sends a raw request, and returns the status and the body of the answer.
pub(crate) fn send(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> (u16, String) {
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

/// Sends a request to the operation with additional headers.
fn call(sandbox: &Sandbox, headers: &str, body: &str) -> (u16, Value) {
    let operation = operation();
    let headers = format!("{}: {TOKEN}\r\n{headers}", token_header());
    let (status, body) = send(sandbox, &operation.method, &operation.path, &headers, body);
    (status, serde_json::from_str(&body).unwrap())
}

pub(crate) const JSON: &str = "Content-Type: application/json\r\n";

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
    assert_eq!(status, operation().status.value);
    let mut expected = operation().examples[0].body.value.clone();
    expected["data"]["signatureId"] = ID.into();
    expected["transactionId"] = envelope["transactionId"].clone();
    assert_eq!(envelope, expected);
}

#[test]
fn prefer_asks_for_any_example_and_status() {
    let sandbox = Sandbox::start().unwrap();
    let mut shown = Vec::new();
    let of_operation = |(id, ..): &(&str, &str, &str)| *id == operation().id.value;
    let examples: Vec<_> = sandbox.examples().filter(of_operation).collect();
    for (_, name, expected) in examples {
        let headers = format!("{JSON}Prefer: example={name}, code=503\r\n");
        let (status, envelope) = call(
            &sandbox,
            &headers,
            &json!({ "signatureId": ID }).to_string(),
        );
        assert_eq!(status, 503);
        assert_eq!(outcome(&envelope).as_str(), expected, "{name}");
        shown.push(expected);
    }
    for outcome in Outcome::ALL {
        assert!(
            shown.contains(&outcome.as_str()),
            "no example shows {outcome}"
        );
    }
    for example in &operation().examples {
        assert!(
            sandbox
                .examples()
                .any(|(_, name, _)| name == example.name.value)
        );
    }
    assert_eq!(sandbox.enrolled(), [""; 0]);
}

#[test]
fn the_error_for_an_unknown_example_lists_the_known_ones() {
    let sandbox = Sandbox::start().unwrap();
    let headers = format!("{JSON}Prefer: example=enroled\r\n");
    let (status, envelope) = call(&sandbox, &headers, "{}");
    assert_eq!((status, outcome(&envelope)), (400, Outcome::InvalidRequest));
    let extra = envelope["extra"].as_str().unwrap();
    assert!(
        extra.contains("\"enroled\"") && extra.contains("already-enrolled"),
        "{extra}"
    );
    let error = sandbox.example("enroled").unwrap_err().to_string();
    assert!(error.starts_with(extra.trim_end()), "{error}");
    assert!(error.contains("token-issued"), "{error}");
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
fn the_answer_to_a_wrong_path_or_method_names_the_right_one() {
    let sandbox = Sandbox::start().unwrap();
    let operation = operation();
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
fn a_token_is_required() {
    let sandbox = Sandbox::start().unwrap();
    let operation = operation();
    let body = json!({ "signatureId": ID }).to_string();
    for headers in [String::new(), format!("{}: \r\n", token_header())] {
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
async fn replies_are_used_in_order() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    sandbox.enqueue_reply(Reply::outcome(Outcome::Throttled));
    sandbox.enqueue_reply(sandbox.example("server-error").unwrap().status(500));
    sandbox.enqueue_reply(Reply::usual().status(201));

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
    sandbox.enqueue_reply(Reply::usual().delay(std::time::Duration::from_secs(3600)));
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
fn it_runs_without_an_async_runtime_and_next_to_other_sandboxes() {
    let first = Sandbox::start().unwrap();
    let second = Sandbox::start().unwrap();
    assert_ne!(first.address(), second.address());
    assert!(first.address().ip().is_loopback());
    call(&first, JSON, &json!({ "signatureId": ID }).to_string());
    assert!(first.is_enrolled(ID) && !second.is_enrolled(ID));
}

#[test]
fn the_same_seed_gives_the_same_failures() {
    let calls = |seed| {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        let sandbox = Sandbox::builder()
            .failures(0.5, seed)
            .observe(move |served| kept.lock().unwrap().push(served.status()))
            .start()
            .unwrap();
        let client = client(&sandbox);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let results: Vec<_> = (0..100)
            .map(|number| runtime.block_on(client.enroll(&number.to_string())).is_ok())
            .collect();
        drop(sandbox);
        let seen = seen.lock().unwrap().clone();
        (results, seen)
    };
    let (results, statuses) = calls(1);
    assert_eq!((&results, &statuses), (&calls(1).0, &calls(1).1));
    assert_ne!(results, calls(2).0);
    let failed = results.iter().filter(|is_ok| !**is_ok).count();
    assert!((30..70).contains(&failed), "{failed}");
    for status in [None, Some(200), Some(429), Some(500), Some(502), Some(503)] {
        assert!(statuses.contains(&status), "{status:?}");
    }
}

#[test]
fn a_share_of_zero_fails_no_request_and_a_share_of_one_fails_all() {
    for (share, ok) in [(0.0, true), (1.0, false)] {
        let sandbox = Sandbox::builder().failures(share, 1).start().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        for _ in 0..20 {
            let result = runtime.block_on(client(&sandbox).enroll(ID));
            let is_ok = result.map_or_else(
                |error| error.outcome() == Some(Outcome::AlreadyEnrolled),
                |_| true,
            );
            assert_eq!(is_ok, ok, "{share}");
        }
    }
}

#[tokio::test]
async fn each_request_takes_the_latency() {
    let range = Duration::from_millis(20)..=Duration::from_millis(40);
    let sandbox = Sandbox::builder().latency(range).start().unwrap();
    let started = Instant::now();
    client(&sandbox).enroll(ID).await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(20));
}

#[tokio::test]
async fn the_oldest_faces_are_forgotten_beyond_the_limit() {
    let sandbox = Sandbox::builder().face_limit(2).start().unwrap();
    let client = client(&sandbox);
    for id in ["a", "b", "c"] {
        client.enroll(id).await.unwrap();
    }
    assert_eq!(sandbox.enrolled(), ["b", "c"]);
    client.enroll("b").await.unwrap_err();
    client.enroll("a").await.unwrap();
    assert_eq!(sandbox.enrolled(), ["a", "c"]);
}

#[test]
fn documents_are_served_in_addition_to_the_operations() {
    let sandbox = Sandbox::builder()
        .document("/a.txt", "text/plain", "a text")
        .start()
        .unwrap();
    let get = |path| send(&sandbox, "GET", path, "", "");
    assert_eq!(get("/a.txt"), (200, "a text".to_owned()));
    assert_eq!(get("/b.txt").0, 404);
    let (status, body) = send(&sandbox, "PUT", "/a.txt", "", "");
    assert_eq!(status, 405);
    assert!(body.contains("use the method GET, HEAD"), "{body}");
}

#[test]
fn a_page_of_another_origin_may_call_it() {
    let sandbox = Sandbox::start().unwrap();
    let operation = operation();
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    let path = &*operation.path;
    let asked = format!(
        "OPTIONS {path} HTTP/1.1\r\nHost: sandbox\r\nOrigin: null\r\nAccess-Control-Request-Method: {}\r\nConnection: close\r\n\r\n",
        operation.method
    );
    stream.write_all(asked.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    let token_header = token_header().to_lowercase();
    for header in [
        "access-control-allow-origin: *".to_owned(),
        format!("access-control-allow-methods: {}", operation.method),
        format!("access-control-allow-headers: content-type, {token_header}, prefer"),
    ] {
        assert!(answer.contains(&format!("{header}\r\n")), "{answer}");
    }
}

#[test]
fn a_request_over_the_limit_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    let body = json!({ "signatureId": "x".repeat(1024 * 1024) }).to_string();
    let (status, envelope) = call(&sandbox, JSON, &body);
    assert_eq!(status, 413);
    assert_eq!(envelope["extra"], "send at most 1048576 bytes");
    let body = json!({ "signatureId": "x".repeat(1024 * 1023) }).to_string();
    assert_eq!(call(&sandbox, JSON, &body).0, 200);
}

#[test]
fn an_observer_sees_each_request_and_no_token() {
    let (sender, lines) = mpsc::channel();
    let sender = Mutex::new(sender);
    let sandbox = Sandbox::builder()
        .observe(move |served| {
            let line = format!("{served} | {served:?}");
            sender.lock().unwrap().send(line).unwrap();
        })
        .start()
        .unwrap();
    let body = json!({ "signatureId": "a\nb" }).to_string();
    call(&sandbox, JSON, &body);
    let line = lines.recv().unwrap();
    let path = &*operation().path;
    assert!(
        line.starts_with(&format!("POST {path} 200 Enrolled a\\nb ")),
        "{line}"
    );
    assert!(!line.contains(TOKEN), "{line}");
}

#[tokio::test]
async fn running_requests_are_answered_during_a_shutdown() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    // An idle connection.
    client.enroll("before").await.unwrap();
    sandbox.enqueue_reply(Reply::usual().delay(Duration::from_millis(100)));
    let call = tokio::spawn({
        let client = client.clone();
        async move { client.enroll(ID).await }
    });
    while sandbox.requests() < 2 {
        tokio::task::yield_now().await;
    }
    let address = sandbox.address();
    let stopped = tokio::task::spawn_blocking(|| sandbox.shut_down(Duration::from_secs(60)));
    call.await.unwrap().unwrap();
    stopped.await.unwrap();
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn a_shutdown_does_not_wait_forever() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    sandbox.enqueue_reply(Reply::usual().delay(Duration::from_secs(3600)));
    let call = tokio::spawn(async move { client.enroll(ID).await });
    while sandbox.requests() < 1 {
        tokio::task::yield_now().await;
    }
    let stop = move || sandbox.shut_down(Duration::from_millis(10));
    tokio::task::spawn_blocking(stop).await.unwrap();
    call.await.unwrap().unwrap_err();
}

#[tokio::test]
async fn a_client_calls_it_on_loopback_even_if_it_listens_elsewhere() {
    let sandbox = Sandbox::builder()
        .listen(([0, 0, 0, 0], 0).into())
        .start()
        .unwrap();
    let endpoint = face_search_enroll::Endpoint::from(&sandbox);
    let port = sandbox.address().port();
    assert_eq!(endpoint.base_url(), format!("http://127.0.0.1:{port}"));
    client(&sandbox).enroll(ID).await.unwrap();
}

#[test]
fn odd_settings_do_no_harm() {
    let odd = ["x", "", "/{a}", "/{b}", "/:a", "/*a", "/twice", "/twice"];
    let mut builder = Sandbox::builder()
        .face_limit(0)
        .failures(f64::NAN, 1)
        .latency(Duration::ZERO..=Duration::ZERO);
    for path in odd {
        builder = builder.document(path, "text/plain", path);
    }
    let sandbox = builder.start().unwrap();
    assert_eq!(
        send(&sandbox, "GET", "/:a", "", ""),
        (200, "/:a".to_owned())
    );
    assert_eq!(send(&sandbox, "GET", "/twice", "", "").0, 200);
    let body = json!({ "signatureId": ID }).to_string();
    for _ in 0..2 {
        let (_, envelope) = call(&sandbox, JSON, &body);
        assert_eq!(outcome(&envelope), Outcome::Enrolled, "no face is kept");
    }
    assert!(sandbox.enrolled().is_empty());
}

#[tokio::test]
async fn a_cut_answer_breaks_off_in_its_body() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::cut());
    let error = client(&sandbox).enroll(ID).await.unwrap_err();
    assert_eq!(error.http_status(), Some(200));
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains(&sandbox.base_url()), "{cause}");
    assert!(sandbox.is_enrolled(ID));
}

/// A server whose behaviour changes while it answers.
#[tokio::test]
async fn a_responder_may_set_another_one() {
    let sandbox = Arc::new(Sandbox::start().unwrap());
    let inner = Arc::downgrade(&sandbox);
    sandbox.respond_with(move |_| {
        let sandbox = inner.upgrade().unwrap();
        sandbox.respond_with(|_| Reply::outcome(Outcome::Throttled));
        sandbox.enqueue_reply(Reply::outcome(Outcome::ServerError));
        Reply::usual()
    });
    let client = client(&*sandbox);
    client.enroll(ID).await.unwrap();
    for outcome in [Outcome::ServerError, Outcome::Throttled, Outcome::Throttled] {
        let error = client.enroll(ID).await.unwrap_err();
        assert_eq!(error.outcome(), Some(outcome));
    }
}
