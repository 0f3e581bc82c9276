//! The command `sandbox` serves the API to any program until it is stopped.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
};

use face_search_enroll::openapi;
use face_search_enroll_contract::Contract;

use crate::{
    TOKEN,
    cli::{ACCESS_KEY, SECRET_KEY, command, file, run, with_keys},
    operation, read,
};

const NO_OPTIONS: &[&str] = &[];

/// A sandbox in a separate process.
struct Process {
    child: Child,
    lines: BufReader<ChildStdout>,
    address: String,
    introduction: String,
}

impl Process {
    fn start(arguments: &[impl AsRef<OsStr>]) -> Self {
        Self::start_with(arguments, &[])
    }

    fn start_with(arguments: &[impl AsRef<OsStr>], variables: &[(&str, &str)]) -> Self {
        Self::start_at("127.0.0.1:0", arguments, variables)
    }

    fn start_at(
        address: &str,
        arguments: &[impl AsRef<OsStr>],
        variables: &[(&str, &str)],
    ) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_face-search-enroll"))
            .args(["sandbox", "--listen", address])
            .args(arguments)
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut introduction = String::new();
        // The last line, with an empty line after it.
        while !introduction.ends_with("/openapi.json\n\n") {
            assert!(
                lines.read_line(&mut introduction).unwrap() > 0,
                "{introduction}"
            );
        }
        let first = introduction.lines().next().unwrap();
        let address = first
            .strip_prefix("listening on http://")
            .unwrap()
            .to_owned();
        Self {
            child,
            lines,
            address,
            introduction,
        }
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n"
        ))
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line
    }

    #[cfg(unix)]
    /// Sends a signal, and returns the exit code and the remaining output.
    fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &process]).status();
        assert!(sent.unwrap().success());
        let status = self.child.wait().unwrap();
        let mut errors = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut errors).unwrap();
        (status.code(), errors)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already if the test succeeded.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

#[test]
fn it_serves_the_contract_and_says_that_it_is_there() {
    let process = Process::start(&["--quiet"]);
    assert_eq!(body(&process.get("/healthz")), "ok\n");
    let page = process.get("/");
    assert!(page.contains("content-type: text/html; charset=utf-8\r\n"));
    for region in face_search_enroll::Region::ALL {
        assert!(body(&page).contains(region.base_url()), "{region}");
    }
    assert_eq!(body(&process.get("/openapi.yaml")), openapi::YAML);
    assert_eq!(body(&process.get("/openapi.json")), openapi::JSON);
}

/// The request that a curl command sends.
fn request_of(curl: &str) -> String {
    let quoted = |option: &str| -> Vec<&str> {
        let options = curl.split(option).skip(1);
        options
            .map(|rest| rest.split('\'').nth(1).unwrap())
            .collect()
    };
    let (headers, body) = (quoted(" -H ").join("\r\n"), quoted(" -d ")[0]);
    let mut words = curl
        .split_whitespace()
        .skip_while(|word| *word != "-X")
        .skip(1);
    let (method, url) = (words.next().unwrap(), words.next().unwrap());
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let length = body.len();
    format!(
        "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n\r\n{body}"
    )
}

#[test]
fn the_command_that_it_prints_calls_it() {
    let mut process = Process::start(NO_OPTIONS);
    let start = process.introduction.find("curl ").unwrap();
    let curl = &process.introduction[start..];
    let curl = &curl[..curl.find("\n\n").unwrap()];
    let answer = process.send(&request_of(curl));
    let envelope: serde_json::Value = serde_json::from_str(body(&answer)).unwrap();
    let id = operation().request_examples[0].body["signatureId"].clone();
    assert_eq!(envelope["data"]["signatureId"], id);
    let line = process.line();
    let expected = format!(
        "{} {} 200 Enrolled {} ",
        *operation().method,
        *operation().path,
        id.as_str().unwrap()
    );
    assert!(line.starts_with(&expected), "{line}");
    assert!(line.ends_with(" ms\n"), "{line}");
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to() {
    for signal in ["-INT", "-TERM"] {
        let mut process = Process::start(NO_OPTIONS);
        let request = format!(
            "GET /nowhere HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n{}: {TOKEN}\r\n\r\n",
            operation().token_header.as_ref().unwrap()
        );
        assert!(process.send(&request).starts_with("HTTP/1.1 404 "));
        let line = process.line();
        assert!(line.starts_with("GET /nowhere 404 "), "{line}");
        assert!(!line.contains(TOKEN), "{line}");
        assert_eq!(process.stop(signal), (Some(0), "stopping\n".to_owned()));
    }
}

#[test]
fn an_address_that_is_taken_is_an_error_with_a_way_out() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_face-search-enroll"))
        .args(["sandbox", "--listen", &address])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.starts_with(&format!("error: could not listen on {address}: ")),
        "{errors}"
    );
    assert!(errors.contains("pass another address"), "{errors}");
}

