//! The state of a run: it writes and counts results, and decides whether the run must stop.

use std::{error::Error, iter, mem, sync::Arc, time::Duration};

use face_search_enroll::{ConnectCause, EnrollError, Enrolled};
use indicatif::HumanCount;
use tokio::time::Instant;

use super::{
    account_wide::{self, AccountWideStreak},
    calls::Called,
    estimate::Estimate,
    id_reader::InputEvent,
    id_selection::InvalidEntry,
    output::Output,
    run_progress::RunProgress,
};
use crate::{
    connection_advice,
    failure_advice::refused_account,
    numbers::time_text,
    record::Record,
    server::Server,
    status::Status,
    summary::RunSummary,
    terminal::{Terminal, YELLOW, error_text, paint},
};

/// A pause of at least this long is reported.
const PAUSE_TOLD: Duration = Duration::from_secs(3);

/// How many invalid lines are shown. The results list all of them.
const BAD_SHOWN: u64 = 20;

pub(crate) struct RunState<'r> {
    pub(crate) server: &'r Server,
    pub(crate) terminal: Terminal,
    output: Output,
    summary: RunSummary,
    progress: Arc<RunProgress>,
    estimate: Estimate,
    /// How many ids were passed as arguments. None for an input, however many ids it has.
    few: Option<u64>,
    started: Instant,
    /// How many results were added to the output but not written yet.
    unwritten: u64,
    /// When calls in progress are abandoned.
    pub(crate) deadline: Option<Instant>,
    account_wide: AccountWideStreak,
    bad: u64,
    broken: bool,
    /// Whether the pause that the server asked for was reported.
    pause_told: bool,
    /// How long calls had waited for the server at the last check, and whether that was reported.
    waited: Duration,
    outage_told: bool,
    /// The failure to connect that advice was printed for.
    advised: Option<ConnectCause>,
}

/// How a run ended.
pub(crate) struct EndedRun {
    pub(crate) summary: RunSummary,
    pub(crate) output: Output,
    pub(crate) elapsed: Duration,
    /// Whether there are ids that were not sent.
    pub(crate) early: bool,
    /// Whether the input could not be read to its end.
    pub(crate) broken: bool,
    /// How long calls waited for the server.
    pub(crate) waited: Duration,
}

impl<'r> RunState<'r> {
    /// Creates the state, with the length of the input if it is known, and the number of ids passed as arguments.
    pub(crate) fn new(
        server: &'r Server,
        terminal: Terminal,
        output: Output,
        length: Option<u64>,
        few: Option<u64>,
        progress: Arc<RunProgress>,
    ) -> Self {
        Self {
            server,
            terminal,
            output,
            summary: RunSummary::new(),
            estimate: Estimate::new(length, Arc::clone(&progress)),
            progress,
            few,
            started: Instant::now(),
            unwritten: 0,
            deadline: None,
            account_wide: AccountWideStreak::default(),
            bad: 0,
            broken: false,
            pause_told: false,
            waited: Duration::ZERO,
            outage_told: false,
            advised: None,
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.progress.is_stopped()
    }

    /// Whether the call of every started id has finished.
    pub(crate) fn has_ended(&self) -> bool {
        self.estimate.ended() == self.progress.taken()
    }

    pub(crate) fn end(self, waited: Duration) -> EndedRun {
        self.terminal.clear();
        EndedRun {
            early: self.is_stopped() || self.broken,
            summary: self.summary,
            output: self.output,
            elapsed: self.started.elapsed(),
            broken: self.broken,
            waited,
        }
    }

    /// Starts no new calls. Calls in progress may finish.
    pub(crate) fn stop(&mut self, why: &str, way_out: &str) {
        if !self.progress.stop() {
            return;
        }
        let patience = self.server.client.timeout();
        self.deadline = patience.and_then(|patience| Instant::now().checked_add(patience));
        let patience = patience.map_or_else(String::new, |patience| {
            format!(", which can take up to {}", time_text(patience))
        });
        self.terminal.say(format!(
            "{why}: no new calls are started; calls in progress may finish{patience}{way_out}"
        ));
    }

    /// Prints a problem, even if the run is already stopping, and stops the run.
    pub(crate) fn stop_for(&mut self, problem: &str) {
        if self.is_stopped() {
            self.terminal.say(problem);
        } else {
            self.stop(problem, "");
        }
    }

    /// Whether there are results to flush.
    pub(crate) fn is_pending(&self) -> bool {
        self.unwritten > 0 || self.output.is_pending()
    }

    /// Writes the pending results. As many more ids may be started.
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        let flushed = self.output.flush();
        self.progress.add_written(mem::take(&mut self.unwritten));
        flushed
    }

    pub(crate) fn add_results(&mut self, called: &[Called]) {
        for (id, result) in called {
            self.add_result(id, result);
        }
    }

