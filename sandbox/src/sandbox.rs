//! A running sandbox.

use std::{fmt, io, net::SocketAddr, sync::Arc, thread::JoinHandle, time::Duration};

use face_search_enroll::Endpoint;
use tokio::{net::TcpListener, runtime, sync::watch};

use crate::{
    operation::ServedOperation,
    reply::{Reply, UnknownExample},
    request::ReceivedRequest,
    router::Service,
    server::serve,
    settings::Settings,
    shared::Shared,
    state::State,
};

/// A running sandbox. Dropping it closes every connection and waits until the server has stopped.
pub struct Sandbox {
    address: SocketAddr,
    /// The loopback address, also if the sandbox listens on other addresses.
    endpoint: Endpoint,
    shared: Arc<Shared>,
    /// Dropping the sender stops the server at once. Sending a duration lets running requests
    /// finish within it.
    stop: Option<watch::Sender<Option<Duration>>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    pub(crate) fn run(
        address: SocketAddr,
        operations: Vec<ServedOperation>,
        settings: Settings,
    ) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let endpoint = loopback(address)?;
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = {
            let _guard = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let (stop, stopped) = watch::channel(None);
        let shared = Arc::new(Shared {
            state: State::new(operations.len(), settings.face_limit),
            operations,
            settings,
        });
        let service = Service::new(Arc::clone(&shared));
        let thread = std::thread::Builder::new()
            .name("face-search-enroll-sandbox".to_owned())
            .spawn(move || runtime.block_on(serve(listener, service, stopped)))?;
        Ok(Self {
            address,
            endpoint,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Stops the sandbox. It accepts no more connections, and waits up to `patience` until the
    /// running requests are answered.
    pub fn shut_down(mut self, patience: Duration) {
        if let Some(stop) = &self.stop {
            // If there is no receiver, the server has already stopped.
            let _ = stop.send(Some(patience));
        }
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread has no result. A panic in it has already been printed.
            let _ = thread.join();
        }
    }

    /// The address that the sandbox listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL, to use instead of that of a region.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A shell command that calls the first operation of this sandbox with the example from the
    /// contract.
    #[must_use]
    pub fn curl(&self) -> String {
        let Some(operation) = self.shared.operations.first() else {
            return String::new();
        };
        let ServedOperation {
            method,
            path,
            media_type,
            token_header,
            request_example,
            ..
        } = operation;
        let token = token_header.as_ref().map_or_else(String::new, |header| {
            let token = if self.shared.settings.keys.is_empty() {
                "any-token-will-do"
            } else {
                "TOKEN"
            };
            format!(" \\\n  -H '{header}: {token}'")
        });
        format!(
            "curl -X {method} {}{path} \\\n  -H 'Content-Type: {media_type}'{token} \\\n  -d '{request_example}'",
            self.base_url(),
        )
    }

    /// Sends `reply` to the next request, whatever its operation. Note that a client with keys
    /// requests a token first. Several replies are used in the order in which they were enqueued.
    /// After the last one, the sandbox answers as usual again.
    pub fn enqueue_reply(&self, reply: Reply) {
        self.shared.state.enqueue(reply);
    }

    /// Calls `reply` for each request and sends the result. [Enqueued](Self::enqueue_reply) replies
    /// take precedence. Use it for a server that fails now and then, or that accepts one token and
    /// rejects another.
    ///
    /// ```
    /// use face_search_enroll::Outcome;
    /// use face_search_enroll_sandbox::{Reply, Sandbox};
    ///
    /// let sandbox = Sandbox::start()?;
    /// sandbox.respond_with(|request| match request.token() {
    ///     Some("the-new-token") => Reply::usual(),
    ///     _ => Reply::outcome(Outcome::Unauthorized),
    /// });
    /// # Ok::<(), face_search_enroll_sandbox::StartError>(())
    /// ```
    pub fn respond_with(&self, reply: impl FnMut(&ReceivedRequest<'_>) -> Reply + Send + 'static) {
        self.shared.state.respond_with(Box::new(reply));
    }

    /// A reply with the example of this name from the contract. If several operations have one, a
    /// request gets the example of its own operation. The face set does not change.
    ///
    /// # Errors
    ///
    /// [`UnknownExample`] if there is none. It lists the names that exist.
    pub fn example(&self, name: &str) -> Result<Reply, UnknownExample> {
        self.shared.example(name)
    }

    /// The names that `Prefer: example=NAME` and [`example`](Self::example) accept. Each item is
    /// the `operationId`, the name of the example, and the name of the outcome that it shows. An
    /// operation has the examples of the contract, and one more for each further message that the
    /// contract lists. If two operations have an example of the same name, a request gets the
    /// example of its own operation.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.shared.operations.iter().flat_map(|operation| {
            let answers = operation.answers.iter();
            answers.map(|answer| (&*operation.id, &*answer.name, &*answer.outcome))
        })
    }

    /// Whether the face of this journey is in the face set, because the first operation with an
    /// effect succeeded for it.
    #[must_use]
    pub fn is_enrolled(&self, signature_id: &str) -> bool {
        self.shared.state.is_changed(self.enrolling(), signature_id)
    }

    /// The signature ids in the face set, sorted.
    #[must_use]
    pub fn enrolled(&self) -> Vec<String> {
        self.shared.state.changed(self.enrolling())
    }

    /// The index of the first operation with an effect.
    fn enrolling(&self) -> usize {
        let mut operations = self.shared.operations.iter();
        let found = operations.position(|operation| operation.effect_of.is_some());
        found.unwrap_or(usize::MAX)
    }

    /// The number of requests so far, including rejected ones. Requests for documents and preflight
    /// requests of browsers are not counted.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.shared.state.requests()
    }
}

/// The loopback address of a server that listens on `address`. A token that is sent there does not
/// leave this machine.
fn loopback(address: SocketAddr) -> io::Result<Endpoint> {
    let port = address.port();
    let url = if address.ip().is_loopback() {
        format!("http://{address}")
    } else {
        format!("http://127.0.0.1:{port}")
    };
    Endpoint::custom(&url).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))
}

/// The loopback address of the sandbox, also if it listens on other addresses.
impl From<&Sandbox> for Endpoint {
    fn from(sandbox: &Sandbox) -> Self {
        sandbox.endpoint.clone()
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("address", &self.address)
            .field("requests", &self.requests())
            .finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.join();
    }
}
