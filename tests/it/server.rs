//! A TCP server that takes one request after the other and answers with bytes as they are.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::mpsc,
};

use face_search_enroll::Endpoint;

/// A server on a free port, for as many requests as it has answers.
pub(crate) struct Server {
    address: std::net::SocketAddr,
    requests: mpsc::Receiver<Request>,
}

/// A request as it arrived.
pub(crate) struct Request {
    /// The request line: method, path, version.
    pub(crate) line: String,
    /// The headers in their order, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Server {
    /// Answers one request with each of `answers`, then closes that connection.
    pub(crate) fn answering<const N: usize>(answers: [&[u8]; N]) -> Self {
        let answers: Vec<Vec<u8>> = answers.into_iter().map(<[u8]>::to_vec).collect();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read_request(&stream);
                // A test that wants no requests has gone by then.
                let _ = sender.send(request);
                // The client may hang up in the middle of an answer that is too long.
                let _ = stream.write_all(&answer);
            }
        });
        Self { address, requests }
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        Endpoint::custom(&format!("http://{}", self.address)).unwrap()
    }

    /// The next request that arrived.
    pub(crate) fn request(&self) -> Request {
        self.requests.recv().unwrap()
    }

    /// Whether a request has arrived that nobody asked for.
    pub(crate) fn has_request(&self) -> bool {
        self.requests.try_recv().is_ok()
    }
}

fn read_request(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
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
    reader.read_exact(&mut body).unwrap();
    Request {
        line: lines[0].clone(),
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}

/// A whole HTTP/1.1 answer.
pub(crate) fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
