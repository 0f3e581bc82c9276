//! `bench`: what a call costs, beside other ways to make it, and what many calls cost with the command.

mod bulk;
mod cost;
mod growth;
mod process;
mod program;
mod shards;
mod table;

use std::{error::Error, io::Write};

use cost::{CLIENTS, Costs, Instructions};
use program::{Program, Server, has_valgrind};

/// Compare the cost of calls with other ways to make them
///
/// Builds the package `benches`, starts its server in a process of its own, and prints tables in Markdown.
/// Where there are two processors the server has one for itself, except where both are to be busy. Where
/// there is valgrind, instructions are counted.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum, default_value = "calls")]
    what: What,

    /// How often each way is measured; the median counts
    #[arg(long, value_name = "N", default_value = "7", value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// How many calls a run makes; for `growth`, at most so many: of more ids it measures how a run resumes
    #[arg(long, value_name = "N", default_value = "20000", value_parser = clap::value_parser!(u32).range(64..))]
    calls: u32,
}

/// What is measured.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// A call: with this crate, with progenitor's client of the contract, with one that is written by
    /// hand, and with the same bytes on kept connections
    Calls,
    /// Many calls: with the command, which reads and writes files, and with a bare loop over this crate
    Bulk,
    /// Runs of the command with more and more ids: time, memory, and the time to resume
    Growth,
    /// A shard alone, and beside fifteen others
    Shards,
}

/// How many calls are under way at a time.
const CONCURRENCIES: [u32; 2] = [1, 64];

/// How many calls valgrind counts at a time: it is slow.
const COUNTED: u32 = 1000;

/// How often it counts: an answer that is late costs the runtime a few turns more.
const COUNTS: u32 = 3;

/// Runs the comparison and prints it to `out`.
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
    match args.what {
        What::Calls => calls(args, &program, out, errors),
        What::Bulk => bulk::run(args, &program, out, errors),
        What::Growth => growth::run(args, &program, out, errors),
        What::Shards => shards::run(args, &program, out, errors),
    }
}

fn calls(
    args: &Args,
    program: &Program,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let server = program.serve()?;
    let costs = costs(args, program, &server, errors)?;
    writeln!(errors, "counting instructions")?;
    let instructions = instructions(program, &server)?;
    table::write(args.calls, &costs, &instructions, out)?;
    Ok(())
}

/// Costs of all calls of a run together.
fn costs(
    args: &Args,
    program: &Program,
    server: &Server,
    errors: &mut impl Write,
) -> Result<Costs, Box<dyn Error>> {
    let mut costs = Costs::new();
    let mut clients = CLIENTS.map(|(client, _)| client);
    for round in 0..args.runs {
        writeln!(errors, "run {} of {}", round + 1, args.runs)?;
        for concurrency in CONCURRENCIES {
            for client in clients {
                let cost = program.measure(client, server, args.calls, concurrency)?;
                costs.entry((client, concurrency)).or_default().push(cost);
            }
        }
        // In turn: what is measured first has no advantage.
        clients.rotate_left(1);
    }
    Ok(costs)
}

/// Instructions of one call; nothing without valgrind.
fn instructions(program: &Program, server: &Server) -> Result<Instructions, Box<dyn Error>> {
    let mut counts = Instructions::new();
    let times = if has_valgrind() { COUNTS } else { 0 };
    for _ in 0..times {
        for (client, _) in CLIENTS {
            // What is not of the calls is in both.
            let calls = program.instructions(client, server, COUNTED)?;
            let none = program.instructions(client, server, 0)?;
            let each = (calls - none) / f64::from(COUNTED);
            counts.entry(client).or_default().push(each);
        }
    }
    Ok(counts)
}
