//! A proxy forwards TLS: it sees the host, but neither the request nor the token.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, TcpStream},
    sync::Arc,
    time::Duration,
};

use face_search_enroll::{
    BuildError, Client, ConnectReason, Endpoint, EnrollError, Proxy, RetryPolicy, Stage,
};
use rustls::ServerConfig;

use crate::{
    TOKEN, at_once, builder, causes,
    connections::{Authority, Connections, answer, tls},
    contains, enrolled,
    log::logged,
    operation,
    server::{Request, http, receive},
    shown, token_header,
};

const ID: &str = "730baa5ab2e34e53";

const LOOPBACK: &str = "127.0.0.1";

/// A host name that only the proxy can resolve.
const HOST: &str = "behind-the-proxy.invalid";

/// A user name and a password, as in an address.
const CREDENTIALS: &str = "user:p%40ss%3Aword";
/// The same credentials in Base64.
const AUTHORIZATION: &str = "Basic dXNlcjpwQHNzOndvcmQ=";

/// What a proxy does with a connection.
#[derive(Clone)]
enum Peer {
    /// Opens a tunnel to a server.
    Tunnels(Arc<ServerConfig>),
    /// Opens a tunnel over TLS. The first server is the proxy itself.
    TunnelsOverTls(Arc<ServerConfig>, Arc<ServerConfig>),
    /// Answers with these bytes.
    Says(Vec<u8>),
    /// Leaves the connection open.
    IsSilent,
}

/// What the proxy and the server saw of a connection.
#[derive(Default)]
struct Seen {
    /// The request to the proxy.
    connect: Option<Request>,
    /// All bytes that the proxy could read.
    bytes: Vec<u8>,
    /// The request to the server.
    request: Option<Request>,
    _open: Option<TcpStream>,
}

impl Peer {
    fn serve(&self, stream: TcpStream) -> Seen {
        match self {
            Self::Tunnels(server) => tunnel(stream, server),
            Self::TunnelsOverTls(proxy, server) => tunnel(tls(proxy, stream), server),
            Self::Says(bytes) => {
                let mut tap = Tap::new(stream);
                let connect = receive(&mut tap);
                // The client may close the connection in the middle of a long answer.
                let _ = tap.write_all(bytes);
                Seen {
                    connect: Some(connect.unwrap()),
                    bytes: tap.bytes,
                    ..Seen::default()
                }
            }
            Self::IsSilent => Seen {
                _open: Some(stream),
                ..Seen::default()
            },
        }
    }

    fn listen(self) -> Connections<Seen> {
        Connections::served_by(move |stream| self.serve(stream))
    }
}

/// A stream that records all that is read from it.
struct Tap<S> {
    stream: S,
    bytes: Vec<u8>,
}

impl<S> Tap<S> {
    fn new(stream: S) -> Self {
        Self {
            stream,
            bytes: Vec::new(),
        }
    }
}

impl<S: Read> Read for Tap<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.bytes.extend_from_slice(&buffer[..read]);
        Ok(read)
    }
}

impl<S: Write> Write for Tap<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Accepts a tunnel, and runs the server at its other end.
fn tunnel(stream: impl Read + Write, server: &Arc<ServerConfig>) -> Seen {
    let mut tap = Tap::new(stream);
    // The client waits for an answer before it sends more. Over TLS, it sends nothing to a proxy
    // that it does not trust.
    let Ok(connect) = receive(&mut tap) else {
        return Seen::default();
    };
    tap.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .unwrap();
    tap.flush().unwrap();
    let request = answer(server, &mut tap, &enrolled()).ok();
    Seen {
        connect: Some(connect),
        bytes: tap.bytes,
        request,
        _open: None,
    }
}

/// The password in any of its forms.
fn assert_hides_the_password(shown: &str) {
    for form in ["p%40ss", "p@ss", &AUTHORIZATION["Basic ".len()..]] {
        assert!(!shown.contains(form), "{shown}");
    }
    let bytes = format!("{:?}", b"p@ss");
    assert!(!shown.contains(bytes.trim_matches(['[', ']'])), "{shown}");
}

fn proxy(scheme: &str, credentials: &str, port: u16) -> Proxy {
    Proxy::new(&format!("{scheme}://{credentials}{LOOPBACK}:{port}")).unwrap()
}

fn https(host: &str) -> Endpoint {
    Endpoint::custom(&format!("https://{host}")).unwrap()
}

