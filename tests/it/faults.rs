//! Faults of the network and the server. For each, the tests check how far the call got, whether a
//! retry can help, whether the face may be enrolled, and how often the call was sent, with and
//! without retries.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    sync::LazyLock,
    time::Duration,
};

use face_search_enroll::{
    Client, Credentials, Endpoint, EnrollError, Enrolled, InFaceSet, Outcome, Retry, RetryPolicy,
    Stage,
};

use crate::{
    builder, operation,
    server::{Script, Scripted, http, read_request, wait_for_end},
};

const ID: &str = "730baa5ab2e34e53";

/// Long enough for an answer on loopback to start, and short enough for a test.
pub(crate) const SHORT: Duration = Duration::from_millis(500);

/// The expected result of a fault.
pub(crate) struct Expected {
    stage: Stage,
    http_status: Option<u16>,
    retryable: bool,
    may_have_enrolled: bool,
}

const NOT_RECEIVED: Expected = Expected {
    stage: Stage::Connect,
    http_status: None,
    retryable: true,
    may_have_enrolled: false,
};

const NO_ANSWER: Expected = Expected {
    stage: Stage::NoAnswer,
    http_status: None,
    retryable: true,
    may_have_enrolled: true,
};

/// An answer that ends after its headers.
const CUT: Expected = Expected {
    http_status: Some(200),
    ..NO_ANSWER
};

/// A response with a success status and an unreadable body, which a retry may change.
const GARBLED: Expected = Expected {
    stage: Stage::Unreadable,
    http_status: Some(200),
    retryable: true,
    may_have_enrolled: true,
};

/// A response with a success status and a body that is too large, which a retry will not change.
const TOO_LARGE: Expected = Expected {
    retryable: false,
    ..GARBLED
};

/// A client without retries and one with retries, without delays.
fn clients(endpoint: &Endpoint, attempt_timeout: Duration) -> [(Client, u32); 2] {
    [1, RETRIES].map(|attempts| {
        let policy = RetryPolicy::standard()
            .initial_delay(Duration::ZERO)
            .max_attempts(attempts);
        let client = builder(endpoint.clone())
            .retry(policy)
            .attempt_timeout(attempt_timeout)
            .timeout(Duration::MAX);
        (client.build().unwrap(), attempts)
    })
}

const RETRIES: u32 = 3;

async fn assert_fails(name: &str, endpoint: &Endpoint, expected: &Expected) {
    assert_fails_in(Duration::MAX, name, endpoint, expected).await;
}

async fn assert_fails_in(time: Duration, name: &str, endpoint: &Endpoint, expected: &Expected) {
    for (client, attempts) in clients(endpoint, time) {
        let error = client.enroll(ID).await.unwrap_err();
        let context = format!("{name}, {attempts} attempts: {error:?}");
        assert_eq!(error.stage(), expected.stage, "{context}");
        assert_eq!(error.http_status(), expected.http_status, "{context}");
        assert_eq!(error.is_retryable(), expected.retryable, "{context}");
        assert_eq!(
            error.may_have_enrolled(),
            expected.may_have_enrolled,
            "{context}"
        );
        let attempts = if expected.retryable { attempts } else { 1 };
        assert_eq!(error.attempts(), attempts, "{context}");
    }
}

/// The same fault in the request for a token has the same result, and the face is not enrolled.
async fn assert_token_fails_in(
    time: Duration,
    name: &str,
    endpoint: &Endpoint,
    expected: &Expected,
) {
    let client = Client::builder(endpoint.clone())
        .credentials(Credentials::new("access-key", "secret-key").unwrap())
        .retry(RetryPolicy::standard().initial_delay(Duration::ZERO))
        .attempt_timeout(time)
        .timeout(Duration::MAX)
        .build()
        .unwrap();
    let error = client.enroll(ID).await.unwrap_err();
    let context = format!("token, {name}: {error:?}");
    assert!(!error.may_have_enrolled(), "{context}");
    assert_eq!(error.is_retryable(), expected.retryable, "{context}");
    let EnrollError::Token(no_token) = &error else {
        panic!("{context}");
    };
    let error = no_token.token_error().expect(&context);
    assert_eq!(error.stage(), expected.stage, "{context}");
    assert_eq!(error.http_status(), expected.http_status, "{context}");
    let attempts = if expected.retryable { RETRIES } else { 1 };
    assert_eq!(error.attempts(), attempts, "{context}");
}

