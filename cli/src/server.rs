//! Which server is called and with which token, from options and the environment.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use face_search_enroll::{AccessToken, Client, Endpoint, Region, RetryPolicy};
use face_search_enroll_sandbox::Sandbox;

use crate::{environment::variable, problem::Problem, token_file};

const TOKEN_VARIABLE: &str = "FACE_SEARCH_ENROLL_TOKEN";
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

    /// Call a sandbox that is started for this command; it takes any token, and none is needed
    #[arg(long, group = "target")]
    sandbox: bool,

    #[arg(long, value_name = "FILE", help = format!(
        "The file that holds the access token; it is read again when the server refuses the token [otherwise the environment: {TOKEN_VARIABLE}]"
    ))]
    token_file: Option<PathBuf>,

    /// How often a call is sent at most, instead of the standard number: 1 for no retries
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_attempts: Option<u32>,

    /// How long a call may take in all, repeats included, instead of the standard time
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    timeout: Option<Duration>,

    /// Refused: every user of the machine could read it.
    #[arg(long, hide = true, value_name = "TOKEN", num_args = 0..=1, default_missing_value = "")]
    token: Option<String>,
}

/// A client, and the sandbox that it calls, if any.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) client: Client,
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

impl ServerOptions {
    pub(crate) fn resolve(&self) -> Result<Server, Problem> {
        if self.token.is_some() {
            return Err(format!(
                "a token on the command line shows in the list of processes; put it into a file and pass --token-file FILE, or set {TOKEN_VARIABLE}"
            )
            .into());
        }
        let sandbox = self.sandbox.then(Sandbox::start).transpose()?;
        let endpoint = match &sandbox {
            Some(sandbox) => Endpoint::from(sandbox),
            None => self.endpoint()?,
        };
        let mut retry = RetryPolicy::standard();
        if let Some(attempts) = self.max_attempts {
            retry = retry.max_attempts(attempts);
        }
        let builder = Client::builder(endpoint).retry(retry);
        let mut builder = match (&self.token_file, &sandbox) {
            (Some(path), _) => builder.token_source(token_file::token_source(path)?),
            (None, Some(_)) => builder.access_token(AccessToken::new("sandbox")?),
            (None, None) => builder.access_token(token_of_environment()?),
        };
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        let client = builder.build()?;
        Ok(Server { client, sandbox })
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

fn token_of_environment() -> Result<AccessToken, Problem> {
    let text = variable(TOKEN_VARIABLE)?.ok_or_else(|| {
        format!("no access token; pass --token-file FILE, or set {TOKEN_VARIABLE}")
    })?;
    Ok(AccessToken::new(text)?)
}
