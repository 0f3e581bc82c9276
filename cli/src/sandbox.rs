//! `sandbox`: serves the API on this machine, for programs in any language.

mod listen;

use std::{
    fs,
    io::{self, Write},
    net::SocketAddr,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use clap::Args;
use face_search_enroll::openapi;
use face_search_enroll_sandbox::{Contract, Sandbox, ServedRequest, StartError};

use crate::{
    credentials::{ACCESS_KEY_VARIABLE, SECRET_KEY_VARIABLE as SECRET_KEY_OF_CLIENT},
    environment::variable,
    exit::Exit,
    numbers,
    problem::Problem,
    signals::Signals,
};

/// The number of faces that are remembered, to limit memory.
const FACES: usize = 100_000;

/// The name of the embedded contract in error messages.
const EMBEDDED: &str = "openapi/face-search-enroll.yaml";

/// How long requests in progress may take after a signal to stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// The variable with the secret key that belongs to `--access-key`.
const SECRET_KEY_VARIABLE: &str = "FACE_SEARCH_ENROLL_SANDBOX_SECRET_KEY";

/// Serve the API on this machine, for tests in any language
///
/// The server answers as the contract says: the first call enrolls a signature id, and the second one reports
/// that it is already enrolled. A request needs an access token, but any token is accepted. With
/// --access-key, only tokens that the sandbox issued for those keys are accepted.
///
/// The request header `Prefer: example=NAME` selects a response by the name of its example in the contract.
/// `Prefer: code=NNN` sends the usual response with this HTTP status.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll sandbox
  face-search-enroll sandbox --listen 127.0.0.1:0 --latency 50ms..200ms --fail 5%
  FACE_SEARCH_ENROLL_SANDBOX_SECRET_KEY=secret \\
      face-search-enroll sandbox --access-key my-key --token-life 10s
  face-search-enroll sandbox --contract edited.yaml")]
pub(crate) struct Arguments {
    /// The address to listen on: HOST:PORT, or a port on loopback
    ///
    /// Port 0 chooses a free port. Everybody who can reach the address can use the sandbox.
    #[arg(long, value_name = "ADDR", default_value = listen::DEFAULT, value_parser = listen::address)]
    listen: SocketAddr,

    /// Use this OpenAPI contract instead of the built-in one
    #[arg(long, value_name = "FILE")]
    contract: Option<PathBuf>,

    #[arg(long, value_name = "KEY", help = format!(
        "Accept only tokens that were issued for this access key; its secret key is {SECRET_KEY_VARIABLE}"
    ), long_help = format!("\
Accept only tokens that were issued for this access key

The sandbox then checks the signature and the timestamp of each request for a token. The secret key \
comes from the environment, from {SECRET_KEY_VARIABLE}."
    ))]
    access_key: Option<String>,

    /// The lifetime of issued tokens, such as 10s, whatever a request asks for
    #[arg(long, value_name = "TIME", value_parser = numbers::time)]
    token_life: Option<Duration>,

    /// Delay each response by a time, or by a random time from a range
    #[arg(long, value_name = "TIME[..TIME]", value_parser = latency)]
    latency: Option<RangeInclusive<Duration>>,

    /// The percentage of requests that fail
    ///
    /// They fail at random in many ways: broken connections, error responses, garbled responses.
    #[arg(long, value_name = "PERCENT", value_parser = share)]
    fail: Option<f64>,

    /// The seed of the random failures of --fail
    ///
    /// The same seed gives the same failures.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = numbers::seed)]
    seed: u64,

    /// Do not print a line for each request
    #[arg(long)]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        // From here on no signal is lost, even if it arrives before the server is ready.
        let mut signals = Signals::new()?;
        let sandbox = start(arguments)?;
        introduce(&sandbox, arguments.access_key.as_deref())?;
        signals.next().await;
        eprintln!("stopping");
        sandbox.shut_down(PATIENCE);
        Ok(Exit::Enrolled)
    })
}

