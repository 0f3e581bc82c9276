//! Chooses the server and the credentials from options and the environment.

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

/// Headings of the help.
const RETRIES: &str = "Retries and time limits";
const NETWORK: &str = "Network";

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ServerOptions {
    #[arg(long, group = "target", value_name = "REGION", help = format!(
        "The region to call, by its code, country or host [env: {REGION_VARIABLE}]"
    ), long_help = format!("\
The region to call, by its code, country or host

The command `regions` lists them. There is no default, because accounts and face sets belong to one region; \
the command never falls back to another one.

[env: {REGION_VARIABLE}]"
    ))]
    region: Option<String>,

    /// The address of a server to call instead of a region
    ///
    /// Write `https://HOST[:PORT]`. Plain http is accepted only for a server on this machine, because it
    /// would send the token in the clear.
    #[arg(long, group = "target", value_name = "URL")]
    endpoint: Option<String>,

    /// Call a sandbox that runs within this command
    ///
    /// It needs no account and no credentials, and nothing leaves this machine.
    #[arg(long, group = "target")]
    sandbox: bool,

    #[command(flatten, next_help_heading = "Credentials")]
    credentials: CredentialOptions,

    /// The highest number of attempts of a call; 1 means no retries [default: 3]
    ///
    /// A failed attempt is retried only where a retry is safe and can help.
    #[arg(long, help_heading = RETRIES, value_name = "N", value_parser = numbers::count)]
    max_attempts: Option<NonZeroU32>,

    /// The time limit of a whole call, including retries [default: 60s]
    #[arg(long, help_heading = RETRIES, value_name = "TIME", value_parser = numbers::time_limit)]
    timeout: Option<Duration>,

    /// The time limit of one attempt, from connecting to the end of the response [default: 15s]
    #[arg(long, help_heading = RETRIES, value_name = "TIME", value_parser = numbers::time_limit)]
    attempt_timeout: Option<Duration>,

    /// The time limit for connecting, including TLS [default: 5s]
    #[arg(long, help_heading = RETRIES, value_name = "TIME", value_parser = numbers::time_limit)]
    connect_timeout: Option<Duration>,

    #[arg(long, help_heading = NETWORK, value_name = "URL", help = format!(
        "The proxy to connect through: http://HOST:PORT [env: {PROXY_VARIABLE}]"
    ), long_help = format!("\
The proxy to connect through: http://HOST:PORT

If the proxy needs a user name and a password, set the variable to http://USER:PASSWORD@HOST:PORT: other \
users can see the command line. The usual variables, such as HTTPS_PROXY, are not used.

[env: {PROXY_VARIABLE}]"
    ))]
    proxy: Option<String>,

    /// A PEM file with further certificates to trust
    ///
    /// A proxy that intercepts TLS needs it. The certificates that the system trusts are still accepted.
    #[arg(long, help_heading = NETWORK, value_name = "FILE")]
    ca_file: Option<PathBuf>,
}

/// A client, and the sandbox that it calls, if there is one.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) client: Client,
    /// Whether it requests tokens with keys.
    pub(crate) has_keys: bool,
    pub(crate) has_proxy: bool,
    pub(crate) sandbox: Option<Sandbox>,
}

impl Server {
    /// The code of the region, `sandbox`, or the address of a custom endpoint.
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

/// Runs a future to its end.
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

    /// The same, with tokens that are valid for this long.
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

    /// The proxy of the option, or else of the environment. The latter is not used for plain http, which
    /// stays on this machine.
    fn proxy(&self, endpoint: &Endpoint) -> Result<Option<Proxy>, Problem> {
        if let Some(url) = &self.proxy {
            if url.contains('@') {
                say_note(format_args!(
                    "the value of {PROXY_OPTION} is visible to other users in the process list; set {PROXY_VARIABLE} instead"
                ));
            }
            return Ok(Some(Proxy::new(url)?));
        }
        if !is_https(endpoint) {
            return Ok(None);
        }
        let url = variable(PROXY_VARIABLE)?;
        let proxy = url.map(|url| Proxy::new(&url)).transpose();
        proxy.map_err(|error| format!("could not use {PROXY_VARIABLE}: {error}").into())
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
                    "no region was given; pass --region with one of {}, set {REGION_VARIABLE}, or try --sandbox",
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
        format!("could not read the certificates in {name}: {error}; pass a PEM file")
    })?;
    let certificates = RootCertificates::from_pem(&pem);
    certificates.map_err(|error| {
        format!(
            "could not use the certificates in {name}: {}",
            with_causes(&error)
        )
        .into()
    })
}
