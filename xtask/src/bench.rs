//! `bench`: what a call costs, beside other ways to make it.

use std::{
    collections::BTreeMap,
    env,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use clap::Args as ClapArgs;
use serde::Deserialize;

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

/// As `benches/src/clients.rs` names them; the last but one is what the others are compared with.
const CLIENTS: [(&str, &str); 4] = [
    ("crate", "this crate"),
    ("raw", "progenitor's client"),
    ("by-hand", "written by hand"),
    ("floor", "the bytes alone"),
];

const COMPARED: &str = "by-hand";

/// How many calls are under way at a time.
const CONCURRENCIES: [u32; 2] = [1, 64];

/// How many calls valgrind counts: it is slow.
const COUNTED: u32 = 1000;

/// How often it counts; the median is taken. An answer that is late costs the runtime a few turns more.
const COUNTS: u32 = 5;

/// What `calls run` prints, of all calls together.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Cost {
    wall_ns: f64,
    cpu_ns: f64,
    allocations: f64,
}

/// A column of the table: what it is of a call, and how it is written.
struct Column {
    concurrency: u32,
    of: fn(Cost, f64) -> f64,
    write: fn(f64) -> String,
}

const COLUMNS: [Column; 5] = [
    Column {
        concurrency: 1,
        of: |cost, calls| cost.allocations / calls,
        write: |count| format!("{count:.0}"),
    },
    Column {
        concurrency: 1,
        of: |cost, calls| cost.cpu_ns / calls,
        write: |ns| format!("{:.1} µs", ns / 1e3),
    },
    Column {
        concurrency: 64,
        of: |cost, calls| cost.cpu_ns / calls,
        write: |ns| format!("{:.1} µs", ns / 1e3),
    },
    Column {
        concurrency: 1,
        of: |cost, calls| calls / cost.wall_ns * 1e9,
        write: |rate| format!("{rate:.0}"),
    },
    Column {
        concurrency: 64,
        of: |cost, calls| calls / cost.wall_ns * 1e9,
        write: |rate| format!("{rate:.0}"),
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

fn build() -> Result<PathBuf, Problem> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = Command::new(cargo)
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "face-search-enroll-benches",
        ])
        .current_dir(&root)
        .status()?;
    if !built.success() {
        return Err("the benchmarks do not build".into());
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("release/calls"))
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
fn instructions(program: &Path, address: &str) -> Result<BTreeMap<&'static str, u64>, Problem> {
    let mut counts = BTreeMap::new();
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(counts);
    }
    for (client, _) in CLIENTS {
        let of = |calls: u32| -> Result<u64, Problem> {
            let output = Command::new("valgrind")
                .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
                .arg(program)
                .args(["run", client, address, &calls.to_string(), "1"])
                .output()?;
            let text = String::from_utf8_lossy(&output.stderr);
            let count = text
                .lines()
                .find_map(|line| line.split("Collected :").nth(1));
            Ok(count.ok_or("valgrind counted nothing")?.trim().parse()?)
        };
        let mut each = Vec::new();
        for _ in 0..COUNTS {
            // What is not of the calls is in both.
            each.push(of(COUNTED * 2)?.saturating_sub(of(COUNTED)?) / u64::from(COUNTED));
        }
        each.sort_unstable();
        counts.insert(
            client,
            each.get(each.len() / 2).copied().unwrap_or_default(),
        );
    }
    Ok(counts)
}

/// One row a client: of a call, and in brackets how much that is of what it is by hand. Ratios are
/// those of runs that followed each other.
fn table(
    args: &Args,
    costs: &Costs,
    instructions: &BTreeMap<&'static str, u64>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(
        out,
        "| of a call | instructions | allocations | CPU, 1 at a time | CPU, 64 at a time | calls/s, 1 at a time | calls/s, 64 at a time |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for (client, name) in CLIENTS {
        write!(out, "| {name} | {}", counted(client, instructions))?;
        for column in &COLUMNS {
            let values = |client| -> Vec<f64> {
                let costs = costs.get(&(client, column.concurrency));
                let costs = costs.into_iter().flatten();
                costs
                    .map(|cost| (column.of)(*cost, f64::from(args.calls)))
                    .collect()
            };
            let (own, compared) = (values(client), values(COMPARED));
            let ratios = own.iter().zip(&compared).map(|(own, other)| own / other);
            let ratio = median(ratios.collect());
            write!(out, " | {} ({ratio:.2})", (column.write)(median(own)))?;
        }
        writeln!(out, " |")?;
    }
    Ok(())
}

fn counted(client: &str, instructions: &BTreeMap<&'static str, u64>) -> String {
    match (instructions.get(client), instructions.get(COMPARED)) {
        // In hundredths: they are whole numbers.
        (Some(own), Some(other)) if *other > 0 => {
            let ratio = own * 100 / other;
            format!("{own} ({}.{:02})", ratio / 100, ratio % 100)
        }
        _ => "not counted".to_owned(),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
