//! Code that the targets share: a client, a loopback server that answers with any bytes, and checks
//! of all displayed text.

use std::{
    error::Error,
    fmt::{Debug, Display},
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{LazyLock, mpsc},
    time::Duration,
};

use face_search_enroll::{
    AccessToken, Client, Credentials, Endpoint, EnrollError, Enrolled, Outcome, RetryPolicy, raw,
    raw::types::EnrollRequest,
};
use face_search_enroll_sandbox::Sandbox;
use serde_json::{Map, Value};
use tokio::{runtime::Runtime, sync::oneshot, time::timeout};

/// A secret that must not be shown: a token, or the password of a proxy.
pub const SECRET: &str = "s3cret-th4t-n0body-sees";

/// The start of the secret, which must not be shown either, for example if a text is cut off.
pub const PART: &str = "s3cret-t";

/// Stands for [`SECRET`] in inputs, so that one byte can place it anywhere. Neither a header nor a
/// JSON string can contain this byte, so no other input is lost.
const MARK: u8 = 0x07;

/// The maximum size of a body that the client reads. It is small, so that short inputs can exceed
/// it.
pub const BODY_LIMIT: usize = 4096;

/// Every answer ends, so no call reaches this time-out.
const TIMEOUT: Duration = Duration::from_secs(5);

/// `bytes` with each mark replaced by the secret.
pub fn with_secret(bytes: &[u8]) -> Vec<u8> {
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == MARK).collect();
    parts.join(SECRET.as_bytes())
}

/// Whether the start of the secret occurs without a mark. It may then be shown.
pub fn has_part_alone(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.matches(PART).count() != text.matches(SECRET).count() || text.contains(&part_in_bytes())
}

/// [`PART`] as it is printed in a list of bytes.
fn part_in_bytes() -> String {
    let list = format!("{:?}", PART.as_bytes());
    list.trim_matches(['[', ']']).to_owned()
}

/// Makes a call that is answered with these bytes. The connection is closed after the answer.
pub fn enroll(answer: Vec<u8>) -> Result<Enrolled, EnrollError> {
    thread_local! {
        static RUNTIME: Runtime = runtime();
    }
    static SERVER: LazyLock<Server> = LazyLock::new(Server::start);
    RUNTIME.with(|runtime| runtime.block_on(SERVER.enroll(answer)))
}

/// Makes a call with keys to a server that answers every request with these bytes. Also returns the
/// number of requests.
pub fn issue(answer: Vec<u8>) -> (Result<Enrolled, EnrollError>, usize) {
    thread_local! {
        static RUNTIME: Runtime = runtime();
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = mpsc::channel();
    let server = std::thread::spawn(move || {
        let mut requests = 0;
        for connection in listener.incoming() {
            if stopped.try_recv().is_ok() {
                break;
            }
            requests += 1;
            // A client that rejects an answer may close the connection early.
            let _ = connection.and_then(|connection| self::answer(connection, &answer));
        }
        requests
    });
    let endpoint = Endpoint::custom(&format!("http://{address}")).expect("an endpoint");
    let client = Client::builder(endpoint)
        .credentials(Credentials::new(SECRET, SECRET).expect("keys"))
        .retry(RetryPolicy::never())
        .attempt_timeout(TIMEOUT)
        .timeout(TIMEOUT)
        .body_limit(BODY_LIMIT)
        .build()
        .expect("a client");
    let result = RUNTIME.with(|runtime| runtime.block_on(client.enroll("a")));
    drop(client);
    stop.send(()).expect("a server");
    let _ = TcpStream::connect(address);
    (result, server.join().expect("a server that does not panic"))
}

fn runtime() -> Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().expect("a runtime")
}

struct Server {
    client: Client,
    exchanges: mpsc::Sender<Exchange>,
}

