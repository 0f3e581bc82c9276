//! The token is sent only to a server that TLS has authenticated.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    sync::Arc,
    time::Duration,
};

use face_search_enroll::{
    ClientBuilder, ConnectReason, Endpoint, EnrollError, RetryPolicy, RootCertificates,
    RootCertificatesError, Stage,
};
use progenitor_client::ClientInfo;
use rcgen::{ExtendedKeyUsagePurpose, KeyPair, date_time_ymd};
use rustls::{
    DEFAULT_VERSIONS, ServerConfig,
    version::{TLS12, TLS13},
};

use crate::{
    TOKEN, at_once, builder, causes,
    connections::{Authority, Connections, answer},
    contains, enrolled,
    log::logged,
    operation,
    server::{Request, Server, http},
    shown, token_header,
};

const ID: &str = "730baa5ab2e34e53";
const LOOPBACK: &str = "127.0.0.1";

/// Long enough for any handshake, and short enough for a test that waits for the timeout.
const PATIENCE: Duration = Duration::from_secs(60);
const HURRY: Duration = Duration::from_millis(100);

/// What a server does with a connection.
#[derive(Clone)]
enum Peer {
    /// Shows a certificate, and answers a request.
    Shows(Arc<ServerConfig>),
    /// Answers the first message of the handshake with these bytes.
    Says(Vec<u8>),
    /// Closes the connection after the first message of the handshake.
    Closes,
    /// Closes the connection before it has read anything.
    HangsUp,
    /// Leaves the connection open.
    IsSilent,
}

/// What a server received on a connection.
#[derive(Default)]
struct Seen {
    /// The request that came over TLS.
    request: Option<Request>,
    /// All other bytes.
    bytes: Vec<u8>,
    _open: Option<TcpStream>,
}

impl Peer {
    fn serve(&self, mut stream: TcpStream) -> Seen {
        let mut seen = Seen::default();
        match self {
            Self::Shows(config) => seen.request = answer(config, stream, &enrolled()).ok(),
            Self::Says(bytes) => {
                seen.bytes = first_record(&mut stream);
                stream.write_all(bytes).unwrap();
                // The connection may end with a reset. Only the bytes before it matter.
                let _ = stream.read_to_end(&mut seen.bytes);
            }
            Self::Closes => seen.bytes = first_record(&mut stream),
            Self::HangsUp => drop(stream),
            Self::IsSilent => {
                return Seen {
                    _open: Some(stream),
                    ..seen
                };
            }
        }
        seen
    }

    fn listen(self) -> Connections<Seen> {
        Connections::served_by(move |stream| self.serve(stream))
    }
}

/// The first message of a handshake, which fits into one TLS record.
fn first_record(stream: &mut TcpStream) -> Vec<u8> {
    let mut record = vec![0; 5];
    stream.read_exact(&mut record).unwrap();
    let length = u16::from_be_bytes([record[3], record[4]]);
    record.resize(5 + usize::from(length), 0);
    stream.read_exact(&mut record[5..]).unwrap();
    record
}

/// The `ServerHello` of a server with TLS 1.1 at most: version, random, no session, a cipher suite of
/// TLS 1.1, no compression.
fn server_hello_of_tls_1_1() -> Vec<u8> {
    let hello = [&[3, 2][..], &[7; 32], &[0, 0xc0, 0x13, 0]].concat();
    let length = u8::try_from(hello.len()).unwrap();
    let handshake = [&[2, 0, 0, length][..], &hello].concat();
    let length = u8::try_from(handshake.len()).unwrap();
    [&[22, 3, 2, 0, length][..], &handshake].concat()
}

#[tokio::test]
async fn a_server_with_a_trusted_certificate_gets_the_call_and_the_token() {
    let authority = Authority::new("an authority");
    for host in [LOOPBACK, "localhost"] {
        for versions in [&[&TLS12][..], &[&TLS13], DEFAULT_VERSIONS] {
            let server = Peer::Shows(authority.server_with(host, versions, |_| {})).listen();
            let client = builder(server.https(host)).root_certificates(authority.roots());

            let call = async { client.build().unwrap().enroll(ID).await };
            let (enrolled, logged) = logged(call).await;

            assert_eq!(enrolled.unwrap().signature_id(), ID);
            assert!(
                logged.text.contains("rustls")
                    || cfg!(not(any(feature = "rustls", feature = "rustls-ring")))
            );
            assert!(!logged.text.contains(TOKEN), "{}", logged.text);
            let seen = server.finish();
            let [Seen { request, .. }] = &seen[..] else {
                panic!("{} connections", seen.len());
            };
            let request = request.as_ref().unwrap();
            let operation = operation();
            assert_eq!(request.header(token_header()), Some(TOKEN));
            let line = format!("{} {} HTTP/1.1", operation.method, operation.path);
            assert_eq!(request.line, line);
        }
    }
}

