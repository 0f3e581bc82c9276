//! Compares a run of the command with a bare loop over the library.

use std::{error::Error, io::Write, process::Command};

use super::{
    effort::Effort,
    process::{Workplace, measure},
    program::{BENCHES, Program, built, pinned},
    table::median,
};

const CONCURRENCIES: [u32; 2] = [8, 64];

/// Writes a row for each way to share two processors: the rate of both, and their ratio.
pub(super) fn run(
    effort: Effort,
    program: &Program,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let place = Workplace::new()?;
    let bare_loop = built(BENCHES, "bare-loop")?;
    let ids = place.write_ids(effort.calls)?;
    writeln!(
        out,
        "| processors | calls at a time | bare loop | command | ratio of the two |\n|---|---|---|---|---|"
    )?;
    for (name, processor) in [
        ("one each", Some("0")),
        ("two, shared with the server", None),
    ] {
        let server = match processor {
            Some(_) => program.serve()?,
            None => program.serve_anywhere()?,
        };
        for concurrency in CONCURRENCIES {
            let concurrency = concurrency.to_string();
            let (mut loops, mut commands) = (Vec::new(), Vec::new());
            for round in 0..effort.runs {
                writeln!(errors, "{name}, {concurrency} at a time, run {}", round + 1)?;
                let mut command = match processor {
                    Some(processor) => pinned(&bare_loop, processor),
                    None => Command::new(&bare_loop),
                };
                command.args([&server.address, &effort.calls.to_string(), &concurrency]);
                loops.push(f64::from(effort.calls) / measure(&mut command)?.seconds);
                place.forget("results.jsonl")?;
                let mut command = place.enroll(&server.address, &ids, "results.jsonl", processor);
                command.args(["--concurrency", &concurrency]);
                commands.push(f64::from(effort.calls) / measure(&mut command)?.seconds);
            }
            let mut ratios: Vec<_> = commands.iter().zip(&loops).map(|(a, b)| a / b).collect();
            ratios.sort_by(f64::total_cmp);
            let (least, most) = (ratios.first().copied(), ratios.last().copied());
            writeln!(
                out,
                "| {name} | {concurrency} | {:.0}/s | {:.0}/s | {:.2} ({:.2} to {:.2}) |",
                median(loops),
                median(commands),
                median(ratios),
                least.unwrap_or(f64::NAN),
                most.unwrap_or(f64::NAN),
            )?;
        }
    }
    Ok(())
}
