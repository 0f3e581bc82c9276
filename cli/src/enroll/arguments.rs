//! The options of `enroll`, and the parts of a run that follow from them.

use std::{
    io::IsTerminal,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use face_search_enroll::{Client, EnrollError, Pace};

use super::{
    damaged_ids::DamagedIds,
    id_reader::IdReader,
    id_selection::{IdSource, InputSource},
    rate::Rate,
};
use crate::{
    input::{self, Input, InputOptions},
    journal::{self, Journal},
    known_ids::KnownIds,
    numbers,
    output_format::OutputFormat,
    problem::Problem,
    server::ServerOptions,
    shard::{self, Shard},
    terminal::Terminal,
};

/// The names of standard output.
const STANDARD_OUTPUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Add the faces of failed verifications to the face set of a region
///
/// Pass the ids as arguments, or pass a file of any length with --input. Results are printed on standard
/// output, one line per id, or written to the journal that --output names. Everything else is printed on
/// standard error.
///
/// A run with a journal can be interrupted in any way, even by a crash. Run the same command with --resume
/// to continue it: ids that are settled (enrolled, already enrolled or rejected) are skipped, and ids that
/// failed are sent again.
///
/// The first SIGINT, SIGTERM or SIGHUP starts no new calls and lets calls in progress finish. The second
/// one exits at once.
#[derive(Debug, Args)]
// Each switch is independent of the others.
#[allow(clippy::struct_excessive_bools)]
#[command(after_help = "\
Exit codes:
  0  every id is enrolled, by this run or before
  1  some ids were rejected: sending them again gives the same result
  2  the command line, the environment or a file is wrong; nothing was sent
  3  some ids are not settled: fix the cause, then run again

Examples:
  face-search-enroll enroll --sandbox 730baa5ab2e34e53
  face-search-enroll enroll --region sg --credentials-file keys.txt 730baa5ab2e34e53
  face-search-enroll enroll --region sg --credentials-file keys.txt \\
      --input ids.csv --column signature_id --output results.jsonl --rate 50/s
  face-search-enroll enroll --region sg --credentials-file keys.txt \\
      --input ids.csv --column signature_id --output results.jsonl --rate 50/s --resume")]
pub(crate) struct Arguments {
    /// The signature ids of the verifications to enroll
    #[arg(required_unless_present = "input", value_name = "ID")]
    pub(crate) ids: Vec<String>,

    #[command(flatten, next_help_heading = "Server")]
    pub(crate) server: ServerOptions,

    #[command(flatten, next_help_heading = "Input")]
    pub(crate) input: InputOptions,

    #[arg(long, help_heading = "Input", value_name = "INDEX/COUNT", help = format!(
        "Send only one shard of the ids: 0/16 is the first of 16; or set {}",
        shard::SHARDS
    ), long_help = format!("\
Send only one shard of the ids: 0/16 is the first of 16

Several processes can share one input: each sends the ids of its own shard. The shard of an id never \
changes, so a shard can be resumed on another machine.

Instead, you can set {} to the number of shards. The index then comes from the scheduler: Kubernetes \
Indexed Jobs, AWS Batch array jobs and Slurm job arrays are recognized.",
        shard::SHARDS
    ))]
    pub(crate) shard: Option<Shard>,

    /// Read and check the whole input, but send nothing
    ///
    /// The exit code is 1 if the input has invalid lines. Pass --format to print the ids that would be
    /// sent.
    #[arg(long, help_heading = "Input")]
    pub(crate) dry_run: bool,

    /// Write the results to this file, the journal: one JSON object per id
    ///
    /// Results are in the order in which calls finish. Each result is written before the next id starts,
    /// and the file is flushed to disk once a second. An existing file is never overwritten: see --resume.
    /// Pass - to print the objects on standard output.
    #[arg(long, help_heading = "Output", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Continue the journal that --output names, and skip the ids that it settles
    ///
    /// Without an existing journal, the run starts from the beginning. So the same command works for the
    /// first run and for every later one.
    #[arg(long, help_heading = "Output", requires = "output")]
    pub(crate) resume: bool,

    /// Print the results on standard output in this format
    ///
    /// Without --output, the default is text. With a journal, nothing is printed by default.
    #[arg(long, help_heading = "Output", value_enum)]
    pub(crate) format: Option<OutputFormat>,

    /// Print no progress and no summary
    #[arg(long, help_heading = "Output")]
    pub(crate) quiet: bool,

    /// Exit with 0 instead of 1 if ids were rejected
    ///
    /// Use it under a scheduler, which would otherwise start the run again for ids that are settled.
    #[arg(long, help_heading = "Output")]
    pub(crate) allow_rejected: bool,

    /// The number of calls in progress at a time
    #[arg(long, help_heading = "Pace", value_name = "N", default_value = "8", value_parser = numbers::size)]
    pub(crate) concurrency: NonZeroUsize,

    /// The highest rate of requests, such as 50/s, 30/min or 1000/h
    ///
    /// Retries count too. Without this option, the rate is limited only by --concurrency and by the server.
    #[arg(long, help_heading = "Pace", value_name = "N/UNIT")]
    pub(crate) rate: Option<Rate>,

    /// How long to wait for a server that is unreachable or asks for a pause
    ///
    /// During an outage no new ids are started, and one call at a time checks whether the server is back.
    /// After this time the run stops with exit code 3. It applies to runs with --input or --output.
    #[arg(long, help_heading = "Pace", value_name = "TIME", value_parser = numbers::time, default_value = "5m")]
    pub(crate) patience: Duration,
}

