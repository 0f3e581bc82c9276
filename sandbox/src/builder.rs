//! Configures and starts a sandbox.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    sync::{Arc, OnceLock},
    time::Duration,
};

use face_search_enroll::openapi;
use face_search_enroll_contract::{Contract, Problems};
use zeroize::Zeroizing;

use crate::{
    error::StartError,
    faults::FaultInjector,
    operation::ServedOperation,
    sandbox::Sandbox,
    served::ServedRequest,
    settings::{ServedDocument, Settings},
    signing::KeyPair,
};

/// Configures a [`Sandbox`].
///
/// ```
/// use std::time::Duration;
/// use face_search_enroll_sandbox::Sandbox;
///
/// let sandbox = Sandbox::builder()
///     .latency(Duration::from_millis(5)..=Duration::from_millis(20))
///     .failures(0.05, 42)
///     .start()?;
/// # Ok::<(), face_search_enroll_sandbox::StartError>(())
/// ```
#[must_use]
pub struct SandboxBuilder {
    address: SocketAddr,
    contract: Option<Arc<Contract>>,
    settings: Settings,
}

impl Sandbox {
    /// Starts a sandbox on a free port of `127.0.0.1`, with the contract that this version of
    /// `face-search-enroll` was built from.
    ///
    /// The sandbox runs on its own thread, so the caller needs no async runtime.
    ///
    /// # Errors
    ///
    /// [`StartError`] if no port is free or the thread cannot be started.
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// Returns a builder, to configure a sandbox before it starts.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            contract: None,
            settings: Settings::default(),
        }
    }
}

impl SandboxBuilder {
    /// Uses this contract instead of the embedded one, for example to try an edited contract before
    /// you build a client from it.
    ///
    /// ```
    /// use face_search_enroll::openapi;
    /// use face_search_enroll_sandbox::{Contract, Sandbox};
    ///
    /// let contract = Contract::parse("edited.yaml", openapi::YAML)?;
    /// let sandbox = Sandbox::builder().contract(contract).start()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contract(mut self, contract: impl Into<Arc<Contract>>) -> Self {
        self.contract = Some(contract.into());
        self
    }

    /// Sets the address to listen on. The default is a free port of `127.0.0.1`. Everyone who can
    /// reach the address can use the sandbox: without [keys](Self::access_key) it accepts any
    /// token.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Delays each request by a random time within this range.
    pub fn latency(mut self, latency: RangeInclusive<Duration>) -> Self {
        self.settings.latency = Some(latency);
        self
    }

    /// Makes a share of the requests fail, from 0 (none) to 1 (all). A failure is one of these: the
    /// connection breaks before or after the request takes effect, the server reports an error,
    /// throttles the client or is unavailable, or a gateway answers with an HTML page. `seed` and
    /// the order of the requests decide which requests fail, and how.
    pub fn failures(mut self, share: f64, seed: u64) -> Self {
        self.settings.faults = Some(FaultInjector::new(share, seed));
        self
    }

    /// Adds a pair of keys. The sandbox then checks the signatures of requests, and accepts only
    /// tokens that it issued and that have not expired. You can add several pairs. Without any, the
    /// sandbox accepts every token and every signature.
    pub fn access_key(mut self, access_key: &str, secret_key: &str) -> Self {
        self.settings.keys.push(KeyPair {
            access_key: access_key.to_owned(),
            secret_key: Zeroizing::new(secret_key.to_owned()),
        });
        self
    }

    /// Sets the lifetime of issued tokens. It overrides the lifetime that a request asks for.
    pub fn token_life(mut self, life: Duration) -> Self {
        self.settings.token_life = Some(life);
        self
    }

    /// Sets the clock of the sandbox ahead of the clock of this machine by a number of seconds, or
    /// behind it if the number is negative. Use it to test a client whose clock is wrong. The
    /// `Date` header of answers follows the clock of the sandbox.
    pub fn clock_offset(mut self, seconds: i64) -> Self {
        self.settings.clock_offset = seconds;
        self
    }

    /// Limits the number of faces in the face set. The sandbox then forgets the oldest. By default
    /// there is no limit.
    pub fn face_limit(mut self, faces: usize) -> Self {
        self.settings.face_limit = Some(faces);
        self
    }

    /// Also serves `body` for `GET` requests to exactly `path`, which must start with a slash. If
    /// two documents have the same path, the first one is served. The path of an operation takes
    /// precedence over documents.
    pub fn document(mut self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.settings.documents.push(ServedDocument {
            path: path.to_owned(),
            content_type: content_type.to_owned(),
            body: body.into().into(),
        });
        self
    }

    /// Calls `observer` with each request before its answer is sent. The server waits for the
    /// observer, so do slow work elsewhere.
    pub fn observe(
        mut self,
        observer: impl Fn(&ServedRequest<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Starts the sandbox on its own thread, so the caller needs no async runtime.
    ///
    /// # Errors
    ///
    /// [`StartError`] if the address cannot be used, if the thread cannot be started, or if the
    /// contract lacks something that a server needs.
    pub fn start(self) -> Result<Sandbox, StartError> {
        let contract = match self.contract {
            Some(contract) => contract,
            None => embedded_contract()?,
        };
        let operations = ServedOperation::read_all(&contract)?;
        Ok(Sandbox::run(self.address, operations, self.settings)?)
    }
}

/// The contract that this version of `face-search-enroll` was built from. A process reads it only
/// once.
///
/// # Errors
///
/// [`Problems`] if the contract is not usable. This does not happen with a published version.
pub fn embedded_contract() -> Result<Arc<Contract>, Problems> {
    static EMBEDDED: OnceLock<Arc<Contract>> = OnceLock::new();
    if let Some(contract) = EMBEDDED.get() {
        return Ok(Arc::clone(contract));
    }
    let contract = Contract::parse("openapi/face-search-enroll.yaml", openapi::YAML)?;
    Ok(Arc::clone(EMBEDDED.get_or_init(|| Arc::new(contract))))
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
