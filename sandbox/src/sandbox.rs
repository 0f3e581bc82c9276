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
        operations: Vec<Arc<ServedOperation>>,
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
            operations,
            state: State::new(settings.face_limit),
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

    /// A command for a shell that calls the first operation of the contract, with its example.
    #[must_use]
    pub fn curl(&self) -> String {
        let first = self.shared.operations.first();
        first.map_or_else(String::new, |operation| self.curl_to(operation))
    }

    /// A command for a shell that calls the operation of this `operationId`, with its example; none
    /// where the contract does not have it.
    #[must_use]
    pub fn curl_of(&self, operation: &str) -> Option<String> {
        let operation = self.shared.operation(operation)?;
        Some(self.curl_to(operation))
    }

    fn curl_to(&self, operation: &ServedOperation) -> String {
        let (method, path) = (&operation.facts.method, &operation.facts.path);
        let media_type = &operation.facts.request.media_type;
        let takes_any = self.shared.settings.keys.is_empty();
        let token = if takes_any {
            "any-token-will-do"
        } else {
            "TOKEN"
        };
        let header = operation.token_header.as_ref();
        let header = header.map(|header| format!(" \\\n  -H '{header}: {token}'"));
        format!(
            "curl -X {method} {}{path} \\\n  -H 'Content-Type: {media_type}'{} \\\n  -d '{}'",
            self.base_url(),
            header.unwrap_or_default(),
            operation.request_example(),
        )
    }

    /// Treats the next request as `reply` says. Several replies are used in the order in which they
    /// were enqueued; then the sandbox answers as usual again.
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

    /// The reply with the contract's example of this name, of the operation that is called. The face
    /// set stays as it is.
    ///
    /// Where another operation is called, which has no such example, the sandbox answers with HTTP
    /// 501.
    ///
    /// # Errors
    ///
    /// [`UnknownExample`], which lists the names that there are.
    pub fn example(&self, name: &str) -> Result<Reply, UnknownExample> {
        self.shared.example(name)
    }

    /// What `Prefer: example=NAME` and [`example`](Self::example) take: for each operation the
    /// contract's examples, then one for each further message that the contract knows.
    pub fn examples(&self) -> impl Iterator<Item = ListedExample<'_>> {
        let operations = self.shared.operations.iter();
        operations.flat_map(|operation| {
            let answers = operation.answers.iter();
            answers.map(|answer| ListedExample {
                operation: &operation.facts.id,
                name: &answer.name,
                outcome: &answer.outcome,
            })
        })
    }

    /// Whether the face of this journey is in the face set.
    #[must_use]
    pub fn is_enrolled(&self, signature_id: &str) -> bool {
        let Some(operation) = self.first_with_effect() else {
            return false;
        };
        self.shared.state.has_effect(operation, signature_id)
    }

    /// The signature ids in the face set, sorted: the [`effects`](Self::effects) of the first
    /// operation of the contract that has an effect.
    #[must_use]
    pub fn enrolled(&self) -> Vec<String> {
        let operation = self.first_with_effect();
        operation.map_or_else(Vec::new, |operation| self.effects(operation))
    }

    /// The values for which the operation of this `operationId` has taken effect, sorted: those of
    /// the field that its effect is of.
    #[must_use]
    pub fn effects(&self, operation: &str) -> Vec<String> {
        self.shared.state.effects(operation)
    }

    fn first_with_effect(&self) -> Option<&str> {
        let mut operations = self.shared.operations.iter();
        let first = operations.find(|operation| operation.facts.effect.is_some());
        first.map(|operation| &**operation.facts.id)
    }

    /// How many requests have arrived, refused ones included. Requests for documents are not counted,
    /// nor what browsers ask before a call.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.shared.state.requests()
    }
}

/// An example that a sandbox can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedExample<'s> {
    /// The `operationId` of the operation that answers so.
    pub operation: &'s str,
    /// Its name; another operation may have one of the same name.
    pub name: &'s str,
    /// The name of the outcome that it shows.
    pub outcome: &'s str,
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