/// A program that starts the sandbox may read only its first line.
#[test]
fn it_serves_on_when_nobody_reads_what_it_prints() {
    let process = Process::start(NO_OPTIONS);
    // More than fits into a pipe.
    for _ in 0..3000 {
        assert!(process.get("/healthz").starts_with("HTTP/1.1 200 "));
    }
}

/// A new outcome, and an example that shows it.
const EDITS: [(&str, &str); 2] = [
    (
        "        ServerError:\n",
        "        FaceTooSmall:\n          summary: The face in the journey is too small.\n          action: Ask for a new journey.\n          enrolled: 'no'\n          retry: never\n          charge: free\n          codes: [FACE_TOO_SMALL]\n        ServerError:\n",
    ),
    (
        "                server-error:\n",
        "                face-too-small:\n                  x-outcome: FaceTooSmall\n                  value:\n                    code: ERROR\n                    message: Face is too small.\n                    data: null\n                    extra: null\n                    transactionId: 1deae5a13ef2bd5e\n                    pricingStrategy: FREE\n                server-error:\n",
    ),
];

/// The frozen contract with texts in it replaced: a change of the real one must not clash with the edits.
fn edited(edits: &[(&str, &str)]) -> String {
    let frozen = "tests/frozen/face-search-enroll.yaml";
    let mut text = Contract::parse(frozen, &read(frozen)).unwrap().text;
    for (old, new) in edits {
        assert!(text.contains(old), "the contract has no {old:?}");
        text = text.replacen(old, new, 1);
    }
    text
}

#[test]
fn an_edited_contract_is_served_before_anything_is_built_from_it() {
    let text = edited(&[
        EDITS[0],
        EDITS[1],
        (
            "        - ERROR\n",
            "        - ERROR\n        - FACE_TOO_SMALL\n",
        ),
    ]);
    let contract = file("edited.yaml", text.as_bytes());
    let process = Process::start(&[OsStr::new("--contract"), contract.as_os_str()]);

    let edited = Contract::parse("edited.yaml", &text).unwrap();
    let operation = edited.operation("enroll").unwrap();
    let (method, path) = (&*operation.method, &*operation.path);
    let body_sent = operation.request_examples[0].body.to_string();
    let answer = process.send(&format!(
        "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{}: {TOKEN}\r\nPrefer: example=face-too-small\r\n\r\n{body_sent}",
        body_sent.len(),
        operation.token_header.as_ref().unwrap()
    ));
    let envelope: serde_json::Value = serde_json::from_str(body(&answer)).unwrap();
    assert_eq!(envelope["message"], "Face is too small.", "{answer}");

    assert_eq!(body(&process.get("/openapi.yaml")), text);
    let json = process.get("/openapi.json");
    assert!(body(&json).contains("FaceTooSmall"), "{json}");
    let page = process.get("/");
    assert!(body(&page).contains("The face in the journey is too small."));
}