#[tokio::test]
async fn a_proxy_sees_the_host_and_the_server_sees_the_call() {
    let authority = Authority::new("an authority");
    let with_credentials = format!("{CREDENTIALS}@");
    let authorized = Some(AUTHORIZATION);
    for (scheme, credentials, authorization, host, target) in [
        (
            "http",
            &*with_credentials,
            authorized,
            HOST,
            "behind-the-proxy.invalid:443",
        ),
        (
            "http",
            "",
            None,
            "behind-the-proxy.invalid:8443",
            "behind-the-proxy.invalid:8443",
        ),
        (
            "http",
            "user@",
            Some("Basic dXNlcjo="),
            HOST,
            "behind-the-proxy.invalid:443",
        ),
        (
            "https",
            &*with_credentials,
            authorized,
            HOST,
            "behind-the-proxy.invalid:443",
        ),
    ] {
        let server = authority.server(HOST);
        let listening = match scheme {
            "https" => Peer::TunnelsOverTls(authority.server(LOOPBACK), server),
            _ => Peer::Tunnels(server),
        }
        .listen();
        let client = builder(https(host))
            .proxy(proxy(scheme, credentials, listening.address().port()))
            .root_certificates(authority.roots());

        let call = async { client.build().unwrap().enroll(ID).await };
        let (enrolled, logged) = logged(call).await;

        enrolled.unwrap();
        assert!(logged.text.contains("proxy("), "{}", logged.text);
        assert!(!logged.text.contains(TOKEN), "{}", logged.text);
        assert_hides_the_password(&logged.text);
        let seen = listening.finish();
        assert_eq!(seen.len(), 1);
        let Seen {
            connect,
            bytes,
            request,
            ..
        } = &seen[0];
        let connect = connect.as_ref().unwrap();
        assert_eq!(connect.line, format!("CONNECT {target} HTTP/1.1"));
        assert_eq!(connect.header("host"), Some(target));
        assert_eq!(connect.header("proxy-authorization"), authorization);
        for (name, _) in &connect.headers {
            let known = ["host", "proxy-authorization", "user-agent"];
            assert!(known.contains(&&**name), "{name} is sent to a proxy");
        }
        let operation = operation();
        for secret in [TOKEN, ID, &operation.path, token_header()] {
            assert!(!contains(bytes, secret), "the proxy saw {secret}");
        }
        let request = request.as_ref().unwrap();
        let line = format!("{} {} HTTP/1.1", operation.method, operation.path);
        assert_eq!(request.line, line);
        assert_eq!(request.header(token_header()), Some(TOKEN));
        assert_eq!(request.header("proxy-authorization"), None);
    }
}

/// The scheme of a proxy and what it does, the expected reason and status of the error, and words
/// of its message.
type BrokenTunnel = (&'static str, Peer, ConnectReason, Option<u16>, &'static str);

fn broken_tunnels(authority: &Authority) -> Vec<BrokenTunnel> {
    use ConnectReason::{Network, TimedOut, Tls};
    use Peer::{IsSilent, Says, Tunnels, TunnelsOverTls};

    let elsewhere = Authority::new("another authority");
    let says = |status: &str| Says(http(status, "", "<html>"));
    let endless = [b"HTTP/1.1 200 OK\r\nVia: ", &[b'x'; 10_000][..]].concat();
    vec![
        (
            "http",
            says("407 Proxy Authentication Required"),
            Network,
            Some(407),
            "authorization required",
        ),
        (
            "http",
            says("403 Forbidden"),
            Network,
            Some(403),
            "unsuccessful",
        ),
        (
            "http",
            says("502 Bad Gateway"),
            Network,
            Some(502),
            "unsuccessful",
        ),
        (
            "http",
            says("302 Found"),
            Network,
            Some(302),
            "unsuccessful",
        ),
        (
            "http",
            Says(b"220 mail.example ESMTP\r\n".into()),
            Network,
            None,
            "unsuccessful",
        ),
        ("http", Says(endless), Network, None, "too long"),
        (
            "http",
            Says(b"HTTP/1.1 200".into()),
            Network,
            None,
            "unexpected end of file",
        ),
        (
            "http",
            Says(Vec::new()),
            Network,
            None,
            "unexpected end of file",
        ),
        ("http", IsSilent, TimedOut, None, "timed out"),
        // The tunnel is open, and TLS fails in it as it does without a proxy.
        (
            "http",
            Tunnels(elsewhere.server(HOST)),
            Tls,
            None,
            "UnknownIssuer",
        ),
        (
            "http",
            Tunnels(authority.server(LOOPBACK)),
            Tls,
            None,
            "not valid for name",
        ),
        (
            "https",
            TunnelsOverTls(elsewhere.server(LOOPBACK), authority.server(HOST)),
            Tls,
            None,
            "UnknownIssuer",
        ),
    ]
}