/// The body of a successful answer.
static ENROLLED: LazyLock<String> = LazyLock::new(|| {
    let example = &operation().examples[0];
    assert_eq!(example.outcome.value, Outcome::Enrolled.as_str());
    example.body.to_string()
});

fn answer(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    read_request(stream);
    stream.write_all(bytes)
}

#[tokio::test]
async fn a_connection_that_is_refused_was_not_received() {
    // A port that is bound, but not listened on.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let address = socket.local_addr().unwrap();
    let endpoint = Endpoint::custom(&format!("http://{address}")).unwrap();
    assert_fails("refused", &endpoint, &NOT_RECEIVED).await;
    assert_token_fails_in(Duration::MAX, "refused", &endpoint, &NOT_RECEIVED).await;
}

#[tokio::test]
async fn a_name_that_does_not_resolve_was_not_received() {
    let endpoint = Endpoint::custom("https://no-such-host.invalid").unwrap();
    assert_fails("no such name", &endpoint, &NOT_RECEIVED).await;
}

/// The timeout ends the attempt before the connection is established.
#[tokio::test]
async fn an_unanswered_handshake_was_not_received() {
    let server = Scripted::start(wait_for_end);
    let endpoint = server.endpoint().base_url().replace("http:", "https:");
    let endpoint = Endpoint::custom(&endpoint).unwrap();
    assert_fails_in(SHORT, "silent handshake", &endpoint, &NOT_RECEIVED).await;
}

/// It depends on timing whether the request was written before that. The answers of the error must
/// be consistent.
#[tokio::test]
async fn a_connection_that_is_closed_at_once_may_have_been_received() {
    let server = Scripted::start(|_| Ok(()));
    for (client, attempts) in clients(&server.endpoint(), Duration::MAX) {
        let error = client.enroll(ID).await.unwrap_err();
        assert!(
            matches!(error.stage(), Stage::Connect | Stage::NoAnswer),
            "{error:?}"
        );
        assert!(error.is_retryable());
        assert!(error.stage() == Stage::Connect || error.may_have_enrolled());
        assert_eq!(error.attempts(), attempts);
    }
}

