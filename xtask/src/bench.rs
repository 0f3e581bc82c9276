//! `bench`: what a call costs, beside other ways to make it.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use clap::Args as ClapArgs;
use serde::Deserialize;

use crate::cargo;

/// Compare the cost of calls with other ways to make them
///
/// Builds the package `benches`, starts its server in a process of its own, and makes calls in four
/// ways: with this crate, with progenitor's client of the contract, with one that is written by hand,
/// and with the same bytes on kept connections. Prints one table in Markdown. Where there are two
/// processors the server has one for itself; where there is valgrind, instructions are counted.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// How often each way is measured; the median counts
    #[arg(long, value_name = "N", default_value = "7", value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// How many calls a run makes
    #[arg(long, value_name = "N", default_value = "20000", value_parser = clap::value_parser!(u32).range(64..))]
    calls: u32,
}

/// As `benches/src/clients.rs` names them.
const CLIENTS: [(&str, &str); 4] = [
    ("crate", "this crate"),
    ("raw", "progenitor's client"),
    ("by-hand", "written by hand"),
    ("floor", "the bytes alone"),
];

/// What the others are compared with.
const COMPARED: &str = "by-hand";

/// How many calls are under way at a time.
const CONCURRENCIES: [u32; 2] = [1, 64];

/// How many calls valgrind counts at a time: it is slow.
const COUNTED: u32 = 1000;

/// How often it counts: an answer that is late costs the runtime a few turns more.
const COUNTS: u32 = 3;

/// What `calls run` prints, of all calls together.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Cost {
    wall_ns: f64,
    cpu_ns: f64,
    allocations: f64,
}

/// A column of the table: what it is of a call, and how it is written.
struct Column {
    title: &'static str,
    concurrency: u32,
    of: fn(Cost, f64) -> f64,
    write: fn(f64) -> String,
}

const COLUMNS: [Column; 5] = [
    Column {
        title: "allocations",
        concurrency: 1,
        of: |cost, calls| cost.allocations / calls,
        write: whole,
    },
    Column {
        title: "CPU, 1 at a time",
        concurrency: 1,
        of: |cost, calls| cost.cpu_ns / calls,
        write: microseconds,
    },
    Column {
        title: "CPU, 64 at a time",
        concurrency: 64,
        of: |cost, calls| cost.cpu_ns / calls,
        write: microseconds,
    },
    Column {
        title: "calls/s, 1 at a time",
        concurrency: 1,
        of: |cost, calls| calls / cost.wall_ns * 1e9,
        write: whole,
    },
    Column {
        title: "calls/s, 64 at a time",
        concurrency: 64,
        of: |cost, calls| calls / cost.wall_ns * 1e9,
        write: whole,
    },
];

type Problem = Box<dyn std::error::Error>;

