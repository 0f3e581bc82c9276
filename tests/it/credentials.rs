//! Calls with the two keys of an account: how tokens are issued, cached, renewed and refused.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use face_search_enroll::{
    Client, ClientBuilder, Credentials, Endpoint, EnrollError, RetryPolicy, TokenOutcome,
};
use face_search_enroll_contract::{Operation, Signature};
use serde_json::{Value, json};

use crate::{
    CONTRACT, at_once, operation,
    server::{Request, Server, http},
    token_header,
};

const ACCESS_KEY: &str = "test-access-key";
const SECRET_KEY: &str = "test-secret-key-that-must-never-be-seen";
const ID: &str = "730baa5ab2e34e53";

fn token_operation() -> &'static Operation {
    CONTRACT.operation("generateToken").unwrap()
}

fn credentials() -> Credentials {
    Credentials::new(ACCESS_KEY, SECRET_KEY).unwrap()
}

fn with_keys(endpoint: impl Into<Endpoint>) -> ClientBuilder {
    Client::builder(endpoint)
        .credentials(credentials())
        .retry(at_once())
}

/// The answer of the token operation with this outcome.
fn answer(outcome: TokenOutcome) -> Value {
    let answers = token_operation().answers();
    let answer = answers
        .iter()
        .find(|answer| answer.outcome == outcome.as_str());
    answer.unwrap().body.clone()
}

fn issued(token: &str, expiry: SystemTime) -> Value {
    let mut body = answer(TokenOutcome::TokenIssued);
    let expiry = expiry.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    body["data"] = json!({
        "token": token,
        "expiredTime": u64::try_from(expiry.as_millis()).unwrap(),
    });
    body
}

/// A server that answers requests for tokens with `tokens`, which gets the number of the request,
/// and enrolls for every other request. Also returns the requests.
fn server(
    tokens: impl Fn(usize, &Request) -> (Value, SystemTime) + Send + Sync + 'static,
) -> (Server, Arc<Mutex<Vec<Request>>>) {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    let server = Server::responding(move |request| {
        let mut requests = seen.lock().unwrap();
        let of_tokens = |request: &&Request| request.path() == &*token_operation().path.value;
        let number = requests.iter().filter(of_tokens).count() + 1;
        let is_for_token = of_tokens(&request);
        requests.push(request.clone());
        drop(requests);
        let (body, date) = if is_for_token {
            tokens(number, request)
        } else {
            (
                operation().examples[0].body.value.clone(),
                SystemTime::now(),
            )
        };
        let date = format!("Date: {}\r\n", httpdate::fmt_http_date(date));
        http("200 OK", &date, &body.to_string())
    });
    (server, requests)
}

fn in_an_hour() -> SystemTime {
    SystemTime::now() + Duration::from_secs(3600)
}

/// The body of the request with this number, from 0.
fn body(requests: &Mutex<Vec<Request>>, number: usize) -> Value {
    serde_json::from_str(&requests.lock().unwrap()[number].body).unwrap()
}

#[tokio::test]
async fn a_call_gets_its_token_from_the_server_that_it_calls() {
    let (server, requests) =
        server(|_, _| (issued("issued-token", in_an_hour()), SystemTime::now()));
    let client = with_keys(server.endpoint()).build().unwrap();
    for _ in 0..3 {
        client.enroll(ID).await.unwrap();
    }
    let seen = requests.lock().unwrap().clone();
    let paths: Vec<_> = seen.iter().map(Request::path).collect();
    let (of_tokens, of_calls) = (&*token_operation().path.value, &*operation().path.value);
    assert_eq!(paths, [of_tokens, of_calls, of_calls, of_calls]);
    for request in &seen[1..] {
        assert_eq!(request.header(token_header()), Some("issued-token"));
    }

    // The request for the token has no token, and is signed.
    let request = &seen[0];
    assert_eq!(request.header(token_header()), None);
    assert!(!request.body.contains(SECRET_KEY));
    let body = body(&requests, 0);
    let members: Vec<_> = body.as_object().unwrap().keys().collect();
    let fields = token_operation().request.fields.iter();
    let mut fields: Vec<_> = fields.map(|field| &field.name.value).collect();
    fields.sort_by_key(|name| members.iter().position(|member| member == name));
    assert_eq!(members, fields);
    for field in &token_operation().request.fields {
        field.check(&body[&*field.name.value]).unwrap();
    }
    let timestamp = body["timestamp"].as_i64().unwrap();
    assert_eq!(
        body["signature"],
        signature(ACCESS_KEY, SECRET_KEY, timestamp)
    );
    assert_eq!(body["periodSecond"], 3600);
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let age = i64::try_from(now.as_millis()).unwrap() - timestamp;
    assert!((0..60_000).contains(&age), "{age}");
}