/// The faults of a connection.
pub(crate) const FAULTS: [(&str, Script, Expected); 12] = [
    (
        "closes after the request",
        |stream| answer(stream, b""),
        NO_ANSWER,
    ),
    (
        "never answers",
        |stream| {
            read_request(stream);
            wait_for_end(stream)
        },
        NO_ANSWER,
    ),
    (
        "half a status line",
        |stream| answer(stream, b"HTTP/1.1 20"),
        NO_ANSWER,
    ),
    (
        "no HTTP",
        |stream| answer(stream, b"220 ready\r\n"),
        NO_ANSWER,
    ),
    (
        "half a head",
        |stream| answer(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"),
        NO_ANSWER,
    ),
    (
        "headers without end",
        |stream| {
            read_request(stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                stream.write_all(b"X-Filler: filler\r\n")?;
            }
        },
        NO_ANSWER,
    ),
    (
        "a header without end",
        |stream| {
            read_request(stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\nX-Filler: ")?;
            loop {
                stream.write_all(&[b'x'; 4096])?;
            }
        },
        NO_ANSWER,
    ),
    (
        "interim answers without end",
        |stream| {
            read_request(stream);
            loop {
                stream.write_all(b"HTTP/1.1 103 Early Hints\r\n\r\n")?;
                // Pause, or the test would only measure the speed of the header parser.
                std::thread::sleep(Duration::from_millis(1));
            }
        },
        NO_ANSWER,
    ),
    (
        "a body of 10 MB",
        |stream| answer(stream, &http("200 OK", "", &" ".repeat(10_000_000))),
        TOO_LARGE,
    ),
    (
        "chunks without end",
        |stream| {
            read_request(stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            loop {
                stream.write_all(b"8\r\n        \r\n")?;
            }
        },
        TOO_LARGE,
    ),
    (
        "a byte, and no more",
        |stream| {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
            answer(stream, head)?;
            wait_for_end(stream)
        },
        CUT,
    ),
    (
        "a byte a second",
        |stream| {
            answer(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")?;
            stream.set_read_timeout(Some(Duration::from_secs(1)))?;
            loop {
                stream.write_all(b" ")?;
                match wait_for_end(stream) {
                    Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                    end => return end,
                }
            }
        },
        CUT,
    ),
];

/// The faults that only a timeout ends.
const STALLS: [&str; 4] = [
    "never answers",
    "interim answers without end",
    "a byte, and no more",
    "a byte a second",
];

#[tokio::test]
async fn faults_of_a_connection() {
    for (name, script, expected) in FAULTS {
        let server = Scripted::start(script);
        let time = if STALLS.contains(&name) {
            SHORT
        } else {
            Duration::MAX
        };
        assert_fails_in(time, name, &server.endpoint(), &expected).await;
        let attempts = if expected.retryable { RETRIES } else { 1 };
        let sent = usize::try_from(1 + attempts).unwrap();
        assert_eq!(server.connections(), sent, "{name}");

        let server = Scripted::start(script);
        assert_token_fails_in(time, name, &server.endpoint(), &expected).await;
        assert_eq!(server.connections(), sent - 1, "token, {name}");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_anywhere_may_have_been_received() {
    static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| http("200 OK", "", &ENROLLED));
    static LENGTH: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let head = WHOLE.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let server = Scripted::start(|stream| {
        let length = LENGTH.load(std::sync::atomic::Ordering::Acquire);
        answer(stream, &WHOLE[..length])
    });
    for length in 0..WHOLE.len() {
        LENGTH.store(length, std::sync::atomic::Ordering::Release);
        let expected = if length < head { NO_ANSWER } else { CUT };
        assert_fails(&format!("{length} bytes"), &server.endpoint(), &expected).await;
    }
}

#[tokio::test]
async fn bodies_without_an_envelope() {
    let deep = "[".repeat(30_000);
    let rows: [(&str, &[u8]); 10] = [
        ("nothing", b""),
        ("a page", b"<!doctype html><title>Login</title>"),
        ("text", b"\"SUCCESS\""),
        ("no object", b"[1, 2]"),
        ("no code", b"{\"message\":\"OK\"}"),
        (
            "not UTF-8",
            b"{\"code\":\"SUCCESS\",\"message\":\"\xff\xfe\"}",
        ),
        ("two codes", b"{\"code\":\"SUCCESS\",\"code\":\"ERROR\"}"),
        ("two objects", b"{\"code\":\"SUCCESS\"}{}"),
        ("deep, without an end", deep.as_bytes()),
        ("a null byte", b"\0"),
    ];
    for (name, body) in rows {
        let sandbox = face_search_enroll_sandbox::Sandbox::start().unwrap();
        let body = body.to_vec();
        sandbox.respond_with(move |_| {
            face_search_enroll_sandbox::Reply::body("application/json", body.clone())
        });
        assert_fails(name, &Endpoint::from(&sandbox), &GARBLED).await;
        assert_eq!(sandbox.requests(), u64::from(1 + RETRIES), "{name}");
    }
}

/// Successful answers in odd forms.
pub(crate) const ODD_ANSWERS: [(&str, Script); 7] = [
    ("100 Continue before it", |stream| {
        let interim = b"HTTP/1.1 100 Continue\r\n\r\n".to_vec();
        answer(stream, &[interim, http("200 OK", "", &ENROLLED)].concat())
    }),
    ("103 Early Hints before it", |stream| {
        let interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".to_vec();
        answer(stream, &[interim, http("200 OK", "", &ENROLLED)].concat())
    }),
    ("HTTP/1.0, to the end of the connection", |stream| {
        answer(
            stream,
            format!("HTTP/1.0 200 OK\r\n\r\n{}", *ENROLLED).as_bytes(),
        )
    }),
    ("HTML by its type", |stream| {
        answer(
            stream,
            &http("200 OK", "Content-Type: text/html\r\n", &ENROLLED),
        )
    }),
    ("numbers for strings", |stream| {
        let body = ENROLLED.replace("\"ed8b21c0c87ad617\"", "17");
        answer(stream, &http("200 OK", "", &body))
    }),
    ("deep nesting", |stream| {
        let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
        let body = ENROLLED.replacen("null", &deep, 1);
        answer(stream, &http("200 OK", "", &body))
    }),
    ("a trailer, and chunks of a byte", |stream| {
        let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for byte in ENROLLED.bytes() {
            bytes.extend([b'1', b'\r', b'\n', byte, b'\r', b'\n']);
        }
        bytes.extend(b"0\r\nX-Trailer: a\r\n\r\n");
        answer(stream, &bytes)
    }),
];

/// An envelope is read even if the rest of the answer is odd.
#[tokio::test]
async fn odd_successful_answers() {
    for (name, script) in ODD_ANSWERS {
        let server = Scripted::start(script);
        for (client, _) in clients(&server.endpoint(), Duration::MAX) {
            let enrolled = client.enroll(ID).await;
            let enrolled = enrolled.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert_eq!(enrolled.attempts(), 1, "{name}");
            assert!(!enrolled.confirmed_by_retry(), "{name}");
        }
    }
}

pub(crate) const STATUSES: [u16; 16] = [
    204, 301, 302, 307, 308, 400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504,
];

/// Without an envelope, the contract classifies the HTTP status.
#[tokio::test]
async fn statuses_without_an_envelope() {
    for status in STATUSES {
        let sandbox = face_search_enroll_sandbox::Sandbox::start().unwrap();
        sandbox.respond_with(move |_| {
            face_search_enroll_sandbox::Reply::body("text/html", "<html>")
                .status(status)
                .header("Location", "https://elsewhere.example/")
                .unwrap()
        });
        let outcome = Outcome::of_status(status);
        let expected = Expected {
            stage: Stage::Unreadable,
            http_status: Some(status),
            // A success without content may have content after a retry.
            retryable: status == 204 || outcome.is_some_and(Outcome::is_retryable),
            may_have_enrolled: outcome.map(Outcome::in_face_set) != Some(InFaceSet::No),
        };
        assert_fails(&status.to_string(), &Endpoint::from(&sandbox), &expected).await;
    }
}

/// With an envelope, the status is ignored.
#[tokio::test]
async fn statuses_with_an_envelope() {
    let outcomes = [
        Outcome::ServerError,
        Outcome::SignatureNotFound,
        Outcome::Throttled,
        Outcome::NotEntitled,
        Outcome::Unlisted,
    ];
    for status in STATUSES.into_iter().filter(|status| *status != 204) {
        for outcome in outcomes {
            let sandbox = face_search_enroll_sandbox::Sandbox::start().unwrap();
            sandbox.respond_with(move |_| {
                face_search_enroll_sandbox::Reply::outcome(outcome).status(status)
            });
            let expected = Expected {
                stage: Stage::Rejected,
                http_status: Some(status),
                retryable: match outcome.retry() {
                    Retry::ByStatus => {
                        Outcome::of_status(status).is_some_and(Outcome::is_retryable)
                    }
                    _ => outcome.is_retryable(),
                },
                may_have_enrolled: outcome.in_face_set() != InFaceSet::No,
            };
            let name = format!("{status} {outcome}");
            assert_fails(&name, &Endpoint::from(&sandbox), &expected).await;
        }
    }
}

async fn after_a_kept_connection(
    script: Script,
    policy: RetryPolicy,
) -> (Result<Enrolled, EnrollError>, usize) {
    let server = Scripted::start(script);
    let client = builder(server.endpoint()).retry(policy).build().unwrap();
    client.enroll(ID).await.unwrap();
    let result = client.enroll(ID).await;
    (result, server.connections())
}

/// An answer that keeps the connection open.
fn keep_alive(stream: &mut TcpStream) -> std::io::Result<()> {
    let length = ENROLLED.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
    answer(stream, format!("{head}{}", *ENROLLED).as_bytes())
}

#[tokio::test]
async fn a_reused_connection_that_breaks() {
    let answers_once: Script = |stream| {
        keep_alive(stream)?;
        // The next request has started, or the client has closed the connection.
        stream.read(&mut [0]).map(drop)
    };
    let (result, _) = after_a_kept_connection(answers_once, RetryPolicy::never()).await;
    let error = result.unwrap_err();
    assert_eq!(error.stage(), Stage::NoAnswer);
    assert!(error.may_have_enrolled());

    let at_once = RetryPolicy::standard().initial_delay(Duration::ZERO);
    let (result, connections) = after_a_kept_connection(answers_once, at_once).await;
    assert_eq!((result.unwrap().attempts(), connections), (2, 2));
}
