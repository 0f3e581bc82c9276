//! `report`: many journals as one.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    exit::Exit,
    id_digest::IdDigest,
    journal::{self, JournalEnd, JournalRecord},
    output_format::OutputFormat,
    problem::Problem,
    summary::{RunSummary, count_of},
    terminal::{say, say_note},
};

/// Merge journals into one summary and one set of records
///
/// Of the records of an id in a region the last that settles it counts, or else the last, in the order
/// in which the journals are given. The exit code is that of `enroll` for the ids that the journals
/// hold: of those that were not called yet they know nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll report results.jsonl
  face-search-enroll report --format json shard-*.jsonl > results.jsonl")]
pub(crate) struct Arguments {
    /// What is printed on standard output: the summary, or the records, with the summary on standard
    /// error
    #[arg(long, value_enum, default_value = "text")]
    format: OutputFormat,

    /// Journals that `enroll --output` wrote
    #[arg(required = true, value_name = "JOURNAL")]
    journals: Vec<PathBuf>,
}

/// Where the record of an id is that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RecordPlace {
    journal: usize,
    line: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    for path in &arguments.journals {
        // They are read twice.
        if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            let what = "is no regular file; save it as one";
            return Err(format!("the journal {} {what}", path.display()).into());
        }
    }
    let mut places: HashMap<IdDigest, (RecordPlace, Exit)> = HashMap::new();
    let mut records: u64 = 0;
    let torn = each(&arguments.journals, |place, record, _| {
        records += 1;
        let exit = record.status().exit();
        places
            .entry(record.digest_in_region())
            .and_modify(|known| {
                if exit != Exit::Failed || known.1 == Exit::Failed {
                    *known = (place, exit);
                }
            })
            .or_insert((place, exit));
        Ok(())
    })?;
    for path in torn {
        let path = path.display();
        say_note(format_args!(
            "the last line of {path} is torn, and is left out"
        ));
    }

    let mut summary = RunSummary::new();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut ids: u64 = 0;
    each(&arguments.journals, |place, record, line| {
        if places
            .get(&record.digest_in_region())
            .is_none_or(|(known, _)| *known != place)
        {
            return Ok(());
        }
        ids += 1;
        summary.add(record.summary_entry());
        if arguments.format == OutputFormat::Json {
            writeln!(out, "{line}")?;
        }
        Ok(())
    })?;
    out.flush()?;
    drop(out);

    let superseded = records - ids;
    let lines = summary
        .lines(None)
        .into_iter()
        .chain((superseded > 0).then(|| {
            let what = count_of(superseded, "record");
            format!("left out: {what} that later ones replace")
        }));
    let mut out = anstream::stdout().lock();
    for line in lines {
        match arguments.format {
            OutputFormat::Text => writeln!(out, "{line}")?,
            OutputFormat::Json => say(line),
        }
    }
    Ok(summary.exit())
}

/// Gives every record of the journals, in order. Returns those whose last line is torn.
fn each(
    journals: &[PathBuf],
    mut each: impl FnMut(RecordPlace, &JournalRecord<'_>, &str) -> Result<(), Problem>,
) -> Result<Vec<&Path>, Problem> {
    let mut torn = Vec::new();
    for (journal, path) in journals.iter().enumerate() {
        let file = File::open(path)
            .map_err(|error| format!("cannot open the journal {}: {error}", path.display()))?;
        let end = journal::scan(&file, path, |line, record, text| {
            each(RecordPlace { journal, line }, record, text)
        })?;
        if matches!(end, JournalEnd::Torn(_)) {
            torn.push(path.as_path());
        }
    }
    Ok(torn)
}