#[tokio::test]
async fn a_server_that_tls_does_not_authenticate_gets_no_request() {
    use ConnectReason::{Network, TimedOut, Tls};
    use Peer::{Closes, HangsUp, IsSilent, Says, Shows};

    let authority = Authority::new("an authority");
    let elsewhere = Authority::new("another authority");
    let dated = |from: i32, to: i32| {
        Shows(
            authority.server_with(LOOPBACK, DEFAULT_VERSIONS, |certificate| {
                certificate.not_before = date_time_ymd(from, 1, 1);
                certificate.not_after = date_time_ymd(to, 1, 1);
            }),
        )
    };
    let for_clients = authority.server_with(LOOPBACK, DEFAULT_VERSIONS, |certificate| {
        certificate.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    });
    for (peer, reason, words) in [
        // What rustls reports about a certificate.
        (Shows(elsewhere.server(LOOPBACK)), Tls, "UnknownIssuer"),
        (
            Shows(authority.server("elsewhere.example")),
            Tls,
            "not valid for name",
        ),
        (
            Shows(authority.server("127.0.0.2")),
            Tls,
            "not valid for name",
        ),
        (dated(2000, 2001), Tls, "certificate expired"),
        (dated(3000, 3001), Tls, "certificate not valid yet"),
        (Shows(for_clients), Tls, "EkuError"),
        // A server without a safe version of TLS, and the alert that such a server sends.
        (Says(server_hello_of_tls_1_1()), Tls, "peer is incompatible"),
        (
            Says(vec![21, 3, 1, 0, 2, 2, 70]),
            Tls,
            "fatal alert: ProtocolVersion",
        ),
        // A server without TLS.
        (
            Says(http("400 Bad Request", "", "")),
            Tls,
            "received corrupt message",
        ),
        // These failures may be temporary.
        (Closes, Network, "handshake eof"),
        (HangsUp, Network, ""),
        (IsSilent, TimedOut, "timed out"),
    ] {
        let connect_timeout = if reason == TimedOut { HURRY } else { PATIENCE };
        let repeated = if reason == Tls { 1 } else { 3 };
        for (policy, attempts) in [(RetryPolicy::never(), 1), (at_once(), repeated)] {
            let server = peer.clone().listen();
            let client = builder(server.https(LOOPBACK))
                .root_certificates(authority.roots())
                .connect_timeout(connect_timeout)
                .retry(policy);

            let call = async { client.build().unwrap().enroll(ID).await };
            let (result, logged) = logged(call).await;

            let error = result.unwrap_err();
            let shown = shown(&error);
            let EnrollError::Connect(connect) = &error else {
                panic!("{shown}");
            };
            assert_eq!(connect.reason, reason, "{shown}");
            assert_eq!(error.stage(), Stage::Connect);
            assert_eq!(error.is_retryable(), reason != Tls, "{shown}");
            assert!(!error.may_have_enrolled(), "{shown}");
            assert_eq!(error.attempts(), attempts, "{shown}");
            // The message comes from another library, so it is not compared.
            let named = causes(&error).contains(words)
                || cfg!(not(any(feature = "rustls", feature = "rustls-ring")));
            assert!(named, "no {words:?} in {shown}");
            assert!(!shown.contains(TOKEN), "{shown}");
            assert!(!logged.text.contains(TOKEN), "{}", logged.text);

            let seen = server.finish();
            assert_eq!(seen.len(), attempts as usize, "{shown}");
            for Seen { request, bytes, .. } in seen {
                assert!(request.is_none(), "{shown}");
                assert!(!contains(&bytes, TOKEN) && !contains(&bytes, ID), "{shown}");
            }
        }
    }
}

#[tokio::test]
async fn every_time_out_applies_to_a_handshake() {
    type Limit = fn(ClientBuilder, Duration) -> ClientBuilder;
    let limits: [Limit; 3] = [
        ClientBuilder::connect_timeout,
        ClientBuilder::attempt_timeout,
        ClientBuilder::timeout,
    ];
    for limit in limits {
        let server = Peer::IsSilent.listen();
        let mut unlimited = builder(server.https(LOOPBACK)).retry(RetryPolicy::never());
        for other in limits {
            unlimited = other(unlimited, Duration::MAX);
        }
        let client = limit(unlimited, HURRY).build().unwrap();

        let call = tokio::time::timeout(PATIENCE, client.enroll(ID));
        let error = call.await.unwrap().unwrap_err();

        assert!(
            matches!(&error, EnrollError::Connect(connect) if connect.reason == ConnectReason::TimedOut),
            "{error}"
        );
        assert!(
            error.elapsed() >= HURRY && error.elapsed() < PATIENCE,
            "{error:?}"
        );
        assert_eq!(server.finish().len(), 1);
    }
}

