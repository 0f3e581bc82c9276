//! What a run has come to so far: results are written down and counted, and it may have to stop.

use std::{mem, sync::Arc, time::Duration};

use face_search_enroll::{EnrollError, Enrolled, Outcome};
use indicatif::HumanCount;
use tokio::time::Instant;

use super::{
    account_wide::{self, AccountWideStreak},
    estimate::Estimate,
    id_reader::InputEvent,
    id_selection::InvalidEntry,
    output::Output,
    run_progress::RunProgress,
};
use crate::{
    failure_advice::refused_account,
    record::Record,
    server::Server,
    status::Status,
    summary::RunSummary,
    terminal::{Terminal, YELLOW, error_text, paint},
};

/// A pause is reported if it is this long.
const PAUSE_TOLD: Duration = Duration::from_secs(5);

/// So many bad lines are shown; the journal has them all.
const BAD_SHOWN: u64 = 20;

pub(crate) struct RunState<'r> {
    pub(crate) server: &'r Server,
    pub(crate) terminal: Terminal,
    output: Output,
    summary: RunSummary,
    progress: Arc<RunProgress>,
    estimate: Estimate,
    started: Instant,
    /// How many results were added to the output, and not yet written.
    unwritten: u64,
    /// When calls under way are given up.
    pub(crate) deadline: Option<Instant>,
    account_wide: AccountWideStreak,
    bad: u64,
    broken: bool,
    /// The end of the pause that was reported last.
    paused: Option<Instant>,
}

/// How a run ended.
pub(crate) struct EndedRun {
    pub(crate) summary: RunSummary,
    pub(crate) output: Output,
    pub(crate) elapsed: Duration,
    /// Whether ids are left that were not called.
    pub(crate) early: bool,
    /// Whether the input could not be read to its end.
    pub(crate) broken: bool,
}

impl<'r> RunState<'r> {
    /// With the length of the input, if it is known.
    pub(crate) fn new(
        server: &'r Server,
        terminal: Terminal,
        output: Output,
        length: Option<u64>,
        progress: Arc<RunProgress>,
    ) -> Self {
        Self {
            server,
            terminal,
            output,
            summary: RunSummary::new(),
            estimate: Estimate::new(length, Arc::clone(&progress)),
            progress,
            started: Instant::now(),
            unwritten: 0,
            deadline: None,
            account_wide: AccountWideStreak::default(),
            bad: 0,
            broken: false,
            paused: None,
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.progress.is_stopped()
    }

    /// Whether no more ids are taken, and every call has ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.is_stopped() && self.estimate.ended() == self.progress.taken()
    }

    pub(crate) fn end(self) -> EndedRun {
        self.terminal.clear();
        EndedRun {
            early: self.is_stopped() || self.broken,
            summary: self.summary,
            output: self.output,
            elapsed: self.started.elapsed(),
            broken: self.broken,
        }
    }

    /// Takes no more ids; calls under way may end.
    pub(crate) fn stop(&mut self, why: &str, way_out: &str) {
        if !self.progress.stop() {
            return;
        }
        let patience = self.server.client.timeout();
        self.deadline = patience.and_then(|patience| Instant::now().checked_add(patience));
        let patience = patience.map_or_else(String::new, |patience| {
            format!(
                " and may take up to {}",
                humantime::format_duration(patience)
            )
        });
        self.terminal.say(format!(
            "{why}: no more ids are taken; calls under way may end{patience}{way_out}"
        ));
    }

    /// Says a problem, also where it is not the first, and takes no more ids.
    pub(crate) fn stop_for(&mut self, problem: &str) {
        if self.is_stopped() {
            self.terminal.say(problem);
        } else {
            self.stop(problem, "");
        }
    }

    /// Whether there is anything to flush.
    pub(crate) fn is_pending(&self) -> bool {
        self.unwritten > 0 || self.output.is_pending()
    }

    /// Writes what was added: as many more ids may be taken.
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        let flushed = self.output.flush();
        self.progress.add_written(mem::take(&mut self.unwritten));
        flushed
    }

    pub(crate) fn add_result(&mut self, id: &str, result: &Result<Enrolled, EnrollError>) {
        self.estimate.add_ended();
        self.unwritten += 1;
        self.add_record(&Record::new(id, result, self.server.region()));
        let error = result.as_ref().err();
        let outcome = error.and_then(EnrollError::outcome);
        if outcome == Some(Outcome::Throttled) {
            self.tell_of_pause(error.and_then(EnrollError::retry_after));
        }
        if let Some(EnrollError::Token(no_token)) = error
            && let Some(outcome) = refused_account(no_token)
        {
            // The same would be answered to every further call.
            let (summary, action) = (outcome.summary(), outcome.action());
            let why = error_text(format_args!(
                "the server issues no token, {outcome}: {summary} {action}"
            ));
            self.stop(why.trim_end_matches('.'), "");
        }
        if let Some(outcome) = self.account_wide.add(outcome) {
            let why = error_text(format_args!(
                "{} calls in a row were answered with {outcome}, as every call of the account will be; {}",
                account_wide::LIMIT,
                outcome.action()
            ));
            self.stop(why.trim_end_matches('.'), "");
        }
    }

    pub(crate) fn add_input_event(&mut self, event: InputEvent) {
        match event {
            InputEvent::Invalid(entry) => self.add_invalid(entry),
            InputEvent::Broken(error) => {
                // What was read is called all the same.
                self.broken = true;
                let text = format_args!("cannot read the input on: {error}");
                self.terminal.say(error_text(text));
            }
        }
    }

    fn add_invalid(&mut self, InvalidEntry { id, error }: InvalidEntry) {
        self.bad += 1;
        if self.output.is_for_people() {
            // It is seen there.
        } else if self.bad <= BAD_SHOWN {
            let text = format!("{}: {error}", paint(YELLOW, "bad"));
            self.terminal.say(text);
        } else if self.bad == BAD_SHOWN + 1 {
            self.terminal.say("further bad lines are not shown");
        }
        self.add_record(&Record::invalid(id.as_deref(), error, self.server.region()));
    }

    fn add_record(&mut self, record: &Record<'_>) {
        self.summary.add(record.summary_entry());
        if let Err(problem) = self.output.add(record) {
            self.stop_for(&problem);
        }
    }

    /// Says once why nothing happens for a while.
    fn tell_of_pause(&mut self, asked: Option<Duration>) {
        let now = Instant::now();
        let long = asked.filter(|asked| *asked >= PAUSE_TOLD);
        let Some(asked) = long.filter(|_| self.paused.is_none_or(|end| end <= now)) else {
            return;
        };
        self.paused = now.checked_add(asked);
        self.terminal.say(format!(
            "{} the server asks for a pause of {}: no call begins before",
            paint(YELLOW, "note:"),
            humantime::format_duration(asked)
        ));
    }

    /// Shows how far it has got.
    pub(crate) fn show(&self) {
        let count = |status| self.summary.count(status);
        let left = self.estimate.left().map_or_else(String::new, |left| {
            format!(", {} left", humantime::format_duration(left))
        });
        let text = format!(
            "{:.1}/s{left}: {} enrolled, {} rejected, {} failed",
            self.summary.rate(self.started.elapsed()),
            HumanCount(count(Status::Enrolled) + count(Status::AlreadyEnrolled)),
            HumanCount(count(Status::Rejected)),
            HumanCount(count(Status::Failed)),
        );
        self.terminal.show(self.estimate.share(), &text);
    }
}
