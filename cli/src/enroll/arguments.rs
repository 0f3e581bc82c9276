//! The options of `enroll`, and what they ask for.

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

/// What names standard output.
const STANDARD_OUTPUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

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

    /// The journal: a JSON object a line for each id, in the order in which calls end; - for standard
    /// output
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

    /// Refuses an id that may not be sent, and the name of a file.
    pub(crate) fn check_ids(&self) -> Result<(), Problem> {
        for id in &self.ids {
            let path = Path::new(id);
            if input::is_standard_input(path) || path.exists() && !path.is_dir() {
                let what = "names an input, and would be sent as an id";
                return Err(format!("{id:?} {what}; did you mean --input {id}?").into());
            }
            Client::check_signature_id(id).map_err(EnrollError::Invalid)?;
        }
        Ok(())
    }

    /// The journal, unless results go to standard output.
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
                "the input {} holds no ids; pass --allow-empty if it need not",
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

    /// What to tell of damaged ids before a run begins, where the input can be read twice.
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
                let what = "standard output has no earlier results; pass --output FILE";
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
