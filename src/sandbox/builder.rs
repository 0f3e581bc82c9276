//! What a sandbox may be told before it starts.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    sync::Arc,
    time::Duration,
};

use tokio::{net::TcpListener, runtime, sync::watch};

use super::{
    Sandbox, Served, serve,
    service::{Document, Service, Setup},
    state::State,
    trouble::Trouble,
};

/// Sets up a [`Sandbox`].
///
/// ```
/// use std::time::Duration;
/// use face_search_enroll::Sandbox;
///
/// let sandbox = Sandbox::builder()
///     .latency(Duration::from_millis(5)..=Duration::from_millis(20))
///     .failures(0.05, 42)
///     .start()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub struct SandboxBuilder {
    address: SocketAddr,
    setup: Setup,
}

impl SandboxBuilder {
    pub(super) fn new() -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            setup: Setup::default(),
        }
    }

    /// Where it listens; a free port of `127.0.0.1` unless told. Whoever reaches the address can
    /// use it: it takes any token.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Each request takes this long, chosen at random in between.
    pub fn latency(mut self, latency: RangeInclusive<Duration>) -> Self {
        self.setup.latency = Some(latency);
        self
    }

    /// This share of the requests fails, from 0 to 1: the connection breaks before the request
    /// takes effect or after it, the server answers that it failed, asks to slow down or cannot
    /// answer, or a gateway answers with a page. Which request fails, and how, follows from `seed`
    /// and the order of the requests.
    pub fn failures(mut self, share: f64, seed: u64) -> Self {
        self.setup.trouble = Some(Trouble::new(share, seed));
        self
    }

    /// Keeps this many faces at most, and forgets the oldest; all unless told.
    pub fn face_limit(mut self, faces: usize) -> Self {
        self.setup.face_limit = Some(faces);
        self
    }

    /// Serves `body` too, to `GET` requests for exactly `path`, which begins with a slash. Of two
    /// with one path the first is served; the endpoint itself comes before any.
    pub fn document(mut self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.setup.documents.push(Document {
            path: path.to_owned(),
            content_type: content_type.to_owned(),
            body: body.into().into(),
        });
        self
    }

    /// Tells `observer` of each request before its answer is sent. It holds up the server: it should
    /// hand on what takes time.
    pub fn observe(mut self, observer: impl Fn(&Served<'_>) + Send + Sync + 'static) -> Self {
        self.setup.observer = Some(Arc::new(observer));
        self
    }

    /// Starts it, on a thread of its own, and so also where there is no async runtime.
    ///
    /// # Errors
    ///
    /// What the operating system says when it gives no such port, or no thread.
    pub fn start(self) -> io::Result<Sandbox> {
        let listener = std::net::TcpListener::bind(self.address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = {
            let _guard = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let state = Arc::new(State::new(self.setup.face_limit));
        let (stop, stopped) = watch::channel(None);
        let service = Service::new(Arc::clone(&state), self.setup);
        let thread = std::thread::Builder::new()
            .name("face-search-enroll-sandbox".to_owned())
            .spawn(move || runtime.block_on(serve(listener, service, stopped)))?;
        Ok(Sandbox {
            address,
            state,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
