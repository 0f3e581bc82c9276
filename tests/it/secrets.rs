//! A token shows up nowhere: not in what is printed of any public value, not in an error about an
//! answer that echoes it.

use std::error::Error;

use face_search_enroll::{AccessToken, Client, EnrollError, Sandbox, sandbox::Reply};

use crate::{
    TOKEN, client,
    server::{Server, http},
};

fn assert_hidden(shown: &str) {
    assert!(!shown.contains(TOKEN), "{shown}");
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
    for body in [envelope, page] {
        for status in [200, 401, 500] {
            let sandbox = Sandbox::start().unwrap();
            let content_type = format!("text/html; x={TOKEN}");
            sandbox.next(Reply::body(&content_type, body.clone()).status(status));
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
    sandbox.next(Reply::body("application/json", body));
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
        sandbox.next(reply);
        let error = client(&sandbox).enroll("a").await.unwrap_err();
        assert_error_hides(&error);
    }
}
