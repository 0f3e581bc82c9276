//! The end of a run: the exit code and the summary.

use std::time::Duration;

use super::{
    arguments::Arguments, damaged_ids::DamagedIds, resume_command::resume_command,
    run_state::EndedRun, skipped_ids::SkippedIds,
};
use crate::{
    exit::Exit,
    input,
    terminal::{BOLD, paint, say},
};

/// Prints the summary and what to do next. Returns the exit code.
pub(crate) fn conclude(
    arguments: &Arguments,
    ended: EndedRun,
    skipped: &SkippedIds,
    damaged: &DamagedIds,
) -> Exit {
    let EndedRun {
        summary,
        output,
        elapsed,
        early,
        broken,
        waited,
    } = ended;
    let mut exit = summary.exit();
    if skipped.has_rejected_before() {
        exit = exit.max(Exit::Rejected);
    }
    if early {
        exit = Exit::Failed;
    }
    if let Err(problem) = output.finish() {
        say(problem);
        exit = Exit::Failed;
    }
    if arguments.allow_rejected && exit == Exit::Rejected {
        exit = Exit::Enrolled;
    }
    if broken && summary.total() == 0 {
        // Nothing was sent.
        exit = Exit::Usage;
    }
    if arguments.is_bulk() && !arguments.quiet {
        let lines = if early && summary.total() == 0 {
            vec!["no call has ended".to_owned()]
        } else {
            summary.lines(Some(elapsed))
        };
        for line in lines
            .into_iter()
            .chain(skipped.text())
            .chain(damaged.text())
        {
            say(line);
        }
        if waited >= Duration::from_secs(1) {
            let waited = Duration::from_secs(waited.as_secs());
            say(format_args!(
                "waited {} for a server that could not be reached",
                humantime::format_duration(waited)
            ));
        }
        if exit == Exit::Failed {
            point_to_the_next_run(arguments, broken);
        }
    } else if !arguments.is_bulk() && skipped.has_other_shards() {
        // Without this line the command would print nothing at all.
        say(skipped.text().unwrap_or_default());
    }
    exit
}

fn point_to_the_next_run(arguments: &Arguments, broken: bool) {
    let command = resume_command(arguments.journal_path());
    let input = arguments.input.input.as_deref();
    let same = if broken {
        ", once the input is readable"
    } else if input.is_some_and(input::is_standard_input) {
        ", with the same ids on standard input"
    } else {
        ""
    };
    say(format_args!(
        "{}{same}:\n  {command}",
        paint(BOLD, "to continue")
    ));
}
