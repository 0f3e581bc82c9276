//! A token never appears: not in the output of any public value, not in an error about an answer
//! that echoes it, and not in a log.

use std::{
    error::Error,
    fmt::{Debug, Write},
    io,
    sync::{Arc, Mutex},
};

use face_search_enroll::{
    AccessToken, CachedTokenSource, Client, Endpoint, EnrollError, IssuedToken, Outcome,
    RetryPolicy, TokenSource, token_source::from_fn,
};
use face_search_enroll_sandbox::{Reply, Sandbox};

use crate::{
    TOKEN, builder, client,
    connections::{Authority, Connections, answer},
    enrolled,
    faults::{FAULTS, ODD_ANSWERS, SHORT, STATUSES},
    log::logged,
    retrying,
    server::{Scripted, Server, http},
};

fn assert_hidden(shown: &str) {
    // Nor the start of it, which remains if a text is cut off inside the token.
    assert!(!shown.contains(&TOKEN[..10]), "{shown}");
    assert!(
        !shown.contains(&format!("{:?}", TOKEN.as_bytes())),
        "{shown}"
    );
}

fn assert_error_hides(error: &EnrollError) {
    assert_hidden(&format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        assert_hidden(&format!("{cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
}

#[test]
fn public_values_do_not_print_the_token() {
    let sandbox = Sandbox::start().unwrap();
    let token = AccessToken::new(TOKEN).unwrap();
    let builder = Client::builder(&sandbox).access_token(token.clone());
    assert_hidden(&format!("{token:?} {token:#?} {builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    let raw = client.raw();
    assert_hidden(&format!(
        "{client:?} {client:#?} {raw:?} {raw:#?} {sandbox:?} {sandbox:#?}"
    ));
}

#[tokio::test]
async fn an_answer_that_echoes_the_token_does_not_show_it() {
    let envelope = format!(
        r#"{{"code":"{TOKEN}","message":"bad {TOKEN}","extra":{{"a":"{TOKEN}"}},"transactionId":"{TOKEN}"}}"#
    );
    let page = format!("<html>{}{TOKEN}</html>", "x".repeat(190));
    // Repeated beginnings of the token do not prevent its detection.
    let twice = format!("{TOKEN}{TOKEN} and {TOKEN}");
    let cut = format!("<html>no such token: {}", &TOKEN[..20]);
    for body in [envelope, page, twice, cut] {
        for status in [200, 401, 500] {
            let sandbox = Sandbox::start().unwrap();
            let content_type = format!("text/html; x={TOKEN}");
            sandbox.enqueue_reply(Reply::body(&content_type, body.clone()).status(status));
            let error = client(&sandbox).enroll("a").await.unwrap_err();
            assert_error_hides(&error);
        }
    }
    let headers = format!("Location: https://elsewhere.example/?token={TOKEN}\r\n");
    let server = Server::answering([&http("302 Found", &headers, "")]);
    let error = client(server.endpoint()).enroll("a").await.unwrap_err();
    assert_error_hides(&error);
}

#[tokio::test]
async fn a_success_that_echoes_the_token_does_not_show_it() {
    let body = format!(r#"{{"code":"SUCCESS","message":"{TOKEN}","transactionId":"{TOKEN}"}}"#);
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::body("application/json", body));
    let enrolled = client(&sandbox).enroll("a").await.unwrap();
    assert_hidden(&format!(
        "{enrolled:?} {enrolled:#?} {:?}",
        enrolled.transaction_id()
    ));
}

#[tokio::test]
async fn errors_of_connections_do_not_show_the_token() {
    let sandbox = Sandbox::start().unwrap();
    for reply in [Reply::refused(), Reply::lost(), Reply::cut()] {
        sandbox.enqueue_reply(reply);
        let error = client(&sandbox).enroll("a").await.unwrap_err();
        assert_error_hides(&error);
    }
}

fn assert_value_hides(value: &impl Debug) {
    assert_hidden(&format!("{value:?} {value:#?}"));
}

async fn drive(client: &Client) {
    assert_value_hides(client);
    match client.enroll("730baa5ab2e34e53").await {
        Ok(enrolled) => assert_value_hides(&enrolled),
        Err(error) => {
            assert_error_hides(&error);
            assert_value_hides(&error.stage());
            let texts = (error.code(), error.message(), error.transaction_id());
            assert_value_hides(&texts);
        }
    }
    assert_value_hides(client);
}

#[tokio::test]
async fn no_path_of_a_call_shows_the_token_or_logs_it() {
    let ((), logged) = logged(drive_all()).await;
    let text = logged.text;
    assert!(
        text.contains("call ended") && text.contains("reqwest"),
        "{text}"
    );
    assert_hidden(&text);
}

/// Runs every path that these tests cover.
async fn drive_all() {
    let scripts = FAULTS.map(|(_, script, _)| script);
    for script in scripts
        .into_iter()
        .chain(ODD_ANSWERS.map(|(_, script)| script))
    {
        let server = Scripted::start(script);
        let client = builder(server.endpoint()).attempt_timeout(SHORT);
        assert_value_hides(&client);
        drive(&client.build().unwrap()).await;
    }
    for url in ["https://no-such-host.invalid", "http://127.0.0.1:1"] {
        drive(&retrying(Endpoint::custom(url).unwrap())).await;
    }
    for status in STATUSES {
        for body in [TOKEN.to_owned(), format!("{{\"code\":\"{TOKEN}\"}}")] {
            let sandbox = Sandbox::start().unwrap();
            let received = Arc::new(Mutex::new(String::new()));
            let kept = Arc::clone(&received);
            sandbox.respond_with(move |request| {
                let mut kept = kept.lock().unwrap();
                write!(kept, "{request:?} {request:#?}").unwrap();
                let reply = Reply::body("application/json", body.clone()).status(status);
                reply.header("Location", TOKEN).unwrap()
            });
            drive(&retrying(&sandbox)).await;
            let received = received.lock().unwrap();
            assert!(received.contains("Received"), "nothing was received");
            assert_hidden(&received);
        }
    }
    for outcome in Outcome::ALL {
        let sandbox = Sandbox::start().unwrap();
        sandbox.respond_with(|_| Reply::outcome(*outcome));
        drive(&retrying(&sandbox)).await;
    }

    // TLS, with a trusted server and an untrusted one.
    let authority = Authority::new("an authority");
    let config = authority.server("127.0.0.1");
    let server = Connections::served_by(move |stream| {
        // The handshake fails if the client does not trust the server.
        drop(answer(&config, stream, &enrolled()));
    });
    let endpoint = server.https("127.0.0.1");
    drive(
        &builder(endpoint.clone())
            .root_certificates(authority.roots())
            .build()
            .unwrap(),
    )
    .await;
    drive(&retrying(endpoint)).await;
    server.finish();

    // Token sources whose tokens are refused and renewed.
    let sandbox = Sandbox::start().unwrap();
    sandbox.enqueue_reply(Reply::outcome(Outcome::Unauthorized));
    let source = CachedTokenSource::new(from_fn(|| async {
        Ok::<_, io::Error>(IssuedToken::new(AccessToken::new(TOKEN).unwrap()))
    }));
    assert_value_hides(&source);
    assert_value_hides(&source.token().await.unwrap());
    let client = Client::builder(&sandbox).token_source(source.clone());
    assert_value_hides(&client);
    drive(&client.build().unwrap()).await;
    assert_value_hides(&source);

    let failing = from_fn(|| async { Err::<AccessToken, _>(io::Error::other("no token")) });
    let client = Client::builder(&sandbox).token_source(CachedTokenSource::new(failing));
    drive(&client.build().unwrap()).await;
}

#[tokio::test]
async fn a_token_that_repeats_its_beginning_is_hidden_completely() {
    for token in [
        "0000000000000000abcdefgh",
        "session-session-0123456789secret",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        let sandbox = Sandbox::start().unwrap();
        sandbox.enqueue_reply(Reply::body(
            "text/plain",
            format!("no token {token}, or {token}"),
        ));
        let client = Client::builder(&sandbox).access_token(AccessToken::new(token).unwrap());
        let client = client.retry(RetryPolicy::never()).build().unwrap();
        let shown = client.enroll("a").await.unwrap_err().to_string();
        assert!(shown.contains("\"no token …, or …\""), "{shown}");
    }
}
