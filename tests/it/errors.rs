//! Errors are small, can be sent between threads, and have readable messages.

use std::error::Error;

use face_search_enroll::{Client, EnrollError, Enrolled, Outcome, Region};
use face_search_enroll_sandbox::{Reply, Sandbox};

use crate::{
    client,
    server::{Server, http},
};

#[test]
fn public_types_can_be_shared() {
    fn shared<T: Send + Sync + 'static>() {}
    fn cloned<T: Clone>() {}
    shared::<Client>();
    cloned::<Client>();
    shared::<EnrollError>();
    shared::<Enrolled>();
    shared::<Region>();
    shared::<Sandbox>();
}

#[test]
fn an_error_is_small() {
    assert!(size_of::<EnrollError>() <= 64);
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let calls: Vec<_> = (0..8)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.enroll(&format!("id-{number}")).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(sandbox.enrolled().len(), 8);
}

#[tokio::test]
async fn a_rejection_says_what_happened_where_and_what_to_do() {
    let sandbox = Sandbox::start().unwrap();
    let base_url = sandbox.base_url();
    for (outcome, ending) in [
        (
            Outcome::SignatureNotFound,
            "; the face was not enrolled, a retry does not help",
        ),
        (
            Outcome::ServerError,
            "; the face may be enrolled, a retry can help",
        ),
        (
            Outcome::Unauthorized,
            "; the face was not enrolled, retry once with a new token",
        ),
        (
            Outcome::Throttled,
            "; the face was not enrolled, retry after 10 s",
        ),
        (
            Outcome::Unlisted,
            "; the face may be enrolled, a retry does not help",
        ),
    ] {
        sandbox.enqueue_reply(
            Reply::outcome(outcome)
                .header("Retry-After", "10s")
                .unwrap(),
        );
        let error = client(&sandbox).enroll("a").await.unwrap_err();
        let shown = error.to_string();
        let start = format!(
            "{outcome} from {base_url}: code {}, message ",
            error.code().unwrap()
        );
        let transaction = format!(
            ", transaction {}, HTTP 200",
            error.transaction_id().unwrap()
        );
        assert!(shown.starts_with(&start), "{shown}");
        assert!(shown.contains(&transaction), "{shown}");
        let ending = if outcome == Outcome::ServerError {
            "; the face may be enrolled, retry after 10 s"
        } else {
            ending
        };
        assert!(shown.ends_with(ending), "{shown}");
        assert!(error.source().is_none());
    }
}

#[tokio::test]
async fn an_unreadable_answer_shows_its_beginning_in_one_line() {
    let page = format!("<html>\r\n{}\u{1b}[31m", "é".repeat(300));
    let server = Server::answering([&http(
        "502 Bad Gateway",
        "Content-Type: text/html\r\n",
        &page,
    )]);
    let error = client(server.endpoint()).enroll("a").await.unwrap_err();
    let shown = error.to_string();
    let base_url = server.endpoint().base_url().to_owned();
    let start = format!(
        "could not read the answer from {base_url}: HTTP 502, text/html, not an envelope at line 1, column 1 of \"<html>\\r\\né"
    );
    assert!(shown.starts_with(&start), "{shown}");
    assert!(
        shown.ends_with("…\"; the face may be enrolled, a retry can help"),
        "{shown}"
    );
    assert!(shown.len() < 700 && !shown.contains('\n'), "{shown}");
}
