//! The command connects as its options say, and ignores the usual proxy variables.

use std::{io::Write, net::TcpStream, process::Command};

use face_search_enroll::Outcome;
use face_search_enroll_test_support::connections::{Authority, Connections, answer as answer_over};

use crate::{
    TOKEN, answer,
    cli::{SECRET_KEY, command, file, run, with_keys},
    operation,
    server::{Server, http, receive},
};

const LOOPBACK: &str = "127.0.0.1";
const ID: &str = "730baa5ab2e34e53";

/// The variables for https differ from those for plain http.
#[test]
fn proxies_of_the_environment_are_not_used_for_https_either() {
    let authority = Authority::new("an authority");
    let file = authority.file();
    let proxy = Server::answering([&http("502 Bad Gateway", "", "")]);
    let config = authority.server(LOOPBACK);
    let enrolled = answer(Outcome::Enrolled);
    let server = Connections::served_by(move |stream| answer_over(&config, stream, &enrolled));

    let endpoint = server.https(LOOPBACK);
    let mut command = Command::new(env!("CARGO_BIN_EXE_face-search-enroll"));
    command
        .args(["enroll", "--endpoint", endpoint.base_url(), ID])
        .env("FACE_SEARCH_ENROLL_TOKEN", TOKEN)
        .env_remove("FACE_SEARCH_ENROLL_REGION")
        .env("SSL_CERT_FILE", file.path())
        .env_remove("SSL_CERT_DIR");
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, proxy.endpoint().base_url());
    }
    let output = command
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output();

    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let requests = server.finish();
    assert_eq!(requests.len(), 1);
    let request = requests[0].as_ref().unwrap();
    assert_eq!(
        request.header(operation().token_header.as_ref().unwrap()),
        Some(TOKEN)
    );
    assert!(!proxy.has_request());
}

/// A host that only the proxy knows, and the credentials that the proxy requires.
const HOST: &str = "behind-the-proxy.invalid";
const PASSWORD: &str = "pass-word-of-the-proxy";
const AUTHORIZATION: &str = "Basic dXNlcjpwYXNzLXdvcmQtb2YtdGhlLXByb3h5";

/// `enroll` on a server of that host.
fn enroll(arguments: &[&str]) -> Command {
    let endpoint = format!("https://{HOST}");
    let mut command = command(&["enroll", "--endpoint", &endpoint, "--max-attempts", "1"]);
    command
        .args(arguments)
        .env("FACE_SEARCH_ENROLL_TOKEN", TOKEN);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command
}

const VARIABLES: [&str; 6] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
];

/// The exit code and the whole output, which must not contain the password of the proxy.
fn shown(command: &mut Command) -> (i32, String) {
    let (code, shown, errors) = run(command);
    let shown = shown + &errors;
    assert!(!shown.contains(PASSWORD), "{shown}");
    (code, shown)
}

/// The address of a proxy with its user name and password.
fn address(proxy: &Connections<impl Send + 'static>) -> String {
    format!("http://user:{PASSWORD}@{}", proxy.address())
}

#[test]
fn a_run_goes_through_a_proxy_that_is_set() {
    let authority = Authority::new("an authority");
    let file = authority.file();
    let config = authority.server(HOST);
    let enrolled = answer(Outcome::Enrolled);
    let proxy = Connections::served_by(move |mut stream: TcpStream| {
        let connect = receive(&mut stream).unwrap();
        stream
            .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            .unwrap();
        let request = answer_over(&config, stream, &enrolled).unwrap();
        (connect, request)
    });
    let url = address(&proxy);
    let arguments = [
        "--ca-file",
        file.path().to_str().unwrap(),
        "--connect-timeout",
        "1m",
        "--attempt-timeout",
        "1m",
        ID,
    ];

    let (code, from_environment) = shown(enroll(&arguments).env("FACE_SEARCH_ENROLL_PROXY", &url));
    assert_eq!(code, 0, "{from_environment}");
    let (code, from_option) = shown(enroll(&arguments).args(["--proxy", &url]));
    assert_eq!(code, 0, "{from_option}");
    let note = "note: the value of --proxy is visible to other users in the process list; set FACE_SEARCH_ENROLL_PROXY instead\n";
    assert!(from_option.contains(note), "{from_option}");
    assert!(!from_environment.contains("note"), "{from_environment}");

    for (connect, request) in proxy.finish() {
        assert_eq!(connect.line, format!("CONNECT {HOST}:443 HTTP/1.1"));
        assert_eq!(connect.header("proxy-authorization"), Some(AUTHORIZATION));
        let token_header = operation().token_header.as_ref().unwrap();
        assert_eq!(request.header(token_header), Some(TOKEN));
    }
}

