//! `sandbox`: serves the endpoint on this machine, for programs in any language.

use std::{
    io::{self, Write},
    net::SocketAddr,
    ops::RangeInclusive,
    sync::mpsc,
    time::Duration,
};

use clap::Args;
use face_search_enroll::{Sandbox, openapi, sandbox::Served};

use crate::{Exit, Problem, signals::Signals};

/// More faces than anybody looks at, and few enough to keep in memory.
const FACES: usize = 100_000;

/// The reference page, which can call the server that it comes from.
const PAGE: &str = include_str!(concat!(env!("OUT_DIR"), "/index.html"));

/// How long requests under way may take once it is told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// Serve the endpoint on this machine, for tests in any language
///
/// It answers as the contract says: a signature id is enrolled by the first call and already
/// enrolled at the second. Any access token will do, but there must be one. The header `Prefer:
/// example=NAME` asks for a certain answer, and `Prefer: code=NNN` for a status.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll sandbox
  face-search-enroll sandbox --listen 127.0.0.1:0 --latency 50ms..200ms --fail 5%")]
pub(crate) struct Arguments {
    /// Where to listen. Whoever can reach the address can use it; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:4010")]
    listen: SocketAddr,

    /// How long each request takes: a time, or a range of which one is chosen at random
    #[arg(long, value_name = "TIME[..TIME]", value_parser = latency)]
    latency: Option<RangeInclusive<Duration>>,

    /// How many of the requests fail, in every way that a network and a server can
    #[arg(long, value_name = "PERCENT", value_parser = share)]
    fail: Option<f64>,

    /// Fails other requests, in other ways
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
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
        introduce(&sandbox)?;
        signals.next().await;
        eprintln!("stopping");
        sandbox.shut_down(PATIENCE);
        Ok(Exit::Enrolled)
    })
}

fn start(arguments: &Arguments) -> Result<Sandbox, Problem> {
    let mut builder = Sandbox::builder()
        .listen(arguments.listen)
        .face_limit(FACES)
        .document("/", "text/html; charset=utf-8", PAGE)
        .document("/openapi.yaml", "application/yaml", openapi::YAML)
        .document("/openapi.json", "application/json", openapi::JSON)
        .document("/healthz", "text/plain; charset=utf-8", "ok\n");
    if let Some(latency) = &arguments.latency {
        builder = builder.latency(latency.clone());
    }
    if let Some(share) = arguments.fail {
        builder = builder.failures(share, arguments.seed);
    }
    if !arguments.quiet {
        builder = builder.observe(printer());
    }
    builder.start().map_err(|error| {
        format!(
            "cannot listen on {}: {error}; pass another address, or one with port 0 for a free one",
            arguments.listen
        )
        .into()
    })
}

fn introduce(sandbox: &Sandbox) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let base_url = sandbox.base_url();
    writeln!(out, "listening on {base_url}")?;
    writeln!(out)?;
    writeln!(out, "{}", sandbox.curl())?;
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
fn printer() -> impl Fn(&Served<'_>) + Send + Sync {
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
