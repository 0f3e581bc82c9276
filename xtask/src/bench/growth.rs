//! Measures how the cost of a run grows with the number of ids.

use std::{
    error::Error,
    fs::{self, File},
    io::{BufWriter, Write},
};

use super::{
    effort::Effort,
    process::{Cost, Workplace, measure},
    program::{Program, Server},
};

/// The numbers of ids. The first shows the cost that does not depend on the number.
const COUNTS: [u32; 5] = [1000, 10_000, 100_000, 1_000_000, 10_000_000];

const JOURNAL: &str = "results.jsonl";

/// Writes a row for each number of ids: a run that calls all of them, and one that finds all of them in its journal.
pub(super) fn run(
    effort: Effort,
    program: &Program,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let growth = Growth {
        place: Workplace::new()?,
        server: program.serve_anywhere()?,
    };
    writeln!(
        out,
        "| ids | run | each id | resume | each id | memory | each id |\n|---|---|---|---|---|---|---|"
    )?;
    let mut record = None;
    let mut start = None;
    for count in COUNTS {
        writeln!(errors, "{count} ids")?;
        growth.place.write_ids(count)?;
        let called = if count <= effort.calls {
            let cost = growth.call_all()?;
            let journal = fs::read_to_string(growth.place.path(JOURNAL))?;
            record = journal.lines().next().map(str::to_owned);
            Some(cost)
        } else {
            growth.write_journal(record.as_deref().unwrap_or_default(), count)?;
            None
        };
        let resumed = growth.resume()?;
        let memory = resumed.memory.unwrap_or(f64::NAN);
        let start = *start.get_or_insert(memory);
        let count = f64::from(count);
        let each = |seconds: f64| format!("{:.2} s | {:.2} µs", seconds, seconds / count * 1e6);
        writeln!(
            out,
            "| {count} | {} | {} | {:.1} MB | {:.1} bytes |",
            called.map_or("not run | ".to_owned(), |cost| each(cost.seconds)),
            each(resumed.seconds),
            memory / 1e6,
            (memory - start) / count,
        )?;
    }
    growth.place.forget(JOURNAL)?;
    Ok(())
}

struct Growth {
    place: Workplace,
    server: Server,
}

impl Growth {
    fn call_all(&self) -> Result<Cost, Box<dyn Error>> {
        self.place.forget(JOURNAL)?;
        self.enroll(&["--concurrency", "64"])
    }

    fn resume(&self) -> Result<Cost, Box<dyn Error>> {
        self.enroll(&["--resume"])
    }

    fn enroll(&self, arguments: &[&str]) -> Result<Cost, Box<dyn Error>> {
        let ids = self.place.path(Workplace::IDS);
        let mut command = self.place.enroll(&self.server.address, &ids, JOURNAL, None);
        measure(command.args(arguments))
    }

    /// Writes the journal of a run with this many ids, whose records look like this one.
    fn write_journal(&self, record: &str, count: u32) -> Result<(), Box<dyn Error>> {
        // The id comes first.
        let parts = record.split_once(":\"").and_then(|(before, rest)| {
            let after = rest.get(Workplace::id(0).len()..)?;
            Some((before, after))
        });
        let (before, after) = parts.ok_or("no earlier run has a record; pass a larger --calls")?;
        let mut file = BufWriter::new(File::create(self.place.path(JOURNAL))?);
        for number in 0..count {
            writeln!(file, "{before}:\"{}{after}", Workplace::id(number))?;
        }
        Ok(file.flush()?)
    }
}
