//! The options of `enroll`, and what they ask for.

use std::{io::IsTerminal, num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::Args;
use face_search_enroll::Pace;

use super::{id_reader::IdReader, id_selection::IdSource, rate::Rate};
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

/// Add the faces of failed verifications to the face set of a region
///
/// Ids are given as arguments, or by --input from a file of any length. Results go to standard output,
/// a line an id, or to the journal that --output names; everything else goes to standard error.
///
/// The first SIGINT, SIGTERM or SIGHUP stops taking ids and lets calls under way end, the second stops at
/// once. A run that has a journal can be stopped in any way, and gone on with by --resume: ids that
/// are settled are not called again, those that failed are.
#[derive(Debug, Args)]
// Switches are what they are.
#[allow(clippy::struct_excessive_bools)]
#[command(after_help = "\
Exit codes:
  0  every id is enrolled now, some perhaps before
  1  some ids were rejected: the answer settles them
  2  the command was wrong, and nothing was sent
  3  some ids are not settled: run again, once the cause is gone

Examples:
  face-search-enroll enroll --sandbox 730baa5ab2e34e53
  face-search-enroll enroll --region sg --credentials-file keys.txt 730baa5ab2e34e53
  face-search-enroll enroll --region sg --credentials-file keys.txt \\
      --input ids.csv --column signature_id --output results.jsonl --rate 50/s
  face-search-enroll enroll --region sg --credentials-file keys.txt \\
      --input ids.csv --column signature_id --output results.jsonl --rate 50/s --resume")]
pub(crate) struct Arguments {
    /// Signature ids of the verifications whose faces are to be enrolled
    #[arg(required_unless_present = "input", value_name = "ID")]
    pub(crate) ids: Vec<String>,

    #[command(flatten, next_help_heading = "Server")]
    pub(crate) server: ServerOptions,

    #[command(flatten, next_help_heading = "Input")]
    pub(crate) input: InputOptions,

    #[arg(long, help_heading = "Input", value_name = "INDEX/COUNT", help = format!(
        "Take one share of the ids, such as 0/16, the first of 16; otherwise the environment tells, if it has {}",
        shard::SHARDS
    ))]
    pub(crate) shard: Option<Shard>,

    /// Read and check everything, and send nothing
    #[arg(long, help_heading = "Input")]
    pub(crate) dry_run: bool,

    /// The journal: a JSON object a line for each id, in the order in which calls end
    #[arg(long, help_heading = "Output", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Go on with a journal: what it settles is not called again
    #[arg(long, help_heading = "Output", requires = "output")]
    pub(crate) resume: bool,

    /// How results are printed on standard output; as text if there is no --output
    #[arg(long, help_heading = "Output", value_enum)]
    pub(crate) format: Option<OutputFormat>,

    /// Show no progress and no summary
    #[arg(long, help_heading = "Output")]
    pub(crate) quiet: bool,

    /// Exit with 0 also if ids were rejected: for schedulers, which would try in vain again
    #[arg(long, help_heading = "Output")]
    pub(crate) allow_rejected: bool,

    /// How many calls are under way at a time
    #[arg(long, help_heading = "Pace", value_name = "N", default_value = "8", value_parser = numbers::size)]
    pub(crate) concurrency: NonZeroUsize,

    /// How many calls may begin in a time, repeats included: 50/s, 30/min or 1000/h
    #[arg(long, help_heading = "Pace", value_name = "N/UNIT")]
    pub(crate) rate: Option<Rate>,

    /// How long a run waits for a server that no call reaches, or that asks for a pause
    #[arg(long, help_heading = "Pace", value_name = "TIME", value_parser = numbers::time, default_value = "5m")]
    pub(crate) patience: Duration,
}

impl Arguments {
    /// Whether there may be more ids than anybody looks at one by one.
    pub(crate) fn is_bulk(&self) -> bool {
        self.input.input.is_some() || self.output.is_some()
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
        let name = if input::is_standard_input(path) {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        Ok(IdSource::Input(name, Box::new(input)))
    }

    pub(crate) fn journal(
        &self,
        region: &str,
        notes: &mut Vec<String>,
    ) -> Result<(Option<Journal>, KnownIds), Problem> {
        let Some(path) = &self.output else {
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
        self.format
            .or_else(|| self.output.is_none().then_some(OutputFormat::Text))
    }

    pub(crate) fn terminal(&self, known: bool) -> Terminal {
        if !self.is_bulk() || self.quiet {
            return Terminal::silent();
        }
        // Lines that go by are progress enough.
        let lines = self.printed().is_some() && std::io::stdout().is_terminal();
        Terminal::new(!lines, known)
    }

    /// The pace of calls, so many at a time.
    pub(crate) fn pace(&self, concurrency: NonZeroUsize) -> Pace {
        let pace = Pace::default().concurrency(concurrency);
        // Whoever passes a few ids waits in person.
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