#[test]
fn a_contract_that_cannot_be_read_is_refused_with_the_lines_that_are_wrong() {
    let text = edited(&[
        ("          retry: never", "          retry: perhaps"),
        ("country: SG", "country: XX"),
    ]);
    let contract = file("wrong.yaml", text.as_bytes());
    let contract = contract.to_str().unwrap();
    let (code, shown, errors) = run(&mut command(&["sandbox", "--contract", contract]));
    assert_eq!((code, &*shown), (2, ""));
    for (word, what) in [("perhaps", "perhaps"), ("country: XX", "XX")] {
        let line = text.lines().position(|line| line.contains(word)).unwrap() + 1;
        let start = format!("{contract}:{line}:");
        let problem = errors.lines().find(|shown| shown.contains(&start));
        let problem = problem.unwrap_or_else(|| panic!("nothing of line {line}: {errors}"));
        let (_, rest) = problem.split_once(&start).unwrap();
        let column = rest.split(':').next().unwrap();
        assert!(column.parse::<usize>().is_ok(), "{problem}");
        assert!(rest.contains(what), "{problem}");
    }

    let contract = file("no-contract.yaml", b"- a list\n");
    let contract = contract.to_str().unwrap();
    let (code, _, errors) = run(&mut command(&["sandbox", "--contract", contract]));
    assert_eq!(code, 2);
    assert!(errors.contains(&format!("{contract}:1:1: ")), "{errors}");
}

#[test]
fn a_contract_that_is_not_there_is_an_error_with_a_way_out() {
    let arguments = ["sandbox", "--contract", "no-such-contract.yaml"];
    let (code, shown, errors) = run(&mut command(&arguments));
    assert_eq!((code, &*shown), (2, ""));
    assert!(
        errors.starts_with("error: could not read the contract no-such-contract.yaml: "),
        "{errors}"
    );
    assert!(errors.contains("pass an OpenAPI document"), "{errors}");
}

#[test]
fn it_issues_tokens_for_its_keys_alone() {
    let process = Process::start_with(
        &["--access-key", ACCESS_KEY, "--token-life", "10s"],
        &[("FACE_SEARCH_ENROLL_SANDBOX_SECRET_KEY", SECRET_KEY)],
    );
    let introduction = &process.introduction;
    assert!(introduction.contains(&format!(
        "export FACE_SEARCH_ENROLL_ACCESS_KEY={ACCESS_KEY}\n"
    )));
    assert!(!introduction.contains(SECRET_KEY), "{introduction}");
    let url = format!("http://{}", process.address);
    let enroll = ["enroll", "--endpoint", &url, "--max-attempts", "1", "a"];
    let (code, _, errors) = run(with_keys(&mut command(&enroll), SECRET_KEY));
    assert_eq!(code, 0, "{errors}");
    assert_eq!(run(with_keys(&mut command(&enroll), "another")).0, 3);
    let (code, shown, _) = run(command(&enroll).env("FACE_SEARCH_ENROLL_TOKEN", TOKEN));
    assert_eq!(code, 3);
    assert!(shown.contains("Unauthorized"), "{shown}");
}

#[test]
fn an_access_key_needs_its_secret() {
    let arguments = ["sandbox", "--listen", "127.0.0.1:0", "--access-key", "key"];
    let (code, shown, errors) = run(&mut command(&arguments));
    assert_eq!((code, &*shown), (2, ""));
    assert!(
        errors.contains("FACE_SEARCH_ENROLL_SANDBOX_SECRET_KEY"),
        "{errors}"
    );
}

#[test]
fn it_listens_where_other_servers_would() {
    for address in ["localhost:0", ":0", "0", "127.0.0.1:0"] {
        let mut process = Process::start_at(address, NO_OPTIONS, &[]);
        assert!(process.address.starts_with("127.0.0.1:"), "{address}");
        assert!(process.get("/healthz").ends_with("ok\n"));
        process.child.kill().unwrap();
        process.child.wait().unwrap();
    }
    for (address, what) in [
        ("127.0.0.1:99999", "a port must be a number from 0 to 65535"),
        ("http://127.0.0.1:0", "write HOST:PORT"),
        ("*:0", "write HOST:PORT"),
        (
            "no-such-host.invalid:0",
            "could not resolve \"no-such-host.invalid\"",
        ),
    ] {
        let (code, _, errors) = run(&mut command(&["sandbox", "--listen", address]));
        assert_eq!(code, 2, "{errors}");
        assert!(errors.contains(what), "{errors}");
    }
}