/// The signature, from an independent implementation.
fn signature(access_key: &str, secret_key: &str, timestamp: i64) -> String {
    let text = format!("{access_key}{secret_key}{timestamp}");
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let digits = digest.as_ref().iter();
    digits.fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[test]
fn the_signature_of_the_worked_example_is_right() {
    let fields = token_operation().request.fields.iter();
    let mut signatures = fields.filter_map(|field| Some((field, field.signature.as_ref()?)));
    let (field, Signature { example, .. }) = signatures.next().unwrap();
    let text = |name: &str| {
        let mut example = example.iter();
        let found = example.find(|(known, _)| known.value == name);
        found.map(|(_, text)| text.as_str()).unwrap()
    };
    let timestamp = text("timestamp").parse().unwrap();
    let signature = signature(text("accessKey"), text("secretKey"), timestamp);
    assert_eq!(signature, text(&field.name));
}

/// Signatures match an independent implementation for keys of any characters.
#[tokio::test]
async fn signatures_match_an_independent_implementation() {
    let key = |mut random: fastrand::Rng| -> String {
        let length = random.usize(1..80);
        let character = || random.char('!'..='~');
        std::iter::repeat_with(character)
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .take(length)
            .collect()
    };
    let (server, requests) =
        server(|_, _| (answer(TokenOutcome::WrongSignature), SystemTime::now()));
    for number in 0..40 {
        let access_key = key(fastrand::Rng::with_seed(number));
        let secret_key = key(fastrand::Rng::with_seed(1000 + number));
        let credentials = Credentials::new(&access_key, &secret_key).unwrap();
        let client = Client::builder(server.endpoint()).credentials(credentials);
        let client = client.retry(RetryPolicy::never()).build().unwrap();
        client.enroll(ID).await.unwrap_err();
        let sent = body(&requests, usize::try_from(number).unwrap());
        assert_eq!(sent["accessKey"], access_key);
        let timestamp = sent["timestamp"].as_i64().unwrap();
        assert_eq!(
            sent["signature"],
            signature(&access_key, &secret_key, timestamp)
        );
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let refused = operation().answers();
    let refused = refused
        .iter()
        .find(|answer| answer.outcome == "Unauthorized")
        .unwrap()
        .clone();
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    let server = Server::responding(move |request| {
        let body = match request.header(token_header()) {
            None => issued(
                &format!("token-{}", seen.lock().unwrap().len()),
                in_an_hour(),
            ),
            Some("token-0") => refused.body.clone(),
            Some(_) => operation().examples[0].body.value.clone(),
        };
        seen.lock()
            .unwrap()
            .push(request.header(token_header()).map(str::to_owned));
        http("200 OK", "", &body.to_string())
    });
    let client = with_keys(server.endpoint()).build().unwrap();
    let enrolled = client.enroll(ID).await.unwrap();
    assert_eq!(enrolled.attempts(), 2);
    let tokens = requests.lock().unwrap().clone();
    let expected = [None, Some("token-0"), None, Some("token-2")];
    assert_eq!(tokens, expected.map(|token| token.map(str::to_owned)));
}

/// Only the clock of the server decides how long a token is valid.
#[tokio::test]
async fn a_wrong_local_clock_does_not_expire_a_token() {
    for wrong in [-86_400_i64, 86_400] {
        let server_time = move || {
            let now = SystemTime::now();
            let by = Duration::from_secs(wrong.unsigned_abs());
            if wrong < 0 { now - by } else { now + by }
        };
        let (server, requests) = server(move |_, _| {
            let expiry = server_time() + Duration::from_secs(3600);
            (issued("issued-token", expiry), server_time())
        });
        let client = with_keys(server.endpoint()).build().unwrap();
        client.enroll(ID).await.unwrap();
        client.enroll(ID).await.unwrap();
        assert_eq!(
            requests.lock().unwrap().len(),
            3,
            "one token for both calls"
        );
    }
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_from_the_server_and_the_request_retried_once() {
    let ahead = Duration::from_secs(86_400);
    let (server, requests) = server(move |_, request| {
        let now = SystemTime::now() + ahead;
        let sent: Value = serde_json::from_str(&request.body).unwrap();
        let sent = Duration::from_millis(sent["timestamp"].as_u64().unwrap());
        let sent = SystemTime::UNIX_EPOCH + sent;
        let is_right = now
            .duration_since(sent)
            .is_ok_and(|age| age < Duration::from_secs(300));
        let body = if is_right {
            issued("issued-token", now + Duration::from_secs(3600))
        } else {
            answer(TokenOutcome::WrongTime)
        };
        (body, now)
    });
    let client = with_keys(server.endpoint()).build().unwrap();
    client.enroll(ID).await.unwrap();
    assert_eq!(requests.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_clock_that_stays_wrong_is_reported_with_its_difference() {
    let behind = Duration::from_secs(5000);
    let (server, requests) =
        server(move |_, _| (answer(TokenOutcome::WrongTime), SystemTime::now() - behind));
    let client = with_keys(server.endpoint()).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(
        requests.lock().unwrap().len(),
        2,
        "once more, with the server's time"
    );
    assert_eq!(token_outcome(&error), Some(TokenOutcome::WrongTime));
    let cause = crate::causes(&error);
    let difference = cause.contains("s ahead of that of the server") && cause.contains(" 5000 s ")
        || cause.contains(" 5001 s ");
    assert!(difference, "{cause}");
    assert!(!error.is_retryable());
}

fn token_outcome(error: &EnrollError) -> Option<TokenOutcome> {
    let EnrollError::Token(no_token) = error else {
        panic!("{error}");
    };
    no_token.token_error().unwrap().outcome()
}

#[tokio::test]
async fn a_wrong_secret_never_loops() {
    let (server, requests) =
        server(|_, _| (answer(TokenOutcome::WrongSignature), SystemTime::now()));
    let client = with_keys(server.endpoint()).build().unwrap();
    for _ in 0..5 {
        let error = client.enroll(ID).await.unwrap_err();
        assert_eq!(token_outcome(&error), Some(TokenOutcome::WrongSignature));
        assert!(!error.is_retryable());
        assert!(!error.may_have_enrolled());
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(requests.lock().unwrap().len(), 1);
}

/// A failed request for a token is retried in the same way as a call.
#[tokio::test]
async fn a_server_that_fails_is_asked_again_with_a_new_signature() {
    let (server, requests) = server(|number, _| {
        let body = match number {
            1 => json!({ "code": "RETRY_LATER" }),
            _ => issued("issued-token", in_an_hour()),
        };
        (body, SystemTime::now())
    });
    let client = with_keys(server.endpoint()).build().unwrap();
    client.enroll(ID).await.unwrap();
    let (first, second) = (body(&requests, 0), body(&requests, 1));
    assert!(first["timestamp"].as_i64() <= second["timestamp"].as_i64());
    for sent in [first, second] {
        let timestamp = sent["timestamp"].as_i64().unwrap();
        assert_eq!(
            sent["signature"],
            signature(ACCESS_KEY, SECRET_KEY, timestamp)
        );
    }
}

#[tokio::test]
async fn an_answer_without_a_token_is_an_error_and_odd_fields_are_accepted() {
    let odd = |data: Value| {
        let mut body = answer(TokenOutcome::TokenIssued);
        body["data"] = data;
        body
    };
    for (data, works) in [
        (json!(null), false),
        (json!({}), false),
        (json!("a-token"), false),
        (json!({ "token": "" }), false),
        (json!({ "token": "with space" }), false),
        (json!({ "token": "issued-token" }), true),
        (
            json!({ "token": "issued-token", "expiredTime": null }),
            true,
        ),
        (
            json!({ "token": "issued-token", "expiredTime": "soon" }),
            true,
        ),
        (
            json!({ "token": "issued-token", "expiredTime": { "at": 1 } }),
            true,
        ),
        (
            json!({ "token": "issued-token", "expiredTime": "9999999999999" }),
            true,
        ),
    ] {
        let body = odd(data.clone());
        let (server, _) = server(move |_, _| (body.clone(), SystemTime::now()));
        let client = with_keys(server.endpoint()).build().unwrap();
        let result = client.enroll(ID).await;
        assert_eq!(result.is_ok(), works, "{data}: {result:?}");
    }
}

#[tokio::test]
async fn many_calls_renew_a_short_token_one_at_a_time() {
    let under_way = Arc::new(Mutex::new(0_u32));
    let counter = Arc::clone(&under_way);
    let (server, requests) = server(move |number, _| {
        let mut under_way = counter.lock().unwrap();
        *under_way += 1;
        assert_eq!(*under_way, 1, "one renewal at a time");
        *under_way -= 1;
        let expiry = SystemTime::now() + Duration::from_secs(60);
        (
            issued(&format!("issued-token-{number}"), expiry),
            SystemTime::now(),
        )
    });
    let client = with_keys(server.endpoint()).build().unwrap();
    let calls: Vec<_> = (0..1000)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.enroll(&format!("id-{number}")).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let requests = requests.lock().unwrap();
    let of_tokens = requests
        .iter()
        .filter(|request| request.path() == &*token_operation().path.value);
    assert_eq!(of_tokens.count(), 1);
}

#[test]
fn invalid_keys_and_periods_are_refused_without_showing_them() {
    for (access_key, secret_key, says) in [
        ("", "secret", "the access key is blank"),
        ("key", " \t", "the secret key is blank"),
        ("two keys", "secret", "the access key has a character"),
        (
            "key",
            "sec\u{0}ret",
            "the secret key has a character that is not visible ASCII",
        ),
    ] {
        let error = Credentials::new(access_key, secret_key)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(says), "{error}");
        assert!(!error.contains("sec\u{0}") && !error.contains("two keys"));
    }
    let field = token_operation().request.field("periodSecond").unwrap();
    let seconds = |seconds: i64| Duration::from_secs(u64::try_from(seconds).unwrap());
    let (least, most) = (field.minimum.unwrap(), field.maximum.unwrap());
    for good in [least, most] {
        assert!(credentials().period(seconds(good)).is_ok());
    }
    for bad in [
        Duration::ZERO,
        seconds(least - 1),
        seconds(most + 1),
        Duration::MAX,
    ] {
        let error = credentials().period(bad).unwrap_err().to_string();
        assert!(error.contains("; pass at "), "{error}");
    }
    assert_eq!(format!("{:?}", credentials()), "Credentials(…)");
}

#[tokio::test]
async fn the_request_asks_for_the_configured_period() {
    let (server, requests) =
        server(|_, _| (issued("issued-token", in_an_hour()), SystemTime::now()));
    let credentials = credentials().period(Duration::from_secs(120)).unwrap();
    let client = Client::builder(server.endpoint())
        .credentials(credentials)
        .build()
        .unwrap();
    client.enroll(ID).await.unwrap();
    assert_eq!(body(&requests, 0)["periodSecond"], 120);
}

/// If a server echoes the request, neither a key nor the signature appears in the error.
#[tokio::test]
async fn no_error_shows_what_an_answer_echoes() {
    let (server, requests) = server(|_, request| {
        let echo = format!("{} {:?}", request.body, request.headers);
        let body = json!({ "code": "PARAMETER_ERROR", "message": echo, "extra": echo });
        (body, SystemTime::now())
    });
    let client = with_keys(server.endpoint()).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    let signature = body(&requests, 0)["signature"].as_str().unwrap().to_owned();
    let shown = format!(
        "{error} {error:?} {error:#?} {} {client:?}",
        crate::causes(&error)
    );
    for secret in [ACCESS_KEY, SECRET_KEY, &signature] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn an_unreachable_token_operation_is_reported() {
    let endpoint = Endpoint::custom("http://127.0.0.1:1").unwrap();
    let client = with_keys(endpoint).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    assert!(error.is_retryable());
    let EnrollError::Token(no_token) = &error else {
        panic!("{error}");
    };
    let token_error = no_token.token_error().unwrap();
    assert_eq!(token_error.attempts(), 3);
    assert!(
        token_error
            .to_string()
            .ends_with("(attempt 3); a retry can help"),
        "{token_error}"
    );
}

/// A token in an answer that is not an envelope, and one whose expiry cannot be read.
#[tokio::test]
async fn an_answer_without_an_envelope_does_not_show_its_token() {
    let (server, _) = server(|_, _| {
        let body = json!({ "token": "issued-token-that-nobody-sees", "expiredTime": 1 });
        (body, SystemTime::now())
    });
    let client = with_keys(server.endpoint()).build().unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    let shown = format!("{error} {error:?} {}", crate::causes(&error));
    assert!(!shown.contains("issued-token-that"), "{shown}");
    assert!(shown.contains("could not read the answer"), "{shown}");
}

/// Without a `Date` header, a token is used for the requested lifetime, even if the clock is wrong.
#[tokio::test]
async fn without_the_servers_time_a_token_is_used_for_the_requested_period() {
    for expiry in [1, 9_999_999_999_999_u64] {
        let count = Arc::new(Mutex::new(0));
        let counter = Arc::clone(&count);
        let server = Server::responding(move |request| {
            let body = if request.header(token_header()).is_some() {
                operation().examples[0].body.value.clone()
            } else {
                *counter.lock().unwrap() += 1;
                let mut body = answer(TokenOutcome::TokenIssued);
                body["data"] = json!({ "token": "issued-token", "expiredTime": expiry });
                body
            };
            http("200 OK", "", &body.to_string())
        });
        let client = with_keys(server.endpoint()).build().unwrap();
        for _ in 0..3 {
            client.enroll(ID).await.unwrap();
        }
        assert_eq!(*count.lock().unwrap(), 1, "{expiry}");
    }
}

/// A refusal that a retry cannot change is not requested again and again.
#[tokio::test]
async fn an_unlisted_refusal_is_also_remembered() {
    let (server, requests) = server(|_, _| {
        let body = json!({ "code": "PARAMETER_ERROR", "message": "Signature is wrong" });
        (body, SystemTime::now())
    });
    let client = with_keys(server.endpoint()).build().unwrap();
    for _ in 0..3 {
        client.enroll(ID).await.unwrap_err();
    }
    assert_eq!(requests.lock().unwrap().len(), 1);
}
