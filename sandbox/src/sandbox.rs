//! A running sandbox, as its owner holds it.

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

/// A running sandbox. When it is dropped, it closes every connection and waits until the server is
/// gone.
pub struct Sandbox {
    address: SocketAddr,
    /// Of the address on loopback, also where it listens on others.
    endpoint: Endpoint,
    shared: Arc<Shared>,
    /// Dropped to stop the server at once, or sent how long requests under way may take.
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

    /// Takes no more connections, lets requests under way be answered for as long as `patience`,
    /// and stops.
    pub fn shut_down(mut self, patience: Duration) {
        if let Some(stop) = &self.stop {
            // Without a receiver it has stopped already.
            let _ = stop.send(Some(patience));
        }
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // It has nothing to give; a panic in it has been printed by then.
            let _ = thread.join();
        }
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL that stands in for that of a region.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A command for a shell that calls the first operation of this sandbox, with the contract's example.
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

    /// Treats the next request as `reply` says, of whichever operation: a client that has keys asks for a
    /// token first. Several replies are used in the order in which they were enqueued; then the sandbox
    /// answers as usual again.
    pub fn enqueue_reply(&self, reply: Reply) {
        self.shared.state.enqueue(reply);
    }

    /// Treats each request as `reply` says, unless a reply is [enqueued](Self::enqueue_reply): for a
    /// server that fails now and then, or that takes one token and refuses another.
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

    /// The reply with the contract's example of this name, of the operation that is called if it has one.
    /// The face set stays as it is.
    ///
    /// # Errors
    ///
    /// [`UnknownExample`], which lists the names that there are.
    pub fn example(&self, name: &str) -> Result<Reply, UnknownExample> {
        self.shared.example(name)
    }

    /// The names that `Prefer: example=NAME` and [`example`](Self::example) take: for each the
    /// `operationId` of its operation, the name, and the name of the outcome that it shows. An operation
    /// has the contract's examples, then one for each further message that the contract knows. Two
    /// operations may have an example of one name: a request gets that of its own.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.shared.operations.iter().flat_map(|operation| {
            let answers = operation.answers.iter();
            answers.map(|answer| (&*operation.id, &*answer.name, &*answer.outcome))
        })
    }

    /// Whether the face of this journey is in the face set: what the first operation with an effect was
    /// called for.
    #[must_use]
    pub fn is_enrolled(&self, signature_id: &str) -> bool {
        self.shared.state.is_changed(self.enrolling(), signature_id)
    }

    /// The signature ids in the face set, sorted.
    #[must_use]
    pub fn enrolled(&self) -> Vec<String> {
        self.shared.state.changed(self.enrolling())
    }

    /// The first operation with an effect.
    fn enrolling(&self) -> usize {
        let mut operations = self.shared.operations.iter();
        let found = operations.position(|operation| operation.effect_of.is_some());
        found.unwrap_or(usize::MAX)
    }

    /// How many requests have arrived, refused ones included. Requests for documents are not counted,
    /// nor what browsers ask before a call.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.shared.state.requests()
    }
}

/// The address on this machine by which a server that listens on `address` can be called: a token
/// that is sent there does not leave the machine.
fn loopback(address: SocketAddr) -> io::Result<Endpoint> {
    let port = address.port();
    let url = if address.ip().is_loopback() {
        format!("http://{address}")
    } else {
        format!("http://127.0.0.1:{port}")
    };
    Endpoint::custom(&url).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))
}

/// The sandbox on loopback, also where it listens on other addresses.
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