    fn add_result(&mut self, id: &str, result: &Result<Enrolled, EnrollError>) {
        self.estimate.add_ended();
        self.unwritten += 1;
        self.add_record(&Record::new(id, result, self.server.region()));
        let error = result.as_ref().err();
        let outcome = error.and_then(EnrollError::outcome);
        self.advise_on_connection(error.and_then(EnrollError::connect_cause));
        if let Some(EnrollError::Token(no_token)) = error
            && let Some(outcome) = refused_account(no_token)
        {
            // Every further call would get the same response.
            let (summary, action) = (outcome.summary(), outcome.action());
            let why = error_text(format_args!(
                "the server refused to issue a token ({outcome}): {summary} {action}"
            ));
            self.stop(why.trim_end_matches('.'), "");
        }
        if let Some(error) = error {
            self.stop_without_server(error);
        }
        if let Some(outcome) = self.account_wide.add(outcome) {
            let why = error_text(format_args!(
                "{} calls in a row were answered with {outcome}, which affects every call of this account; {}",
                account_wide::LIMIT,
                outcome.action()
            ));
            self.stop(why.trim_end_matches('.'), "");
        }
    }

    /// Whether the results of the ids already say everything about a server that no call reaches.
    fn all_is_printed(&self) -> bool {
        self.few.is_some_and(|few| self.progress.taken() == few)
    }

    /// Stops the run after it has waited for the server or for a token as long as it may.
    fn stop_without_server(&mut self, error: &EnrollError) {
        if self.all_is_printed() {
            return;
        }
        let what = match error {
            EnrollError::Connect(connect) => connect.to_string(),
            EnrollError::Token(no_token) => no_token.to_string(),
            _ => return,
        };
        let causes = iter::successors(error.source(), |cause| (*cause).source());
        let cause = causes
            .last()
            .map_or_else(String::new, |cause| format!(": {cause}"));
        self.stop(&error_text(format_args!("{what}{cause}")), "");
    }

    /// Reports once that the run is waiting for the server.
    pub(crate) fn tell_of_outage(&mut self, waited: Duration, cause: Option<ConnectCause>) {
        let is_outage = waited > self.waited;
        if is_outage && !self.outage_told && !self.all_is_printed() {
            self.terminal.say(format!(
                "{} no call reaches the server; no new ids are started, and one call at a time retries until it is back",
                paint(YELLOW, "note:"),
            ));
        }
        self.advise_on_connection(cause);
        self.outage_told = is_outage;
        self.waited = waited;
    }

    pub(crate) fn add_input_event(&mut self, event: InputEvent) {
        match event {
            InputEvent::Invalid(entry) => self.add_invalid(entry),
            InputEvent::Broken(error) => {
                // Ids that were read before are still sent.
                self.broken = true;
                let text =
                    format_args!("the input ended early: {error}; the ids before that are sent");
                self.terminal.say(error_text(text));
            }
        }
    }

    fn add_invalid(&mut self, InvalidEntry { id, error }: InvalidEntry) {
        self.bad += 1;
        if self.output.is_for_people() {
            // It is printed with the results.
        } else if self.bad <= BAD_SHOWN {
            let text = format!("{}: {error}", paint(YELLOW, "invalid"));
            self.terminal.say(text);
        } else if self.bad == BAD_SHOWN + 1 {
            self.terminal
                .say("further invalid lines are not shown; the results list all of them");
        }
        self.add_record(&Record::invalid(id.as_deref(), error, self.server.region()));
    }

    fn add_record(&mut self, record: &Record<'_>) {
        self.summary.add(record.summary_entry());
        if let Err(problem) = self.output.add(record) {
            self.stop_for(&problem);
        }
    }

    /// Prints once what to do about failed connections, if the cause is known.
    fn advise_on_connection(&mut self, cause: Option<ConnectCause>) {
        if self.advised.is_none()
            && let Some(cause) = cause
            && let Some(advice) = connection_advice::advice(cause, self.server)
        {
            self.advised = Some(cause);
            let note = paint(YELLOW, "note:");
            self.terminal.say(format_args!("{note} {advice}"));
        }
    }

    /// Reports once that the run pauses because the server asked for it.
    pub(crate) fn tell_of_pause(&mut self, left: Option<Duration>) {
        if self.pause_told {
            self.pause_told = left.is_some();
        } else if let Some(left) = left.filter(|left| *left >= PAUSE_TOLD) {
            self.pause_told = true;
            self.terminal.say(format!(
                "{} the server asked for a pause; no call starts for {}",
                paint(YELLOW, "note:"),
                time_text(Duration::from_secs(left.as_secs()))
            ));
        }
    }

    /// Shows the progress.
    pub(crate) fn show(&self) {
        let count = |status| self.summary.count(status);
        let left = self
            .estimate
            .left()
            .map_or_else(String::new, |left| format!(", {} left", time_text(left)));
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
