//! A server on loopback that answers as the contract says, for tests and first steps.
//!
//! It speaks real HTTP, so a [`Client`](crate::Client) calls it like any region. It holds no fact of
//! its own: its answers are the contract's examples. It keeps a face set in memory, so the first
//! call for a signature id enrolls and the second says that it is enrolled already. Any token will
//! do, but there must be one.
//!
//! A test tells it how to treat the next requests with [`Sandbox::next`], or all of them with
//! [`Sandbox::answer_with`]. Any HTTP client can ask
//! for a certain answer with the header `Prefer: example=NAME`, and for a status with
//! `Prefer: code=NNN`; [`Sandbox::examples`] has the names.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use face_search_enroll::{
//!     AccessToken, Client, Outcome, RetryPolicy, Sandbox,
//!     sandbox::Reply,
//! };
//!
//! let sandbox = Sandbox::start()?;
//! let client = Client::builder(&sandbox)
//!     .access_token(AccessToken::new("any-token-will-do")?)
//!     .retry(RetryPolicy::never())
//!     .build()?;
//!
//! sandbox.next(Reply::outcome(Outcome::Throttled).status(429).header("Retry-After", "10s")?);
//! let error = client.enroll("730baa5ab2e34e53").await.unwrap_err();
//! assert_eq!(error.outcome(), Some(Outcome::Throttled));
//! assert_eq!(error.retry_after().map(|delay| delay.as_secs()), Some(10));
//!
//! client.enroll("730baa5ab2e34e53").await?;
//! assert!(sandbox.is_enrolled("730baa5ab2e34e53"));
//! # Ok(())
//! # }
//! ```

mod answer;
mod builder;
mod cut;
mod enroll;
mod faces;
mod preference;
mod received;
mod reply;
mod served;
mod service;
mod state;
mod trouble;
mod verdict;

use std::{io, net::SocketAddr, pin::pin, sync::Arc, thread::JoinHandle, time::Duration};

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, sync::watch, task::JoinSet, time::timeout};

pub(crate) use answer::Answer;
pub use builder::SandboxBuilder;
pub use received::Received;
pub use reply::{InvalidHeader, Reply, UnknownExample};
pub use served::Served;
use service::Service;
use state::State;

use crate::{Endpoint, Outcome};

/// A running sandbox. Dropping it closes every connection and waits until it is gone.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    state: Arc<State>,
    /// Dropped to stop the server at once, or told how long requests under way may take.
    stop: Option<watch::Sender<Option<Duration>>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a sandbox on a free port of `127.0.0.1`.
    ///
    /// It runs on a thread of its own, and so also where there is no async runtime.
    ///
    /// # Errors
    ///
    /// What the operating system says when it gives no port or no thread.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Starts the set-up of a sandbox.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
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

    /// A command for a shell that calls the endpoint of this sandbox, with the contract's example.
    #[must_use]
    pub fn curl(&self) -> String {
        use crate::generated::facts::operation::{MEDIA_TYPE, METHOD, PATH, TOKEN_HEADER, request};

        format!(
            "curl -X {METHOD} {}{PATH} \\\n  -H 'Content-Type: {MEDIA_TYPE}' \\\n  -H '{TOKEN_HEADER}: any-token-will-do' \\\n  -d '{}'",
            self.base_url(),
            request::EXAMPLE
        )
    }

    /// Treats the next request as `reply` says. Replies that are given one after the other are used
    /// one after the other; then the sandbox answers as usual again.
    pub fn next(&self, reply: Reply) {
        self.state.push(reply);
    }

    /// Treats each request as `reply` says, unless [`next`](Self::next) has something for it: a
    /// server that fails now and then, or that has seen enough of a token.
    ///
    /// ```
    /// use face_search_enroll::{Outcome, Sandbox, sandbox::Reply};
    ///
    /// let sandbox = Sandbox::start()?;
    /// sandbox.answer_with(|request| match request.token() {
    ///     Some("the-new-token") => Reply::usual(),
    ///     _ => Reply::outcome(Outcome::Unauthorized),
    /// });
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn answer_with(&self, reply: impl FnMut(&Received<'_>) -> Reply + Send + 'static) {
        self.state.answer_with(Box::new(reply));
    }

    /// Whether the face of this journey is in the face set.
    #[must_use]
    pub fn is_enrolled(&self, signature_id: &str) -> bool {
        self.state.is_enrolled(signature_id)
    }

    /// The signature ids in the face set, sorted.
    #[must_use]
    pub fn enrolled(&self) -> Vec<String> {
        self.state.enrolled()
    }

    /// How many requests have arrived, refused ones too; those that documents answered, and what
    /// browsers ask before a call, are not counted.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.state.requests()
    }

    /// The names that `Prefer: example=NAME` and [`Reply::example`] take, and the outcome that each
    /// shows: the contract's examples, then one for each further message that the contract knows.
    pub fn examples() -> impl Iterator<Item = (&'static str, Outcome)> {
        answer::all().map(|answer| (answer.name, answer.outcome))
    }
}

/// The sandbox on loopback, also where it listens on other addresses.
impl From<&Sandbox> for Endpoint {
    fn from(sandbox: &Sandbox) -> Self {
        Self::loopback(sandbox.address)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.join();
    }
}

/// Serves until it is told to stop; the connections end with the set that holds them.
async fn serve(
    listener: TcpListener,
    service: Service,
    mut stopped: watch::Receiver<Option<Duration>>,
) {
    let mut connections = JoinSet::new();
    let patience = loop {
        tokio::select! {
            told = stopped.changed() => match told {
                Ok(()) => break *stopped.borrow(),
                Err(_) => return,
            },
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // The connection is gone, or the process is out of files: others may be closed
                    // by then.
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    continue;
                };
                // An answer is small, and nothing follows it that it could wait for.
                let _ = stream.set_nodelay(true);
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service.clone());
                let mut stopped = stopped.clone();
                connections.spawn(async move {
                    let mut connection = pin!(connection);
                    tokio::select! {
                        // A client that hangs up, or a reply that is to be lost, ends here.
                        _ = connection.as_mut() => return,
                        Ok(()) = stopped.changed() => {}
                    }
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                });
            }
        }
    };
    drop(listener);
    let finished = async { while connections.join_next().await.is_some() {} };
    // What has not ended by then is ended with the set.
    let _ = timeout(patience.unwrap_or_default(), finished).await;
}
