//! Setting up a sandbox, and starting it.

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

/// Sets up a [`Sandbox`].
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
    /// It runs on a thread of its own, so it needs no async runtime.
    ///
    /// # Errors
    ///
    /// [`StartError`] where the operating system gives no port or no thread.
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// Starts the set-up of a sandbox.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            contract: None,
            settings: Settings::default(),
        }
    }
}

impl SandboxBuilder {
    /// Answers as this contract says, instead of the embedded one: to try an edited contract before
    /// anything is built from it.
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

    /// Where it listens; the default is a free port of `127.0.0.1`. Anybody who reaches the address
    /// can use the sandbox: without [keys](Self::access_key) it takes any token.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Each request takes this long, chosen at random in between.
    pub fn latency(mut self, latency: RangeInclusive<Duration>) -> Self {
        self.settings.latency = Some(latency);
        self
    }

    /// This share of the requests fails, from 0 to 1: the connection breaks before the request
    /// takes effect or after it, the server answers that it failed, asks to slow down or cannot
    /// answer, or a gateway answers with a page. Which request fails, and how, follows from `seed`
    /// and the order of the requests.
    pub fn failures(mut self, share: f64, seed: u64) -> Self {
        self.settings.faults = Some(FaultInjector::new(share, seed));
        self
    }

    /// Checks signatures with this pair of keys, and takes no other token than those that it issued for
    /// it and that have not expired. It may be called for several pairs. Without one, any token and any
    /// signature will do.
    pub fn access_key(mut self, access_key: &str, secret_key: &str) -> Self {
        self.settings.keys.push(KeyPair {
            access_key: access_key.to_owned(),
            secret_key: Zeroizing::new(secret_key.to_owned()),
        });
        self
    }

    /// Issues tokens that are good for this long, whatever is asked for.
    pub fn token_life(mut self, life: Duration) -> Self {
        self.settings.token_life = Some(life);
        self
    }

    /// Sets the clock of the sandbox this many seconds ahead of that of this machine, or behind it: to
    /// test what a wrong clock does. The `Date` of its answers is by that clock.
    pub fn clock_offset(mut self, seconds: i64) -> Self {
        self.settings.clock_offset = seconds;
        self
    }

    /// Keeps this many faces at most, and forgets the oldest. By default it keeps all.
    pub fn face_limit(mut self, faces: usize) -> Self {
        self.settings.face_limit = Some(faces);
        self
    }

    /// Also serves `body`, to `GET` requests for exactly `path`, which begins with a slash. Of two
    /// documents with one path the first is served; the operation itself comes before any.
    pub fn document(mut self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.settings.documents.push(ServedDocument {
            path: path.to_owned(),
            content_type: content_type.to_owned(),
            body: body.into().into(),
        });
        self
    }

    /// Calls `observer` with each request before its answer is sent. The server waits for it, so it
    /// should hand on what takes time.
    pub fn observe(
        mut self,
        observer: impl Fn(&ServedRequest<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Starts it on a thread of its own, so it needs no async runtime.
    ///
    /// # Errors
    ///
    /// [`StartError`] where the operating system gives no such port or no thread, and for a contract
    /// that lacks what a server needs.
    pub fn start(self) -> Result<Sandbox, StartError> {
        let contract = match self.contract {
            Some(contract) => contract,
            None => embedded_contract()?,
        };
        let operations = ServedOperation::read_all(&contract)?;
        Ok(Sandbox::run(self.address, operations, self.settings)?)
    }
}

/// The contract that this version of `face-search-enroll` was built from. It is read once in a process.
///
/// # Errors
///
/// [`Problems`] for one that cannot be used, which no published version has.
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
