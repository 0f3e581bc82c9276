//! `enroll`: calls the endpoint for each id, and reports each.

mod again;
mod calls;
mod dry_run;
mod feed;
mod output;
mod rate;
mod selection;

use std::{io::IsTerminal, num::NonZeroUsize, path::PathBuf, sync::Arc};

use clap::Args;
use face_search_enroll::{Client, EnrollError, Pace};

use crate::{
    Exit, Format, Problem,
    digest::KnownIds,
    input::{self, Input},
    journal::{self, Journal},
    shard::{self, Shard},
    signals::StopSignals,
    target,
    terminal::{BOLD, Terminal, error_text, paint, say},
};
use calls::{Ended, Run};
use feed::Feed;
use output::Output;
use rate::Rate;
use selection::{Selection, Skipped, Source};

/// Add the faces of failed verifications to the face set of a region
///
/// Ids are given as arguments, or by --input from a file of any length. Results go to standard output,
/// a line an id, or to the journal that --output names; everything else goes to standard error.
///
/// The first SIGINT or SIGTERM stops taking ids and lets calls under way end, the second stops at
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
  face-search-enroll enroll --region sg --token-file token.txt 730baa5ab2e34e53 ed8b21c0c87ad617
  face-search-enroll enroll --region sg --token-file token.txt \\
      --input ids.csv --column signature_id --output results.jsonl --rate 50/s
  face-search-enroll enroll --region sg --token-file token.txt \\
      --input ids.csv --column signature_id --output results.jsonl --rate 50/s --resume")]
pub(crate) struct Arguments {
    /// Signature ids of the verifications whose faces are to be enrolled
    #[arg(required_unless_present = "input", value_name = "ID")]
    ids: Vec<String>,

    #[command(flatten, next_help_heading = "Server")]
    target: target::Options,

    #[command(flatten, next_help_heading = "Input")]
    input: input::Options,

    #[arg(long, help_heading = "Input", value_name = "INDEX/COUNT", help = format!(
        "Take one share of the ids, such as 0/16, the first of 16; otherwise the environment tells, if it has {}",
        shard::SHARDS
    ))]
    shard: Option<Shard>,

    /// Read and check everything, and send nothing
    #[arg(long, help_heading = "Input")]
    dry_run: bool,

    /// The journal: a JSON object a line for each id, in the order in which calls end
    #[arg(long, help_heading = "Output", value_name = "FILE")]
    output: Option<PathBuf>,

    /// Go on with a journal: what it settles is not called again
    #[arg(long, help_heading = "Output", requires = "output")]
    resume: bool,

    /// How results are printed on standard output; as text if there is no --output
    #[arg(long, help_heading = "Output", value_enum)]
    format: Option<Format>,

    /// Show no progress and no summary
    #[arg(long, help_heading = "Output")]
    quiet: bool,

    /// Exit with 0 also if ids were rejected: for schedulers, which would try in vain again
    #[arg(long, help_heading = "Output")]
    allow_rejected: bool,

    /// How many calls are under way at a time
    #[arg(long, help_heading = "Pace", value_name = "N", default_value = "8")]
    concurrency: NonZeroUsize,

    /// How many calls may begin in a time, repeats included: 50/s, 30/min or 1000/h
    #[arg(long, help_heading = "Pace", value_name = "N/UNIT")]
    rate: Option<Rate>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    for id in &arguments.ids {
        Client::check_signature_id(id).map_err(EnrollError::Invalid)?;
    }
    let (shard, mut notes) = arguments.shard()?;
    let target = arguments.target.resolve()?;
    let (feed, ids, asides) = feed::feed(arguments.concurrency);
    let source = arguments.source(&feed, &mut notes)?;
    let (journal, settled) = arguments.journal(target.region(), &mut notes)?;
    for note in notes {
        say(format_args!("{} {note}", paint(BOLD, "note:")));
    }
    let skipped = Arc::new(Skipped::default());
    let selection = Selection::new(source, shard, settled, Arc::clone(&skipped));
    if arguments.dry_run {
        return Ok(dry_run::run(
            selection,
            &skipped,
            &target,
            arguments.format,
        )?);
    }

    let advise = !arguments.is_bulk() && arguments.lines() == Some(Format::Text);
    let output = Output::new(journal, arguments.lines(), advise);
    let length = arguments.input.length();
    let run = Run {
        target: &target,
        pace: &arguments.pace(),
        terminal: arguments.terminal(length.is_some()),
        output,
        length,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(async {
        let signals = StopSignals::start()?;
        // It may wait for its input for ever: it is not waited for.
        std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || feed.run(selection))?;
        std::io::Result::Ok(calls::call_all(run, signals, ids, asides).await)
    })?;
    Ok(arguments.finish(ended, &skipped))
}

