//! A server on a free port whose connections a thread serves one after the other, and TLS for them.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    panic::resume_unwind,
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

use face_search_enroll::{Endpoint, RootCertificates};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair,
};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion,
    crypto::ring::default_provider, pki_types::PrivateKeyDer,
};
use tempfile::NamedTempFile;

use crate::server::{Request, receive};

/// Serves every connection to a free port of loopback until the test calls `finish`.
#[must_use = "call `finish`, which reports a failure of the thread"]
#[derive(Debug)]
pub struct Connections<T> {
    address: SocketAddr,
    /// The address of the connection that ends the thread.
    last: Arc<Mutex<Option<SocketAddr>>>,
    thread: JoinHandle<Vec<T>>,
}

impl<T: Send + 'static> Connections<T> {
    pub fn served_by(mut serve: impl FnMut(TcpStream) -> T + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let last = Arc::new(Mutex::new(None));
        let thread = std::thread::spawn({
            let last = Arc::clone(&last);
            move || {
                let mut served = Vec::new();
                loop {
                    let (stream, peer) = listener.accept().unwrap();
                    if *last.lock().unwrap() == Some(peer) {
                        return served;
                    }
                    served.push(serve(stream));
                }
            }
        });
        Self {
            address,
            last,
            thread,
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint of the port over plain HTTP.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint::custom(&format!("http://{}", self.address)).unwrap()
    }

    /// The endpoint of the port over TLS, under the name `host`.
    pub fn https(&self, host: &str) -> Endpoint {
        Endpoint::custom(&format!("https://{host}:{}", self.address.port())).unwrap()
    }

    /// Ends the thread, and returns the result of each connection. Connections are served in order,
    /// so none is missing.
    pub fn finish(self) -> Vec<T> {
        {
            let mut last = self.last.lock().unwrap();
            // If the thread has failed, the connection is refused.
            if let Ok(stream) = TcpStream::connect(self.address) {
                *last = Some(stream.local_addr().unwrap());
            }
        }
        self.thread
            .join()
            .unwrap_or_else(|failure| resume_unwind(failure))
    }
}

/// A certificate authority.
#[derive(Debug)]
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name = DistinguishedName::new();
        parameters.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(parameters, key).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A file with the certificate of the authority. Dropping the result deletes the file.
    pub fn file(&self) -> NamedTempFile {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(self.pem().as_bytes()).unwrap();
        file
    }

    pub fn roots(&self) -> RootCertificates {
        RootCertificates::from_pem(self.pem().as_bytes()).unwrap()
    }

    /// A server with a certificate for `name`.
    pub fn server(&self, name: &str) -> Arc<ServerConfig> {
        self.server_with(name, rustls::DEFAULT_VERSIONS, |_| {})
    }

    /// Like `server`, for these versions of TLS. `change` edits the certificate before it is
    /// signed.
    pub fn server_with(
        &self,
        name: &str,
        versions: &[&'static SupportedProtocolVersion],
        change: impl FnOnce(&mut CertificateParams),
    ) -> Arc<ServerConfig> {
        let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
        change(&mut parameters);
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.into()], key)
            .unwrap();
        Arc::new(config)
    }
}

/// A TLS stream over `stream`. The handshake starts with the first read or write.
pub fn tls<S: Read + Write>(
    config: &Arc<ServerConfig>,
    stream: S,
) -> StreamOwned<ServerConnection, S> {
    let connection = ServerConnection::new(Arc::clone(config)).unwrap();
    StreamOwned::new(connection, stream)
}

/// Reads a request over TLS and answers it.
pub fn answer(
    config: &Arc<ServerConfig>,
    stream: impl Read + Write,
    answer: &[u8],
) -> io::Result<Request> {
    let mut stream = tls(config, stream);
    let request = receive(&mut stream)?;
    stream.write_all(answer)?;
    stream.conn.send_close_notify();
    stream.flush()?;
    Ok(request)
}