#[tokio::test]
async fn root_certificates_add_up() {
    let authorities = ["one", "two", "three"].map(Authority::new);
    let [one, two, three] = &authorities;
    // Two certificates in one file, with other text between them.
    let file = format!(
        "# one\n{}\n# two\r\n{}",
        one.pem(),
        two.pem().replace('\n', "\r\n")
    );
    let file = RootCertificates::from_pem(file.as_bytes()).unwrap();
    assert_eq!(format!("{file:?}"), "RootCertificates(2)");
    for authority in [one, two, three] {
        let server = Peer::Shows(authority.server(LOOPBACK)).listen();
        let client = builder(server.https(LOOPBACK))
            .root_certificates(file.clone())
            .root_certificates(three.roots())
            .build()
            .unwrap();
        client.enroll(ID).await.unwrap();
        assert_eq!(server.finish().len(), 1);
    }
}

/// The environment belongs to the whole process, so the call is made in another process that runs
/// this test.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_certificates_of_the_operating_system_are_also_trusted() {
    const ENDPOINT: &str = "FACE_SEARCH_ENROLL_TEST_ENDPOINT";
    if let Ok(endpoint) = std::env::var(ENDPOINT) {
        let client = builder(Endpoint::custom(&endpoint).unwrap())
            .root_certificates(Authority::new("the caller's").roots())
            .build()
            .unwrap();
        client.enroll(ID).await.unwrap();
        return;
    }
    let authority = Authority::new("the system's");
    let file = authority.file();
    let server = Peer::Shows(authority.server(LOOPBACK)).listen();

    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "tls::the_certificates_of_the_operating_system_are_also_trusted",
        ])
        .env(ENDPOINT, server.https(LOOPBACK).base_url())
        .env("SSL_CERT_FILE", file.path())
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap();

    assert!(output.status.success(), "{output:?}");
    let seen = server.finish();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].request.is_some());
}

#[tokio::test]
async fn a_client_of_an_https_server_sends_nothing_over_plain_http() {
    let server = Server::answering([&enrolled()]);
    let client = builder(Endpoint::custom("https://verification.example").unwrap());
    let https = client.build().unwrap().raw();
    let endpoint = server.endpoint();

    let request = https.client().post(endpoint.base_url());
    let error = request.send().await.unwrap_err();

    let shown = shown(&error);
    assert!(shown.contains("URL scheme is not allowed"), "{shown}");
    assert!(!shown.contains(TOKEN), "{shown}");
    assert!(!server.has_request());
}

#[test]
fn the_error_for_unusable_root_certificates_says_why_and_what_to_do() {
    let block = |text: &str| {
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n").into_bytes()
    };
    let pem = Authority::new("an authority").pem();
    let key = KeyPair::generate().unwrap();
    let rows: [(Vec<u8>, &str); 10] = [
        (b"".into(), "no block"),
        (b"\n \n".into(), "no block"),
        (b"corporate-proxy.pem".into(), "no block"),
        (key.serialize_pem().into(), "no block"),
        (key.serialize_der(), "no block"),
        (block("!!!!"), "is not a certificate"),
        (block("AAAA"), "is not a certificate"),
        (block(""), "is not a certificate"),
        (
            pem.as_bytes()[..pem.len() / 2].into(),
            "is not a certificate",
        ),
        (
            [pem.as_bytes(), &block("AAAA")].concat(),
            "is not a certificate",
        ),
    ];
    for (text, rule) in rows {
        let error = RootCertificates::from_pem(&text).unwrap_err();
        let shown = shown(&error);
        assert!(error.to_string().contains(rule), "{shown}");
        assert!(error.to_string().contains("; pass a PEM file"), "{shown}");
        let is_broken = matches!(error, RootCertificatesError::Broken { .. });
        assert_eq!(is_broken, std::error::Error::source(&error).is_some());
        let secret = key.serialize_pem();
        let secret = secret.lines().nth(1).unwrap();
        assert!(!shown.contains(secret), "{shown}");
    }
}