fn start(arguments: &Arguments) -> Result<Sandbox, Problem> {
    let contract = contract(arguments.contract.as_deref())?;
    // The page can call the server that serves it.
    let reference_page = face_search_enroll_page::render(&contract)?;
    let mut builder = Sandbox::builder()
        .listen(arguments.listen)
        .face_limit(FACES)
        .document("/", "text/html; charset=utf-8", reference_page)
        .document("/openapi.yaml", "application/yaml", contract.text.clone())
        .document("/openapi.json", "application/json", contract.to_json())
        .document("/healthz", "text/plain; charset=utf-8", "ok\n")
        .contract(contract);
    if let Some(access_key) = &arguments.access_key {
        let secret_key = variable(SECRET_KEY_VARIABLE)?
            .ok_or_else(|| format!("--access-key needs a secret key; set {SECRET_KEY_VARIABLE}"))?;
        builder = builder.access_key(access_key, &secret_key);
    }
    if let Some(life) = arguments.token_life {
        builder = builder.token_life(life);
    }
    if let Some(latency) = &arguments.latency {
        builder = builder.latency(latency.clone());
    }
    if let Some(share) = arguments.fail {
        builder = builder.failures(share, arguments.seed);
    }
    if !arguments.quiet {
        builder = builder.observe(printer());
    }
    builder.start().map_err(|error| match error {
        StartError::Listen(error) => format!(
            "could not listen on {}: {error}; pass another address, or port 0 for a free port",
            arguments.listen
        )
        .into(),
        error => error.into(),
    })
}

/// The contract that the sandbox answers from.
fn contract(file: Option<&Path>) -> Result<Contract, Problem> {
    let (name, text) = match file {
        Some(path) => {
            let name = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| {
                format!(
                    "could not read the contract {name}: {error}; pass an OpenAPI document in YAML"
                )
            })?;
            (name, text)
        }
        None => (EMBEDDED.to_owned(), openapi::YAML.to_owned()),
    };
    Ok(Contract::parse(&name, &text)?)
}

fn introduce(sandbox: &Sandbox, access_key: Option<&str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let base_url = sandbox.base_url();
    writeln!(out, "listening on {base_url}")?;
    writeln!(out)?;
    match access_key {
        None => writeln!(out, "{}", sandbox.curl())?,
        Some(access_key) => {
            writeln!(out, "export {ACCESS_KEY_VARIABLE}={access_key}")?;
            writeln!(
                out,
                "export {SECRET_KEY_OF_CLIENT}=\"${SECRET_KEY_VARIABLE}\""
            )?;
            writeln!(out, "face-search-enroll token --endpoint {base_url}")?;
        }
    }
    writeln!(out)?;
    writeln!(out, "  {base_url}/              the reference page")?;
    writeln!(
        out,
        "  {base_url}/openapi.yaml  the contract, also as /openapi.json"
    )?;
    writeln!(out)?;
    out.flush()
}

/// Prints a line for each request in a separate thread, so that a blocked output does not block the server.
/// Lines that cannot be printed in time are dropped.
fn printer() -> impl Fn(&ServedRequest<'_>) + Send + Sync {
    let (sender, lines) = mpsc::sync_channel::<String>(1024);
    std::thread::spawn(move || {
        for line in lines {
            if writeln!(io::stdout().lock(), "{line}").is_err() {
                return;
            }
        }
    });
    move |served| {
        let _ = sender.try_send(served.to_string());
    }
}

fn latency(text: &str) -> Result<RangeInclusive<Duration>, String> {
    let (least, most) = text.split_once("..").unwrap_or((text, text));
    let time = |text: &str| {
        humantime::parse_duration(text)
            .map_err(|error| format!("{error}; write 50ms, or 50ms..200ms"))
    };
    let (least, most) = (time(least)?, time(most.trim_start_matches('='))?);
    if least > most {
        return Err(
            "the first time is longer than the second; write the shorter one first".to_owned(),
        );
    }
    Ok(least..=most)
}

fn share(text: &str) -> Result<f64, String> {
    let percent = text.strip_suffix('%').unwrap_or(text);
    match percent.trim().parse::<f64>() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("it is not a percentage from 0 to 100; write 5%".to_owned()),
    }
}
