//! Which server is called and with which credentials, from options and the environment.

use std::{
    fs, io,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use face_search_enroll::{Client, Endpoint, Proxy, Region, RetryPolicy, RootCertificates};
use face_search_enroll_sandbox::Sandbox;

use crate::{
    credentials::{CredentialOptions, Given},
    environment::variable,
    numbers,
    problem::{Problem, with_causes},
    terminal::say_note,
};

const REGION_VARIABLE: &str = "FACE_SEARCH_ENROLL_REGION";
pub(crate) const PROXY_VARIABLE: &str = "FACE_SEARCH_ENROLL_PROXY";
pub(crate) const PROXY_OPTION: &str = "--proxy";

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ServerOptions {
    #[arg(long, group = "target", value_name = "REGION", help = format!(
        "The region to call: a code, a country or a host, as `regions` lists them [environment: {REGION_VARIABLE}]"
    ))]
    region: Option<String>,

    /// The address of a server that stands in for a region: `https://HOST[:PORT]`, or http on
    /// loopback
    #[arg(long, group = "target", value_name = "URL")]
    endpoint: Option<String>,

    /// Call a sandbox that is started for this command; no credentials are needed
    #[arg(long, group = "target")]
    sandbox: bool,

    #[command(flatten)]
    credentials: CredentialOptions,

    /// How often a call is sent at most, instead of the standard number: 1 for no retries
    #[arg(long, value_name = "N", value_parser = numbers::count)]
    max_attempts: Option<NonZeroU32>,

    /// How long a call may take in all, repeats included, instead of the standard time
    #[arg(long, value_name = "TIME", value_parser = numbers::time_limit)]
    timeout: Option<Duration>,

    /// How long an attempt may take, from connecting to the whole answer, instead of the standard time
    #[arg(long, value_name = "TIME", value_parser = numbers::time_limit)]
    attempt_timeout: Option<Duration>,

    /// How long connecting may take, TLS included, instead of the standard time
    #[arg(long, value_name = "TIME", value_parser = numbers::time_limit)]
    connect_timeout: Option<Duration>,

    #[arg(long, value_name = "URL", help = format!(
        "The proxy to connect through: `http://HOST:PORT`. One that wants a user name and a password is better set as `http://USER:PASSWORD@HOST:PORT` in the environment, where other users do not see it [environment: {PROXY_VARIABLE}]"
    ))]
    proxy: Option<String>,

    /// A PEM file of certificates that are trusted too, such as those of a proxy that intercepts TLS
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
}

/// A client, and the sandbox that it calls, if any.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) client: Client,
    /// Whether its tokens are got with keys.
    pub(crate) has_keys: bool,
    pub(crate) has_proxy: bool,
    pub(crate) sandbox: Option<Sandbox>,
}

impl Server {
    /// The region by its code, `sandbox`, or an address of the user's own.
    pub(crate) fn region(&self) -> &str {
        if self.sandbox.is_some() {
            return "sandbox";
        }
        let endpoint = self.client.endpoint();
        match endpoint.region() {
            Some(region) => region.code(),
            None => endpoint.base_url(),
        }
    }
}

/// Runs a call or two, to their end.
pub(crate) fn block_on<F: Future>(calls: F) -> io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(calls))
}

impl ServerOptions {
    pub(crate) fn resolve(&self) -> Result<Server, Problem> {
        self.resolve_with_period(None)
    }

    /// The same, with tokens that are good for this long.
    pub(crate) fn resolve_with_period(&self, period: Option<Duration>) -> Result<Server, Problem> {
        self.credentials.check()?;
        let sandbox = self.sandbox.then(Sandbox::start).transpose()?;
        let endpoint = match &sandbox {
            Some(sandbox) => Endpoint::from(sandbox),
            None => self.endpoint()?,
        };
        let mut retry = RetryPolicy::standard();
        if let Some(attempts) = self.max_attempts {
            retry = retry.max_attempts(attempts.get());
        }
        let given = self.credentials.resolve(self.sandbox)?;
        let proxy = self.proxy(&endpoint)?;
        let has_proxy = proxy.is_some();
        let mut builder = Client::builder(endpoint).retry(retry);
        if let Some(proxy) = proxy {
            builder = builder.proxy(proxy);
        }
        if let Some(path) = &self.ca_file {
            builder = builder.root_certificates(certificates(path)?);
        }
        let has_keys = matches!(given, Given::Keys(_));
        let mut builder = match given.with_period(period)? {
            Given::Keys(keys) => builder.credentials(keys),
            Given::Token(source) => builder.token_source(source),
        };
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(timeout) = self.attempt_timeout {
            builder = builder.attempt_timeout(timeout);
        }
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        let client = builder.build()?;
        Ok(Server {
            client,
            has_keys,
            has_proxy,
            sandbox,
        })
    }

    /// The proxy of the option, else of the environment, which does not concern servers on loopback.
    fn proxy(&self, endpoint: &Endpoint) -> Result<Option<Proxy>, Problem> {
        if let Some(url) = &self.proxy {
            if url.contains('@') {
                say_note(format_args!(
                    "what stands in {PROXY_OPTION} shows in the list of processes; set {PROXY_VARIABLE} instead"
                ));
            }
            return Ok(Some(Proxy::new(url)?));
        }
        if !is_https(endpoint) {
            return Ok(None);
        }
        let url = variable(PROXY_VARIABLE)?;
        let proxy = url.map(|url| Proxy::new(&url)).transpose();
        proxy.map_err(|error| format!("in {PROXY_VARIABLE}: {error}").into())
    }

    fn endpoint(&self) -> Result<Endpoint, Problem> {
        if let Some(url) = &self.endpoint {
            return Ok(Endpoint::custom(url)?);
        }
        let region = match &self.region {
            Some(region) => region.clone(),
            None => variable(REGION_VARIABLE)?.ok_or_else(|| {
                let codes: Vec<_> = Region::ALL.iter().map(|region| region.code()).collect();
                format!(
                    "no region; pass --region with one of {}, or set {REGION_VARIABLE}, or try --sandbox",
                    codes.join(", ")
                )
            })?,
        };
        Ok(region.parse::<Region>()?.into())
    }
}

pub(crate) fn is_https(endpoint: &Endpoint) -> bool {
    endpoint.base_url().starts_with("https://")
}

fn certificates(path: &Path) -> Result<RootCertificates, Problem> {
    let name = path.display();
    let pem = fs::read(path).map_err(|error| {
        format!("cannot read the certificates in {name}: {error}; pass a PEM file")
    })?;
    let certificates = RootCertificates::from_pem(&pem);
    certificates.map_err(|error| format!("{name}: {}", with_causes(&error)).into())
}
