//! Calls without a whole answer say whether the request may have been received.

use std::{net::Ipv4Addr, time::Duration};

use face_search_enroll::{AccessToken, Client, Endpoint, EnrollError, Sandbox, sandbox::Reply};

use crate::{
    CONTRACT, TOKEN, client,
    server::{Server, http},
};

const ID: &str = "730baa5ab2e34e53";

#[tokio::test]
async fn a_refused_connection_was_not_received() {
    // A port that is held, and that nobody listens on.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let address = socket.local_addr().unwrap();
    let endpoint = Endpoint::custom(&format!("http://{address}")).unwrap();

    let error = client(endpoint).enroll(ID).await.unwrap_err();

    assert!(matches!(error, EnrollError::Connect(_)), "{error}");
    assert!(error.is_retryable() && !error.may_have_enrolled());
    assert_eq!(
        (error.outcome(), error.http_status(), error.attempts()),
        (None, None, 1)
    );
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_name_that_does_not_resolve_was_not_received() {
    let endpoint = Endpoint::custom("https://no-such-host.invalid").unwrap();
    let error = client(endpoint).enroll(ID).await.unwrap_err();
    assert!(matches!(error, EnrollError::Connect(_)), "{error}");
    assert!(!error.may_have_enrolled());
}

#[tokio::test]
async fn plain_http_on_a_tls_port_was_not_received() {
    let sandbox = Sandbox::start().unwrap();
    let endpoint = Endpoint::custom(&format!("https://{}", sandbox.address())).unwrap();
    let error = client(endpoint).enroll(ID).await.unwrap_err();
    assert!(matches!(error, EnrollError::Connect(_)), "{error}");
    assert_eq!(sandbox.requests(), 0);
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_may_have_been_received() {
    let whole = http("200 OK", "", &CONTRACT.examples[0].body.to_string());
    let head = whole.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    for length in [0, 1, 12, head - 1, head, head + 1, whole.len() - 1] {
        let server = Server::answering([&whole[..length]]);

        let error = client(server.endpoint()).enroll(ID).await.unwrap_err();

        let EnrollError::NoAnswer(no_answer) = &error else {
            panic!("after {length} bytes: {error}");
        };
        assert!(!no_answer.timed_out);
        assert_eq!(
            no_answer.http_status,
            (length >= head).then_some(200),
            "after {length} bytes"
        );
        assert!(
            error.is_retryable() && error.may_have_enrolled(),
            "after {length} bytes"
        );
    }
}

#[tokio::test]
async fn a_time_out_may_have_been_received() {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::builder(&sandbox)
        .access_token(AccessToken::new(TOKEN).unwrap())
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    sandbox.next(Reply::usual().delay(Duration::from_secs(3600)));

    let error = client.enroll(ID).await.unwrap_err();

    assert!(
        matches!(&error, EnrollError::NoAnswer(no_answer) if no_answer.timed_out),
        "{error}"
    );
    assert!(error.is_retryable() && error.may_have_enrolled());
}

#[tokio::test]
async fn a_lost_answer_may_have_been_received_and_a_repeated_call_tells() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);

    sandbox.next(Reply::refused());
    let error = client.enroll(ID).await.unwrap_err();
    assert!(error.may_have_enrolled());
    assert!(!sandbox.is_enrolled(ID));

    sandbox.next(Reply::lost());
    let error = client.enroll(ID).await.unwrap_err();
    assert!(matches!(error, EnrollError::NoAnswer(_)), "{error}");
    assert!(sandbox.is_enrolled(ID));

    let error = client.enroll(ID).await.unwrap_err();
    assert_eq!(
        error.outcome(),
        Some(face_search_enroll::Outcome::AlreadyEnrolled)
    );
    assert!(error.may_have_enrolled());
}