impl Arguments {
    /// Whether there may be too many ids to look at one by one.
    pub(crate) fn is_bulk(&self) -> bool {
        self.input.input.is_some() || self.output.is_some()
    }

    /// Refuses an id that must not be sent, and an argument that is the name of a file.
    pub(crate) fn check_ids(&self) -> Result<(), Problem> {
        for id in &self.ids {
            let path = Path::new(id);
            if input::is_standard_input(path) || path.exists() && !path.is_dir() {
                let what = "names a file or standard input, but would be sent as an id";
                return Err(format!("{id:?} {what}; did you mean --input {id}?").into());
            }
            Client::check_signature_id(id).map_err(EnrollError::Invalid)?;
        }
        Ok(())
    }

    /// The path of the journal. `None` if results go to standard output.
    pub(crate) fn journal_path(&self) -> Option<&Path> {
        let path = self.output.as_deref()?;
        let is_output = |name: &&str| path.as_os_str() == *name;
        let is_output = STANDARD_OUTPUT.iter().any(is_output);
        (!is_output).then_some(path)
    }

    pub(crate) fn shard(&self, notes: &mut Vec<String>) -> Result<Option<Shard>, String> {
        if self.shard.is_some() {
            return Ok(self.shard);
        }
        let (shard, note) = Shard::from_environment()?;
        notes.extend(note);
        Ok(shard)
    }

    pub(crate) fn source(
        &self,
        reader: &IdReader,
        notes: &mut Vec<String>,
    ) -> Result<IdSource, String> {
        let Some(path) = &self.input.input else {
            return Ok(IdSource::Arguments(self.ids.clone().into_iter()));
        };
        let mut input = Input::open(&self.input, path, reader.flusher())?;
        notes.extend(input.note.take());
        if input.is_empty() && !self.input.allow_empty {
            return Err(format!(
                "the input {} contains no ids; pass --allow-empty if that is expected",
                path.display()
            ));
        }
        let name = if input::is_standard_input(path) {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        Ok(IdSource::Input(InputSource {
            name,
            input: Box::new(input),
            is_file: self.input.is_file(),
        }))
    }

    /// The warning about damaged ids before a run starts, if the input can be read twice.
    pub(crate) fn damage(&self) -> Option<String> {
        let path = self.input.input.as_deref()?;
        if !self.input.is_file() || self.input.strict {
            return None;
        }
        let input = Input::open(&self.input, path, || ()).ok()?;
        DamagedIds::of(input).text()
    }

    pub(crate) fn journal(
        &self,
        region: &str,
        notes: &mut Vec<String>,
    ) -> Result<(Option<Journal>, KnownIds), Problem> {
        let Some(path) = self.journal_path() else {
            if self.resume {
                let what =
                    "--resume needs a journal, and standard output is not one; pass --output FILE";
                return Err(what.into());
            }
            return Ok((None, KnownIds::new()));
        };
        match (self.dry_run, self.resume) {
            (true, true) => Ok((None, journal::settled(path, region)?)),
            (true, false) => Ok((None, KnownIds::new())),
            (false, false) => Ok((Some(Journal::create(path)?), KnownIds::new())),
            (false, true) => {
                let (journal, settled, note) = Journal::resume(path, region)?;
                notes.extend(note);
                Ok((Some(journal), settled))
            }
        }
    }

    pub(crate) fn printed(&self) -> Option<OutputFormat> {
        self.format.or(match (&self.output, self.journal_path()) {
            (None, _) => Some(OutputFormat::Text),
            (Some(_), None) => Some(OutputFormat::Json),
            (Some(_), Some(_)) => None,
        })
    }

    pub(crate) fn terminal(&self, known: bool) -> Terminal {
        if !self.is_bulk() || self.quiet {
            return Terminal::silent();
        }
        // Results that scroll by on the terminal show the progress.
        let lines = self.printed().is_some() && std::io::stdout().is_terminal();
        Terminal::new(!lines, known)
    }

    /// The pace of calls, with this concurrency.
    pub(crate) fn pace(&self, concurrency: NonZeroUsize) -> Pace {
        let pace = Pace::default().concurrency(concurrency);
        // With a few ids on the command line, a person is waiting: an error is better than a delay.
        let pace = pace.patience(if self.is_bulk() {
            self.patience
        } else {
            Duration::ZERO
        });
        match self.rate {
            Some(rate) => pace.interval(rate.interval()),
            None => pace,
        }
    }
}