#[tokio::test]
async fn a_failed_tunnel_says_why_and_may_be_retried() {
    use ConnectReason::{Network, TimedOut, Tls};

    let authority = Authority::new("an authority");
    for (scheme, peer, reason, status, words) in broken_tunnels(&authority) {
        let connect_timeout = Duration::from_millis(if reason == TimedOut { 100 } else { 60_000 });
        let repeated = if reason == Tls { 1 } else { 3 };
        // The client sends a second request to learn the status of a refusal, if the error does not
        // have it.
        let connections = if reason == Network && status != Some(407) {
            2
        } else {
            1
        };
        for (policy, attempts) in [(RetryPolicy::never(), 1), (at_once(), repeated)] {
            let listening = peer.clone().listen();
            let credentials = format!("{CREDENTIALS}@");
            let client = builder(https(HOST))
                .proxy(proxy(scheme, &credentials, listening.address().port()))
                .root_certificates(authority.roots())
                .connect_timeout(connect_timeout)
                .retry(policy);

            let call = async { client.build().unwrap().enroll(ID).await };
            let (result, logged) = logged(call).await;

            let error = result.unwrap_err();
            assert!(!logged.text.contains(TOKEN), "{}", logged.text);
            assert_hides_the_password(&logged.text);
            assert_unconnected(&error, reason, words);
            assert_eq!(error.attempts(), attempts, "{error}");
            let seen = listening.finish();
            assert_eq!(seen.len(), attempts as usize * connections, "{error}");
            let EnrollError::Connect(connect) = &error else {
                panic!("{error}");
            };
            assert_eq!(connect.proxy_status, status, "{error}");
            if let Some(status) = status {
                let words = format!(": the proxy answered with HTTP {status}");
                assert!(error.to_string().contains(&words), "{error}");
            }
            for Seen {
                connect,
                bytes,
                request,
                ..
            } in seen
            {
                let connect = connect.filter(|_| scheme == "http");
                if let Some(connect) = connect {
                    let authorization = connect.header("proxy-authorization");
                    assert_eq!(authorization, Some(AUTHORIZATION));
                }
                assert!(request.is_none(), "{error}");
                assert!(!contains(&bytes, TOKEN) && !contains(&bytes, ID), "{error}");
            }
        }
    }
}

/// An invalid address is an error when it is parsed, so that no call bypasses its proxy.
#[tokio::test]
async fn a_password_may_have_any_characters() {
    let refusal = http("407 Proxy Authentication Required", "", "");
    let listening = Peer::Says(refusal).listen();
    let authority = format!("{LOOPBACK}:{}", listening.address().port());
    let mut used = 0;
    let punctuation = ('!'..='~').filter(char::is_ascii_punctuation);
    for character in punctuation.chain(['ä', '✓', ' ']) {
        let url = format!("http://user:a{character}b@{authority}");
        let Ok(proxy) = Proxy::new(&url) else {
            continue;
        };
        let client = builder(https(HOST))
            .proxy(proxy)
            .retry(RetryPolicy::never());
        let error = client.build().unwrap().enroll(ID).await.unwrap_err();
        assert_unconnected(&error, ConnectReason::Network, "authorization required");
        used += 1;
    }
    assert_eq!(listening.finish().len(), used);
    // All characters except those that end a host: slash, backslash, question mark and hash.
    assert_eq!(used, 35 - 4);
}

#[tokio::test]
async fn a_proxy_that_is_down_is_a_retryable_connection_error() {
    // A port that is bound, but not listened on.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let port = socket.local_addr().unwrap().port();
    let credentials = format!("{CREDENTIALS}@");
    let client = builder(https(HOST))
        .proxy(proxy("http", &credentials, port))
        .retry(at_once())
        .build()
        .unwrap();

    let error = client.enroll(ID).await.unwrap_err();

    assert_unconnected(
        &error,
        ConnectReason::Network,
        "failed to create underlying connection",
    );
    assert_eq!(error.attempts(), 3);
}

