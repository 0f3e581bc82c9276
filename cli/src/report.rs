//! `report`: merges journals.

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
    problem::{Problem, file_advice},
    summary::{RunSummary, count_of},
    terminal::{say, say_note},
};

/// Merge journals into one summary, or into one set of records
///
/// One record counts for each id in a region: the last one that settles it or, if none does, the last one.
/// Records are in the order of the journals on the command line.
///
/// The exit code is that of `enroll` for the ids in the journals. Ids that no run has sent yet are not
/// counted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll report results.jsonl
  face-search-enroll report --format json shard-*.jsonl > results.jsonl")]
pub(crate) struct Arguments {
    /// Print the summary (text), or the records as JSON
    ///
    /// With json, the summary is printed on standard error.
    #[arg(long, value_enum, default_value = "text")]
    format: OutputFormat,

    /// The journals that `enroll --output` wrote
    #[arg(required = true, value_name = "JOURNAL")]
    journals: Vec<PathBuf>,
}

/// The place of the record that counts for an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RecordPlace {
    journal: usize,
    line: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    for path in &arguments.journals {
        // Journals are read twice, so they cannot be pipes.
        if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            let what = "is not a regular file; save it to a file first";
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
            "the last line of {path} is incomplete and is ignored"
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
            format!("skipped: {what} that other records of the same id replace")
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

/// Calls `each` with every record of the journals, in order. Returns the journals whose last line is
/// incomplete.
fn each(
    journals: &[PathBuf],
    mut each: impl FnMut(RecordPlace, &JournalRecord<'_>, &str) -> Result<(), Problem>,
) -> Result<Vec<&Path>, Problem> {
    let mut torn = Vec::new();
    for (journal, path) in journals.iter().enumerate() {
        let file = File::open(path).map_err(|error| {
            let advice = file_advice(&error);
            format!(
                "could not open the journal {}: {error}{advice}",
                path.display()
            )
        })?;
        let end = journal::scan(&file, path, |line, record, text| {
            each(RecordPlace { journal, line }, record, text)
        })?;
        if matches!(end, JournalEnd::Torn(_)) {
            torn.push(path.as_path());
        }
    }
    Ok(torn)
}
