//! Runs each example against a sandbox.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use face_search_enroll_sandbox::Sandbox;

const ID: &str = "730baa5ab2e34e53";

/// An example, ready to run against the sandbox.
fn example(program: &str, sandbox: &Sandbox) -> Command {
    let mut command = Command::new(program);
    command
        .arg(sandbox.base_url())
        .env("FACE_SEARCH_ENROLL_TOKEN", "any-token-will-do")
        .env("FACE_SEARCH_ENROLL_ACCESS_KEY", "any-access-key-will-do")
        .env("FACE_SEARCH_ENROLL_SECRET_KEY", "any-secret-key-will-do");
    command
}

fn printed(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_call() {
    let sandbox = Sandbox::start().unwrap();
    let program = env!("CARGO_BIN_EXE_one_call");
    let first = printed(example(program, &sandbox).arg(ID));
    assert!(first.starts_with("enrolled, transaction "), "{first}");
    let second = printed(example(program, &sandbox).arg(ID));
    assert_eq!(second, "enrolled before\n");
}

#[test]
fn blocking() {
    let sandbox = Sandbox::start().unwrap();
    let printed = printed(example(env!("CARGO_BIN_EXE_blocking"), &sandbox).arg(ID));
    assert!(printed.starts_with("enrolled, transaction "), "{printed}");
    assert!(sandbox.is_enrolled(ID));
}

#[test]
fn many_calls() {
    let sandbox = Sandbox::start().unwrap();
    let mut child = example(env!("CARGO_BIN_EXE_many_calls"), &sandbox)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"a\nb\na\n").unwrap();
    let printed = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(printed.lines().count(), 3, "{printed}");
    assert!(printed.contains("line 2: b is enrolled\n"), "{printed}");
    assert_eq!(sandbox.enrolled(), ["a", "b"]);
}

#[test]
fn a_token_source() {
    let sandbox = Sandbox::start().unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"any-token-will-do\n").unwrap();
    let printed = printed(
        example(env!("CARGO_BIN_EXE_token_source"), &sandbox)
            .arg(file.path())
            .arg(ID),
    );
    assert!(printed.starts_with("enrolled, transaction "), "{printed}");
    assert!(sandbox.is_enrolled(ID));
}

#[test]
fn a_service() {
    let sandbox = Sandbox::start().unwrap();
    let mut child = example(env!("CARGO_BIN_EXE_axum_service"), &sandbox)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    lines.read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("listening on http://");
    let statuses = [(); 2].map(|()| {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "POST /journeys/{ID}/face HTTP/1.1\r\nHost: service\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(statuses, ["201", "200"]);
    assert!(sandbox.is_enrolled(ID));
}
