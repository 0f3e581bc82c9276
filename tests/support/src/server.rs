//! TCP servers on loopback that answer with raw bytes, or not at all.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread::JoinHandle,
};

use face_search_enroll::Endpoint;

/// A server on a free port.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    requests: mpsc::Receiver<Request>,
}

/// A request as the server received it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The request line: method, path, version.
    pub line: String,
    /// The headers in order, with their names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    /// The path of the request.
    pub fn path(&self) -> &str {
        self.line.split(' ').nth(1).unwrap_or_default()
    }

    /// The value of a header. Upper and lower case are equal in its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl Server {
    /// Answers one request with each of `answers`, each on its own connection.
    pub fn answering<const N: usize>(answers: [&[u8]; N]) -> Self {
        let answers: Vec<Vec<u8>> = answers.into_iter().map(<[u8]>::to_vec).collect();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read_request(&stream);
                // A test that does not look at requests may have dropped the receiver.
                let _ = sender.send(request);
                // The client may close the connection in the middle of a long answer.
                let _ = stream.write_all(&answer);
            }
        });
        Self { address, requests }
    }

    /// Answers every request with the result of `respond`, each on its own connection.
    pub fn responding(respond: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        let respond = Arc::new(respond);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (respond, sender) = (Arc::clone(&respond), sender.clone());
                std::thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    // The client may open a connection and not use it.
                    let Ok(request) = receive(&stream) else {
                        return;
                    };
                    let _ = stream.write_all(&respond(&request));
                    let _ = sender.send(request);
                });
            }
        });
        Self { address, requests }
    }

    pub fn endpoint(&self) -> Endpoint {
        Endpoint::custom(&format!("http://{}", self.address)).unwrap()
    }

    /// The next request. Waits until there is one.
    pub fn request(&self) -> Request {
        self.requests.recv().unwrap()
    }

    /// Whether a request has arrived that [`request`](Self::request) has not returned yet.
    pub fn has_request(&self) -> bool {
        self.requests.try_recv().is_ok()
    }
}

/// What a [`Scripted`] server does with a connection. An error ends the script.
pub type Script = fn(&mut TcpStream) -> std::io::Result<()>;

/// A server on a free port that runs its script on every connection, until it is dropped.
#[derive(Debug)]
pub struct Scripted {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    stopped: Arc<AtomicBool>,
    current: Arc<Mutex<Option<TcpStream>>>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    pub fn start(script: Script) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let stopped = Arc::new(AtomicBool::new(false));
        let current = Arc::new(Mutex::new(None));
        let (counter, stop) = (Arc::clone(&connections), Arc::clone(&stopped));
        let shown = Arc::clone(&current);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                *shown.lock().unwrap() = Some(stream.try_clone().unwrap());
                if stop.load(Ordering::Acquire) {
                    return;
                }
                counter.fetch_add(1, Ordering::AcqRel);
                // The client may close the connection in the middle of the script.
                let _ = script(&mut stream);
                let _ = stream.shutdown(Shutdown::Both);
            }
        });
        Self {
            address,
            connections,
            stopped,
            current,
            thread: Some(thread),
        }
    }

    pub fn endpoint(&self) -> Endpoint {
        Endpoint::custom(&format!("http://{}", self.address)).unwrap()
    }

    /// The number of connections so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Acquire)
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        // The script may wait for its client, or the listener for another connection. End both.
        if let Some(stream) = &*self.current.lock().unwrap() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        let _ = TcpStream::connect(self.address);
        let thread = self.thread.take().unwrap();
        assert!(thread.join().is_ok() || std::thread::panicking());
    }
}

/// Waits until the client closes the connection.
pub fn wait_for_end(stream: &mut TcpStream) -> std::io::Result<()> {
    std::io::copy(stream, &mut std::io::sink()).map(drop)
}

pub fn read_request(stream: &TcpStream) -> Request {
    receive(stream).unwrap()
}

/// Reads a request. It is an error if the client closes the connection before the end of the
/// request.
pub fn receive(stream: impl Read) -> std::io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let headers: Vec<(String, String)> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, length)| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Request {
        line: lines[0].clone(),
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}

/// A complete HTTP/1.1 response.
pub fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    http_of_bytes(status, headers, body.as_bytes())
}

/// Like `http`, with a body of arbitrary bytes.
pub fn http_of_bytes(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}