/// One request and its answer.
struct Exchange {
    answer: Vec<u8>,
    /// Receives a message when the client has closed the connection.
    over: oneshot::Sender<()>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let (exchanges, expected) = mpsc::channel::<Exchange>();
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                // The answer is queued before its request is sent.
                let exchange = expected
                    .try_recv()
                    .expect("one connection for each call, since nothing is repeated");
                // A client that rejects an answer may close the connection early.
                let _ = connection.and_then(|connection| answer(connection, &exchange.answer));
                let _ = exchange.over.send(());
            }
        });
        let endpoint = Endpoint::custom(&format!("http://{address}")).expect("an endpoint");
        let client = Client::builder(endpoint)
            .access_token(AccessToken::new(SECRET).expect("a token"))
            .retry(RetryPolicy::never())
            .connect_timeout(TIMEOUT)
            .attempt_timeout(TIMEOUT)
            .timeout(TIMEOUT)
            .body_limit(BODY_LIMIT)
            .build()
            .expect("a client");
        Self { client, exchanges }
    }

    async fn enroll(&self, answer: Vec<u8>) -> Result<Enrolled, EnrollError> {
        let (over, is_over) = oneshot::channel();
        let exchange = Exchange { answer, over };
        self.exchanges.send(exchange).expect("a server");
        let result = self.client.enroll("a").await;
        // The next call must not reuse a connection that is about to close.
        let is_over = timeout(TIMEOUT, is_over).await;
        is_over
            .expect("the client closes what the server has closed")
            .expect("a server");
        result
    }
}

fn answer(mut connection: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    connection.set_read_timeout(Some(TIMEOUT))?;
    connection.set_write_timeout(Some(TIMEOUT))?;
    // Unread data would reset the connection before the client reads the answer.
    read_request(&connection)?;
    connection.write_all(answer)?;
    connection.shutdown(Shutdown::Write)?;
    connection.read_to_end(&mut Vec::new())?;
    Ok(())
}

fn read_request(connection: &TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            if line.trim().is_empty() {
                break;
            }
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    reader.read_exact(&mut vec![0; length])
}

/// An envelope of the contract.
pub struct Example {
    pub name: String,
    pub outcome: Outcome,
    pub envelope: Map<String, Value>,
}

/// The envelopes of the contract, as the sandbox sends them.
pub static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let runtime = runtime();
    runtime.block_on(examples()).expect("the examples")
});

async fn examples() -> Result<Vec<Example>, Box<dyn Error>> {
    let sandbox = Sandbox::start().expect("a sandbox");
    let client = Client::builder(&sandbox)
        .access_token(AccessToken::new(SECRET).expect("a token"))
        .build()
        .expect("a client");
    let request = EnrollRequest {
        signature_id: "a".parse().expect("a signature id"),
    };
    let mut examples = Vec::new();
    // The examples of the first operation, which the client calls.
    let first = sandbox.examples().next().map(|(operation, ..)| operation.to_owned());
    for (operation, name, outcome) in sandbox.examples() {
        if Some(operation) != first.as_deref() {
            continue;
        }
        // With a status that the contract does not describe, the raw client does not parse the
        // body.
        sandbox.enqueue_reply(sandbox.example(name)?.status(400));
        let Err(raw::Error::UnexpectedResponse(answer)) = client.raw().enroll(&request).await
        else {
            panic!("{name} is read");
        };
        let bytes = answer.bytes().await.expect("a body");
        let envelope = serde_json::from_slice(&bytes).expect("an envelope");
        examples.push(Example {
            name: name.to_owned(),
            outcome: outcome.parse()?,
            envelope,
        });
    }
    Ok(examples)
}

/// Checks that `shown` contains neither the secret nor its start.
pub fn assert_hidden(shown: &str) {
    assert!(!shown.contains(PART), "{shown}");
    assert!(!shown.contains(&part_in_bytes()), "{shown}");
}

/// Like [`assert_hidden`], for an error and its sources.
pub fn assert_error_hides(error: &dyn Error) {
    let mut cause = Some(error);
    while let Some(error) = cause {
        assert_hidden(&format!("{error}\n{error:?}\n{error:#?}"));
        cause = error.source();
    }
}

/// Checks that an error displays as one line without control or direction characters.
pub fn assert_line(error: &(impl Display + Debug)) {
    let line = error.to_string();
    let is_odd =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!line.contains(is_odd), "{line:?}");
}
