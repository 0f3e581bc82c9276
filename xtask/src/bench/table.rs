//! The table of costs: one row per client, one column per measure.

use std::io::{self, Write};

use super::cost::{CLIENTS, Cost, Costs, Instructions};

/// The client that the others are compared with.
const COMPARED: &str = "by-hand";

/// A column: its title, how many calls run at a time, the value per call, and how it is formatted.
type Column = (&'static str, u32, fn(Cost, f64) -> f64, fn(f64) -> String);

const COLUMNS: [Column; 5] = [
    ("allocations", 1, allocations, whole),
    ("CPU, 1 at a time", 1, cpu, microseconds),
    ("CPU, 64 at a time", 64, cpu, microseconds),
    ("calls/s, 1 at a time", 1, rate, whole),
    ("calls/s, 64 at a time", 64, rate, whole),
];

fn allocations(cost: Cost, calls: f64) -> f64 {
    cost.allocations / calls
}

fn cpu(cost: Cost, calls: f64) -> f64 {
    cost.cpu_ns / calls
}

fn rate(cost: Cost, calls: f64) -> f64 {
    calls / cost.wall_ns * 1e9
}

/// One row per client: the cost of a call, and in brackets the ratio to the hand-written client. All values
/// are medians. Ratios compare runs of the same round, and their spread follows.
pub(super) fn write(
    calls: u32,
    costs: &Costs,
    instructions: &Instructions,
    out: &mut impl Write,
) -> io::Result<()> {
    let titles = COLUMNS.map(|(title, ..)| title);
    let titles = ["of a call", "instructions"].into_iter().chain(titles);
    let titles: Vec<_> = titles.collect();
    writeln!(out, "| {} |", titles.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(titles.len()))?;
    for (client, name) in CLIENTS {
        let counts = |client| instructions.get(client).cloned().unwrap_or_default();
        let counted = cell(counts(client), &counts(COMPARED), whole);
        write!(out, "| {name} | {counted}")?;
        for (_, concurrency, of, write) in COLUMNS {
            let values = |client| -> Vec<f64> {
                let costs = costs.get(&(client, concurrency));
                let costs = costs.into_iter().flatten();
                let values = costs.map(|cost| of(*cost, f64::from(calls)));
                values.collect()
            };
            let cell = cell(values(client), &values(COMPARED), write);
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

pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
