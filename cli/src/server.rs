//! Which server is called and with which credentials, from options and the environment.

use std::{io, time::Duration};

use clap::Args;
use face_search_enroll::{Client, Endpoint, Region, RetryPolicy};
use face_search_enroll_sandbox::Sandbox;

use crate::{
    credentials::{CredentialOptions, Given},
    environment::variable,
    problem::Problem,
};

const REGION_VARIABLE: &str = "FACE_SEARCH_ENROLL_REGION";

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
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_attempts: Option<u32>,

    /// How long a call may take in all, repeats included, instead of the standard time
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    timeout: Option<Duration>,
}

/// A client, and the sandbox that it calls, if any.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) client: Client,
    /// Whether its tokens are got with keys.
    pub(crate) has_keys: bool,
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
            retry = retry.max_attempts(attempts);
        }
        let given = self.credentials.resolve(self.sandbox)?;
        let builder = Client::builder(endpoint).retry(retry);
        let has_keys = matches!(given, Given::Keys(_));
        let mut builder = match given.with_period(period)? {
            Given::Keys(keys) => builder.credentials(keys),
            Given::Token(source) => builder.token_source(source),
        };
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        let client = builder.build()?;
        Ok(Server {
            client,
            has_keys,
            sandbox,
        })
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
