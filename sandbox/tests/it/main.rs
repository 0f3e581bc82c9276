//! What users of the sandbox may rely on, over real connections.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod edited_contract;
mod replies;
mod sandbox;
mod third_operation;
mod tokens;

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use face_search_enroll::{AccessToken, Client, Endpoint, RetryPolicy};
use face_search_enroll_sandbox::Sandbox;
use face_search_enroll_test_support::{TOKEN, enroll};
use serde_json::Value;

/// A client that sends a call once.
fn client(endpoint: impl Into<Endpoint>) -> Client {
    Client::builder(endpoint)
        .access_token(AccessToken::new(TOKEN).unwrap())
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}

const JSON: &str = "Content-Type: application/json\r\n";

/// Sends a request as it is, and gives the answer as it is.
fn exchange(sandbox: &Sandbox, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(sandbox.address()).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The same, and gives the status and the body.
fn send(sandbox: &Sandbox, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
    let answer = exchange(sandbox, method, path, headers, body);
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let body = answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    (status, body)
}

/// Enrolls with these further headers.
fn call(sandbox: &Sandbox, headers: &str, body: &str) -> (u16, Value) {
    let operation = enroll();
    let header = operation.token_header.as_ref().unwrap();
    let headers = format!("{header}: {TOKEN}\r\n{headers}");
    let (status, body) = send(sandbox, &operation.method, &operation.path, &headers, body);
    (status, serde_json::from_str(&body).unwrap())
}