impl Arguments {
    /// Whether there may be more ids than anybody looks at one by one.
    fn is_bulk(&self) -> bool {
        self.input.input.is_some() || self.output.is_some()
    }

    fn shard(&self) -> Result<(Option<Shard>, Vec<String>), String> {
        if self.shard.is_some() {
            return Ok((self.shard, Vec::new()));
        }
        let (shard, note) = Shard::from_environment()?;
        Ok((shard, note.into_iter().collect()))
    }

    fn source(&self, feed: &Feed, notes: &mut Vec<String>) -> Result<Source, String> {
        let Some(path) = &self.input.input else {
            return Ok(Source::Arguments(self.ids.clone().into_iter()));
        };
        let mut input: Input = self.input.open(path, |reader| feed.prompt(reader))?;
        notes.extend(input.note.take());
        let name = if input::is_standard_input(path) {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        Ok(Source::Input(name, Box::new(input)))
    }

    fn journal(
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

    fn lines(&self) -> Option<Format> {
        self.format
            .or_else(|| self.output.is_none().then_some(Format::Text))
    }

    fn terminal(&self, known: bool) -> Terminal {
        if !self.is_bulk() || self.quiet {
            return Terminal::silent();
        }
        // Lines that go by are progress enough.
        let lines = self.lines().is_some() && std::io::stdout().is_terminal();
        Terminal::new(!lines, known)
    }

    fn pace(&self) -> Pace {
        let pace = Pace::default().concurrency(self.concurrency);
        match self.rate {
            Some(rate) => pace.interval(rate.interval()),
            None => pace,
        }
    }

    /// Says how it ended, and what can be done about it.
    fn finish(&self, ended: Ended, skipped: &Skipped) -> Exit {
        let Ended {
            broken,
            tally,
            output,
            elapsed,
            early,
        } = ended;
        let mut exit = tally.exit();
        if skipped.rejected_before() > 0 {
            exit = exit.max(Exit::Rejected);
        }
        if early {
            exit = Exit::Failed;
        }
        if let Err(problem) = output.finish() {
            say(error_text(problem));
            exit = Exit::Failed;
        }
        if self.allow_rejected && exit == Exit::Rejected {
            exit = Exit::Enrolled;
        }
        if broken && tally.total() == 0 {
            // Nothing was sent.
            exit = Exit::Usage;
        }
        if !self.is_bulk() && skipped.has_other_shards() {
            // Else it would end without a word.
            say(format_args!(
                "left out: {}",
                skipped.text().unwrap_or_default()
            ));
        }
        if self.is_bulk() && !self.quiet {
            for line in tally.lines(Some(elapsed)) {
                say(line);
            }
            if let Some(skipped) = skipped.text() {
                say(format_args!("left out: {skipped}"));
            }
            if exit == Exit::Failed {
                self.point_to_the_next_run(broken);
            }
        }
        exit
    }

    fn point_to_the_next_run(&self, broken: bool) {
        let command = again::command(self.output.as_deref());
        let input = self.input.input.as_deref();
        let same = if broken {
            ", once the input can be read"
        } else if input.is_some_and(input::is_standard_input) {
            ", with the same ids on standard input"
        } else {
            ""
        };
        say(format_args!(
            "{}{same}:\n  {command}",
            paint(BOLD, "to go on")
        ));
    }
}