#[test]
fn a_proxy_that_refuses_is_told_by_its_status() {
    for (status, what) in [
        (
            "407 Proxy Authentication Required",
            "the proxy requires a user name and a password (HTTP 407)",
        ),
        (
            "403 Forbidden",
            "the proxy refuses to connect to this server (HTTP 403)",
        ),
        (
            "502 Bad Gateway",
            "the proxy refuses to connect to this server (HTTP 502)",
        ),
    ] {
        let answer = http(status, "", "");
        let proxy = Connections::served_by(move |mut stream: TcpStream| {
            receive(&mut stream).unwrap();
            stream.write_all(&answer).unwrap();
        });
        let url = address(&proxy);
        let place = tempfile::tempdir().unwrap();
        for arguments in [
            &[ID][..],
            &["--output", "results.jsonl", "--patience", "1s", ID],
            &[
                "--output",
                "more.jsonl",
                "--patience",
                "0s",
                "--proxy",
                &url,
                ID,
            ],
        ] {
            let mut command = enroll(arguments);
            command
                .env("FACE_SEARCH_ENROLL_PROXY", &url)
                .current_dir(place.path());
            let (code, shown) = shown(&mut command);
            assert_eq!(code, 3, "{shown}");
            assert_eq!(shown.matches(what).count(), 1, "{shown}");
        }
        let journal = std::fs::read_to_string(place.path().join("results.jsonl")).unwrap();
        let said = format!("the proxy answered with HTTP {}", &status[..3]);
        assert!(
            journal.contains(&said) && !journal.contains(PASSWORD),
            "{journal}"
        );
        for command in ["check-access", "token"] {
            let endpoint = format!("https://{HOST}");
            let mut command = command_line(command, &endpoint);
            let (code, shown) = shown(command.env("FACE_SEARCH_ENROLL_PROXY", &url));
            assert_eq!(code, 3, "{shown}");
            assert!(shown.contains(what), "{shown}");
        }
        proxy.finish();
    }
}

fn command_line(name: &str, endpoint: &str) -> Command {
    let mut command = command(&[name, "--endpoint", endpoint, "--max-attempts", "1"]);
    with_keys(&mut command, SECRET_KEY);
    command
}

#[test]
fn a_connection_that_fails_names_the_proxy_of_the_environment_that_is_not_used() {
    let (code, errors) =
        shown(enroll(&[ID]).env("https_proxy", "http://user:pass-word-of-the-proxy@h"));
    assert_eq!(code, 3, "{errors}");
    let note = "note: https_proxy is set, but this command does not use it; pass --proxy, or set FACE_SEARCH_ENROLL_PROXY";
    assert!(errors.contains(note), "{errors}");
    let (_, errors) = shown(&mut enroll(&[ID]));
    assert!(!errors.contains("note"), "{errors}");
}

#[test]
fn a_proxy_or_a_certificate_that_cannot_be_used_is_refused_before_anything_is_sent() {
    let url = format!("user:{PASSWORD}@proxy.example");
    let no_certificate = file("no-certificate.pem", b"nothing");
    let no_certificate = no_certificate.to_str().unwrap();
    for (arguments, what) in [
        (
            ["--proxy", &url],
            "is not the address of a proxy; write http://HOST:PORT",
        ),
        (
            ["--ca-file", no_certificate],
            "no-certificate.pem: found no root certificate",
        ),
        (
            ["--ca-file", "no-such-file"],
            "could not read the certificates in no-such-file",
        ),
    ] {
        let (code, errors) = shown(enroll(&arguments).arg(ID));
        assert_eq!(code, 2, "{errors}");
        assert!(errors.contains(what), "{errors}");
    }
    let (code, errors) = shown(enroll(&[ID]).env("FACE_SEARCH_ENROLL_PROXY", &url));
    assert_eq!(code, 2, "{errors}");
    assert!(
        errors.contains("error: could not use FACE_SEARCH_ENROLL_PROXY: proxy \"…@proxy.example\""),
        "{errors}"
    );
    // A sandbox is on loopback.
    let mut sandbox = command(&["enroll", "--sandbox", ID]);
    let (code, errors) = shown(sandbox.env("FACE_SEARCH_ENROLL_PROXY", "http://127.0.0.1:1"));
    assert_eq!(code, 0, "{errors}");
}
