//! Compares one shard of an input alone with all shards at the same time on one machine.

use std::{error::Error, io::Write, process::Command};

use super::{
    effort::Effort,
    process::{Workplace, measure, measure_all},
    program::Program,
    table::median,
};

const SHARDS: u32 = 16;

/// Writes how much longer a shard takes if all run at the same time, and how much longer the slowest takes.
pub(super) fn run(
    effort: Effort,
    program: &Program,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let place = Workplace::new()?;
    let server = program.serve_anywhere()?;
    let ids = place.write_ids(effort.calls)?;
    let shard = |index: u32| -> Result<Command, Box<dyn Error>> {
        let journal = format!("shard-{index}.jsonl");
        place.forget(&journal)?;
        let mut command = place.enroll(&server.address, &ids, &journal, None);
        command.args(["--shard", &format!("{index}/{SHARDS}")]);
        Ok(command)
    };
    let (mut alone, mut beside, mut slowest) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..effort.runs {
        writeln!(errors, "run {} of {}", round + 1, effort.runs)?;
        alone.push(measure(&mut shard(round % SHARDS)?)?.seconds);
        let shards: Result<Vec<_>, _> = (0..SHARDS).map(shard).collect();
        let costs = measure_all(&mut shards?)?;
        let seconds: Vec<_> = costs.iter().map(|cost| cost.seconds).collect();
        slowest.push(seconds.iter().copied().fold(0.0, f64::max));
        beside.push(median(seconds));
    }
    for index in 0..SHARDS {
        place.forget(&format!("shard-{index}.jsonl"))?;
    }
    let (alone, beside, slowest) = (median(alone), median(beside), median(slowest));
    writeln!(
        out,
        "| a shard of {SHARDS} | time | ratio |\n|---|---|---|\n\
         | alone | {alone:.2} s | 1 |\n\
         | with the others | {beside:.2} s | {:.1} |\n\
         | the slowest of them | {slowest:.2} s | {:.1} |",
        beside / alone,
        slowest / alone
    )?;
    Ok(())
}
