//! `cargo xtask bench`: compares the cost of a call with other ways to make it, and measures bulk runs of the
//! command.

mod bulk;
mod cost;
mod effort;
mod growth;
mod process;
mod program;
mod shards;
mod table;

use std::{error::Error, io::Write};

use cost::{CLIENTS, Costs, Instructions};
use effort::Effort;
use program::{Program, Server, has_valgrind};

/// Measure calls and bulk runs, compared with other ways to make them
///
/// Builds the package `benches`, starts its server in a separate process, and prints tables in Markdown. With
/// two processors the server gets one for itself, unless the measurement needs both. With valgrind,
/// instructions are counted.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum, default_value = "calls")]
    what: What,

    #[command(flatten)]
    effort: Effort,
}

/// What is measured.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// A call: with this crate, with progenitor's client of the contract, with a hand-written client, and with
    /// the same bytes on kept connections
    Calls,
    /// Many calls: with the command, which reads and writes files, and with a loop over this crate
    Bulk,
    /// Runs of the command with 1,000 to 10,000,000 ids: time, memory, and the time to resume
    Growth,
    /// A shard alone, and at the same time as fifteen others
    Shards,
}

/// How many calls are under way at a time.
const CONCURRENCIES: [u32; 2] = [1, 64];

/// How many calls valgrind counts at a time. It is slow.
const COUNTED: u32 = 1000;

/// How often it counts: a late answer makes the runtime poll a few more times.
const COUNTS: u32 = 3;

/// Runs the comparison, and prints the table to `out`.
///
/// # Errors
///
/// If the programs cannot be built or run.
pub fn run(
    args: &Args,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let program = Program::build()?;
    let Args { what, effort } = *args;
    match what {
        What::Calls => calls(effort, &program, out, errors),
        What::Bulk => bulk::run(effort, &program, out, errors),
        What::Growth => growth::run(effort, &program, out, errors),
        What::Shards => shards::run(effort, &program, out, errors),
    }
}

fn calls(
    effort: Effort,
    program: &Program,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let server = program.serve()?;
    let costs = costs(effort, program, &server, errors)?;
    writeln!(errors, "counting instructions")?;
    let instructions = instructions(program, &server)?;
    table::write(effort.calls, &costs, &instructions, out)?;
    Ok(())
}

/// The total costs of a run.
fn costs(
    effort: Effort,
    program: &Program,
    server: &Server,
    errors: &mut impl Write,
) -> Result<Costs, Box<dyn Error>> {
    let mut costs = Costs::new();
    let mut clients = CLIENTS.map(|(client, _)| client);
    for round in 0..effort.runs {
        writeln!(errors, "run {} of {}", round + 1, effort.runs)?;
        for concurrency in CONCURRENCIES {
            for client in clients {
                let cost = program.measure(client, server, effort.calls, concurrency)?;
                costs.entry((client, concurrency)).or_default().push(cost);
            }
        }
        // In turn, so that the first one measured has no advantage.
        clients.rotate_left(1);
    }
    Ok(costs)
}

/// The instructions of one call; none without valgrind.
fn instructions(program: &Program, server: &Server) -> Result<Instructions, Box<dyn Error>> {
    let mut counts = Instructions::new();
    let times = if has_valgrind() { COUNTS } else { 0 };
    for _ in 0..times {
        for (client, _) in CLIENTS {
            // The instructions outside the calls are in both.
            let calls = program.instructions(client, server, COUNTED)?;
            let none = program.instructions(client, server, 0)?;
            let each = (calls - none) / f64::from(COUNTED);
            counts.entry(client).or_default().push(each);
        }
    }
    Ok(counts)
}