/// Costs by client and concurrency.
type Costs = BTreeMap<(&'static str, u32), Vec<Cost>>;

/// Runs the comparison and prints it to `out`.
///
/// # Errors
///
/// If the programs cannot be built or run.
pub fn run(args: &Args, out: &mut impl Write, errors: &mut impl Write) -> Result<(), Problem> {
    let program = build()?;
    let server = Server::start(&program)?;
    let mut costs = Costs::new();
    let mut clients = CLIENTS.map(|(client, _)| client);
    for round in 0..args.runs {
        writeln!(errors, "run {} of {}", round + 1, args.runs)?;
        for concurrency in CONCURRENCIES {
            for client in clients {
                let cost = measure(&program, client, &server.address, args.calls, concurrency)?;
                costs.entry((client, concurrency)).or_default().push(cost);
            }
        }
        // In turn: what is measured first has no advantage.
        clients.rotate_left(1);
    }
    writeln!(errors, "counting instructions")?;
    let instructions = instructions(&program, &server.address)?;
    table(args, &costs, &instructions, out)?;
    Ok(())
}

/// Builds the program that makes the calls.
fn build() -> Result<PathBuf, Problem> {
    let package = ["--package", "face-search-enroll-benches"];
    let messages = cargo::build(&[&["--release", "--locked"], &package[..]].concat())?;
    let mut programs = messages
        .iter()
        .filter_map(|message| message.get("executable")?.as_str());
    let program = programs.find(|program| Path::new(program).file_stem() == Some("calls".as_ref()));
    Ok(program
        .ok_or("cargo did not say where the program is")?
        .into())
}

/// The command, on one processor if there is a way to say so.
fn pinned(program: &Path, processor: &str) -> Command {
    let can = Command::new("taskset")
        .args(["-c", processor, "true"])
        .stderr(Stdio::null())
        .status();
    if can.is_ok_and(|status| status.success()) {
        let mut command = Command::new("taskset");
        command.args(["-c", processor]).arg(program);
        return command;
    }
    Command::new(program)
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(program: &Path) -> Result<Self, Problem> {
        let mut child = pinned(program, "1")
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        let lines = child.stdout.take().ok_or("the server prints nothing")?;
        BufReader::new(lines).read_line(&mut address)?;
        let address = address.trim().to_owned();
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has no more to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn measure(
    program: &Path,
    client: &str,
    address: &str,
    calls: u32,
    concurrency: u32,
) -> Result<Cost, Problem> {
    let output = pinned(program, "0")
        .args(["run", client, address])
        .args([calls.to_string(), concurrency.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the client {client} failed").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Instructions of one call in user space, by client; nothing without valgrind.
fn instructions(
    program: &Path,
    address: &str,
) -> Result<BTreeMap<&'static str, Vec<f64>>, Problem> {
    let mut counts: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(counts);
    }
    for _ in 0..COUNTS {
        for (client, _) in CLIENTS {
            // What is not of the calls is in both.
            let calls = counted(program, client, address, COUNTED)?;
            let none = counted(program, client, address, 0)?;
            let each = (calls - none) / f64::from(COUNTED);
            counts.entry(client).or_default().push(each);
        }
    }
    Ok(counts)
}

/// The instructions of a run that makes so many calls.
fn counted(program: &Path, client: &str, address: &str, calls: u32) -> Result<f64, Problem> {
    let output = pinned(Path::new("valgrind"), "0")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["run", client, address, &calls.to_string(), "1"])
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text
        .lines()
        .find_map(|line| line.split("Collected :").nth(1));
    match count {
        Some(count) if output.status.success() => Ok(count.trim().parse()?),
        _ => Err(format!("the client {client} failed under valgrind: {text}").into()),
    }
}

/// One row a client: what a call costs, and in brackets how much that is of what it costs by hand.
/// All of them are medians; ratios are of runs of the same round, and their spread stands behind.
fn table(
    args: &Args,
    costs: &Costs,
    instructions: &BTreeMap<&'static str, Vec<f64>>,
    out: &mut impl Write,
) -> io::Result<()> {
    let titles = COLUMNS.iter().map(|column| column.title);
    let titles: Vec<_> = ["of a call", "instructions"]
        .into_iter()
        .chain(titles)
        .collect();
    writeln!(out, "| {} |", titles.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(titles.len()))?;
    for (client, name) in CLIENTS {
        let counts = |client| instructions.get(client).cloned().unwrap_or_default();
        let counted = cell(counts(client), &counts(COMPARED), whole);
        write!(out, "| {name} | {counted}")?;
        for column in &COLUMNS {
            let values = |client| -> Vec<f64> {
                let costs = costs.get(&(client, column.concurrency));
                let costs = costs.into_iter().flatten();
                costs
                    .map(|cost| (column.of)(*cost, f64::from(args.calls)))
                    .collect()
            };
            let cell = cell(values(client), &values(COMPARED), column.write);
            write!(out, " | {cell}")?;
        }
        writeln!(out, " |")?;
    }
    Ok(())
}

fn cell(own: Vec<f64>, compared: &[f64], write: fn(f64) -> String) -> String {
    let mut ratios: Vec<_> = own
        .iter()
        .zip(compared)
        .map(|(own, other)| own / other)
        .collect();
    ratios.sort_by(f64::total_cmp);
    let (Some(lowest), Some(highest)) = (ratios.first(), ratios.last()) else {
        return "not counted".to_owned();
    };
    let (lowest, highest) = (format!("{lowest:.2}"), format!("{highest:.2}"));
    let spread = if lowest == highest {
        String::new()
    } else {
        format!(", {lowest} to {highest}")
    };
    format!("{} ({:.2}{spread})", write(median(own)), median(ratios))
}

fn whole(count: f64) -> String {
    format!("{count:.0}")
}

fn microseconds(ns: f64) -> String {
    format!("{:.1} µs", ns / 1e3)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
