//! Which server is called and with which token, from options and the environment.

use std::{
    env,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use clap::Args;
use face_search_enroll::{
    AccessToken, CachedTokenSource, Client, Endpoint, IssuedToken, Region, RetryPolicy,
    TokenSource, TokenSourceError, token_source::from_fn,
};
use face_search_enroll_sandbox::Sandbox;

use crate::Problem;

const TOKEN_VARIABLE: &str = "FACE_SEARCH_ENROLL_TOKEN";
const REGION_VARIABLE: &str = "FACE_SEARCH_ENROLL_REGION";

/// More than any token has, in bytes.
const TOKEN_FILE_LIMIT: u64 = 64 * 1024;

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct Options {
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
pub(crate) struct Target {
    pub(crate) client: Client,
    pub(crate) sandbox: Option<Sandbox>,
}

impl Target {
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

impl Options {
    pub(crate) fn resolve(&self) -> Result<Target, Problem> {
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
            (Some(path), _) => builder.token_source(token_file(path)?),
            (None, Some(_)) => builder.access_token(AccessToken::new("sandbox")?),
            (None, None) => builder.access_token(token_of_environment()?),
        };
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        let client = builder.build()?;
        Ok(Target { client, sandbox })
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

/// The token in a file, which is read again when the server refuses it: whoever renews tokens writes
/// the new one there.
fn token_file(path: &Path) -> Result<impl TokenSource + use<>, Problem> {
    let first = AccessToken::new(read_token(path)?)?;
    let first = Mutex::new(Some(first));
    let path = path.to_owned();
    Ok(CachedTokenSource::new(from_fn(move || {
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let path = path.clone();
        async move {
            let token = match first {
                Some(token) => token,
                None => AccessToken::new(read_token(&path)?)?,
            };
            Ok::<_, TokenSourceError>(IssuedToken::new(token))
        }
    })))
}

/// The token in a file, without the line break that editors end it with.
fn read_token(path: &Path) -> Result<String, Problem> {
    let failed = |what: &dyn std::fmt::Display| {
        format!(
            "cannot read the token file {}: {what}; pass a file that holds the token alone",
            path.display()
        )
    };
    let mut text = String::new();
    let file = File::open(path).map_err(|error| failed(&error))?;
    let read = file
        .take(TOKEN_FILE_LIMIT)
        .read_to_string(&mut text)
        .map_err(|error| failed(&error))?;
    if u64::try_from(read).is_ok_and(|read| read == TOKEN_FILE_LIMIT) {
        return Err(failed(&"it is larger than any token").into());
    }
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    Ok(text)
}

/// An environment variable; an empty one counts as unset.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Problem> {
    match env::var(name) {
        Ok(value) => Ok((!value.is_empty()).then_some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        // The value is not shown: it may be a token.
        Err(env::VarError::NotUnicode(_)) => {
            Err(format!("{name} is not UTF-8; set it anew").into())
        }
    }
}
