//! `sandbox`: serves the endpoint on this machine, for programs in any language.

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

/// More faces than anybody looks at, and few enough to keep in memory.
const FACES: usize = 100_000;

/// The name of the embedded contract in problems.
const EMBEDDED: &str = "openapi/face-search-enroll.yaml";

/// How long requests under way may take once it is told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the secret key of `--access-key` comes from.
const SECRET_KEY_VARIABLE: &str = "FACE_SEARCH_ENROLL_SANDBOX_SECRET_KEY";

/// Serve the endpoints on this machine, for tests in any language
///
/// It answers as the contract says: a signature id is enrolled by the first call and already
/// enrolled at the second. Any access token will do, but there must be one, unless --access-key is given:
/// then tokens are issued for its keys alone, and no others are taken. The header `Prefer:
/// example=NAME` asks for a certain answer, and `Prefer: code=NNN` for a status.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll sandbox
  face-search-enroll sandbox --listen 127.0.0.1:0 --latency 50ms..200ms --fail 5%
  FACE_SEARCH_ENROLL_SANDBOX_SECRET_KEY=secret \\
      face-search-enroll sandbox --access-key my-key --token-life 10s
  face-search-enroll sandbox --contract edited.yaml")]
pub(crate) struct Arguments {
    /// Where to listen: HOST:PORT, or a port alone, on loopback. Whoever can reach the address can use it;
    /// port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = listen::DEFAULT, value_parser = listen::address)]
    listen: SocketAddr,

    /// Answer as this OpenAPI contract says, instead of the one that the command was built from
    #[arg(long, value_name = "FILE")]
    contract: Option<PathBuf>,

    #[arg(long, value_name = "KEY", help = format!(
        "Check signatures and times: issue tokens for this access key alone, whose secret key is in the environment as {SECRET_KEY_VARIABLE}, and take no other tokens"
    ))]
    access_key: Option<String>,

    /// How long tokens are good, whatever a request asks for, such as 10s
    #[arg(long, value_name = "TIME", value_parser = numbers::time)]
    token_life: Option<Duration>,

    /// How long each request takes: a time, or a range of which one is chosen at random
    #[arg(long, value_name = "TIME[..TIME]", value_parser = latency)]
    latency: Option<RangeInclusive<Duration>>,

    /// How many of the requests fail, in every way that a network and a server can
    #[arg(long, value_name = "PERCENT", value_parser = share)]
    fail: Option<f64>,

    /// Fails other requests, in other ways
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = numbers::seed)]
    seed: u64,

    /// Print no line for each request
    #[arg(long)]
    quiet: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        // From here on a signal is not lost, however soon it comes.
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
    // It can call the server that it comes from.
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
        let secret_key = variable(SECRET_KEY_VARIABLE)?.ok_or_else(|| {
            format!("--access-key without its secret key; set {SECRET_KEY_VARIABLE}")
        })?;
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
            "cannot listen on {}: {error}; pass another address, or one with port 0 for a free one",
            arguments.listen
        )
        .into(),
        error => error.into(),
    })
}

/// The contract to answer from.
fn contract(file: Option<&Path>) -> Result<Contract, Problem> {
    let (name, text) = match file {
        Some(path) => {
            let name = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|error| {
                format!(
                    "cannot read the contract {name}: {error}; pass an OpenAPI document in YAML"
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

/// Prints a line for each request, from a thread of its own: whoever does not read them must not hold
/// up the server. Lines that nobody reads are left out.
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
        return Err("the first time is the longer one; write the shorter one first".to_owned());
    }
    Ok(least..=most)
}

fn share(text: &str) -> Result<f64, String> {
    let percent = text.strip_suffix('%').unwrap_or(text);
    match percent.trim().parse::<f64>() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("not a percentage from 0 to 100; write 5%".to_owned()),
    }
}