#[track_caller]
fn assert_unconnected(error: &EnrollError, reason: ConnectReason, words: &str) {
    let shown = shown(error);
    let EnrollError::Connect(connect) = error else {
        panic!("{shown}");
    };
    assert_eq!(connect.reason, reason, "{shown}");
    assert_eq!(error.stage(), Stage::Connect);
    assert_eq!(error.is_retryable(), reason != ConnectReason::Tls);
    assert!(!error.may_have_enrolled());
    // The message about TLS comes from another library, so it is not compared.
    let is_its_own =
        reason == ConnectReason::Tls && cfg!(not(any(feature = "rustls", feature = "rustls-ring")));
    assert!(
        causes(error).contains(words) || is_its_own,
        "no {words:?} in {shown}"
    );
    assert!(!shown.contains(TOKEN), "{shown}");
    assert_hides_the_password(&shown);
}

#[test]
fn a_proxy_for_a_server_over_plain_http_is_refused() {
    let sandbox = Endpoint::custom("http://127.0.0.1:4010").unwrap();
    let credentials = format!("{CREDENTIALS}@");
    let through = builder(sandbox).proxy(proxy("http", &credentials, 3128));
    let error = through.build().unwrap_err();
    assert!(matches!(error, BuildError::ProxyOnPlainHttp), "{error}");
    assert!(error.to_string().contains("; remove the proxy"), "{error}");
    assert_hides_the_password(&shown(&error));
}

#[test]
fn the_password_of_a_proxy_is_never_printed() {
    let credentials = format!("{CREDENTIALS}@");
    let proxy = proxy("http", &credentials, 3128);
    let builder = builder(https(HOST)).proxy(proxy.clone());
    assert_eq!(format!("{proxy:?}"), "Proxy(http://…@127.0.0.1:3128)");
    assert_hides_the_password(&format!("{proxy:?} {proxy:#?} {builder:?} {builder:#?}"));
    let client: Client = builder.build().unwrap();
    let raw = client.raw();
    assert_hides_the_password(&format!("{client:?} {client:#?} {raw:?} {raw:#?}"));
}

#[test]
fn an_invalid_proxy_address_is_refused_without_its_password() {
    for url in [
        "",
        "proxy.example",
        "proxy.example:3128",
        "http://",
        "http://user:secret@",
        "http://user:secret@:3128",
        "socks5://user:secret@proxy.example:1080",
        "ftp://user:secret@proxy.example",
        "user:secret@proxy.example:3128",
        "//user:secret@proxy.example:3128",
        // An address without a scheme, whose password contains something like a scheme.
        "user:secret://@proxy.example:3128",
        "secret://secret@proxy.example:3128",
        "http://user:secret@proxy.example:port",
        "http://user:secret@proxy.example:65536",
        "http://user:secret@proxy example",
        "http://user:secret@proxy.example/path",
        "http://user:secret@proxy.example/?query",
        "http://user:secret@proxy.example/#fragment",
        // These characters must be percent-encoded.
        "http://user:secret/secret@proxy.example:3128",
        "http://user:secret?secret@proxy.example:3128",
        "http://user:secret#secret@proxy.example:3128",
        "http://user:1/secret@proxy.example:3128",
        // An empty variable. Ignoring it would mean no proxy at all.
        "http://user:secret@${PROXY_HOST}:3128",
        "http://user:secret@{{proxy}}",
    ] {
        let error = Proxy::new(url).expect_err(url);
        let shown = shown(&error);
        assert!(shown.contains("; write http://HOST:PORT"), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
        if !url.contains('@') {
            assert!(shown.contains(&format!("{url:?}")), "{shown}");
        }
    }
}

#[test]
fn the_address_of_a_proxy_is_shown_without_its_credentials() {
    for (url, shown) in [
        ("http://proxy.example", "http://proxy.example"),
        (
            " https://proxy.example:3128/ ",
            "https://proxy.example:3128/",
        ),
        ("http://[::1]:3128", "http://[::1]:3128"),
        ("http://user@proxy.example", "http://…@proxy.example"),
        (
            "https://user:secret@10.0.0.1:3128",
            "https://…@10.0.0.1:3128",
        ),
        ("HTTP://user:secret@Proxy.Example", "HTTP://…@Proxy.Example"),
        // Characters that need no encoding are not encoded.
        (
            "http://user:se@cr:et@proxy.example",
            "http://…@proxy.example",
        ),
    ] {
        let proxy = Proxy::new(url).unwrap();
        assert_eq!(format!("{proxy:?}"), format!("Proxy({shown})"));
    }
}
