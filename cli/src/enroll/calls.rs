//! The calls of a run: made at its pace, each written down, until there are no more or it is stopped.

use std::{
    future::{pending, poll_fn},
    mem,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use face_search_enroll::{EnrollError, Enrolled, Outcome, Pace};
use futures_util::{Stream, StreamExt};
use tokio::{
    sync::mpsc,
    time::{Instant, interval_at, sleep_until},
};

use super::{
    feed::{Aside, Flow, Ids},
    output::Output,
    selection::Bad,
};
use crate::{
    record::{Record, Status},
    signals::StopSignals,
    tally::{Tally, grouped},
    target::Target,
    terminal::{Terminal, YELLOW, error_text, paint},
};

/// So many answers in a row that concern every call of the account, and no more are asked for.
const ACCOUNT_WIDE: u32 = 10;

/// A pause this long is told.
const PAUSE_TOLD: Duration = Duration::from_secs(5);

/// So many bad lines are shown; the journal has them all.
const BAD_SHOWN: u64 = 20;

/// What the calls of a run need.
pub(crate) struct Run<'r> {
    pub(crate) target: &'r Target,
    pub(crate) pace: &'r Pace,
    pub(crate) terminal: Terminal,
    pub(crate) output: Output,
    /// The length of the input, if it is known.
    pub(crate) length: Option<u64>,
}

/// How they ended.
pub(crate) struct Ended {
    pub(crate) tally: Tally,
    pub(crate) output: Output,
    pub(crate) elapsed: Duration,
    /// Whether ids are left that were not called.
    pub(crate) early: bool,
    /// Whether the input could not be read to its end.
    pub(crate) broken: bool,
}

type Called = (String, Result<Enrolled, EnrollError>);

/// What happens next.
enum Event {
    Result(String, Result<Enrolled, EnrollError>),
    /// Results could not be written down.
    Unwritten(String),
    Ended,
}

impl Event {
    fn of(called: Option<Called>) -> Self {
        called.map_or(Self::Ended, |(id, result)| Self::Result(id, result))
    }
}

struct State<'r> {
    run: Run<'r>,
    tally: Tally,
    flow: Arc<Flow>,
    /// How many results were added to the output, and not yet written.
    unwritten: u64,
    started: Instant,
    /// When the first result came, and how much was done by then.
    first: Option<(Instant, Option<f64>)>,
    /// How many calls have ended.
    called: u64,
    /// When calls under way are given up.
    deadline: Option<Instant>,
    account_wide: Option<(Outcome, u32)>,
    bad: u64,
    broken: bool,
    /// Until when it is told that the server asks for a pause.
    paused: Option<Instant>,
}

pub(crate) async fn call_all(
    run: Run<'_>,
    mut signals: StopSignals,
    ids: Ids,
    mut asides: mpsc::Receiver<Aside>,
) -> Ended {
    let flow = ids.flow();
    let mut results = run.target.client.enroll_all(ids, run.pace);
    let period = run.terminal.period();
    let mut ticks = interval_at(Instant::now() + period, period);
    let mut state = State {
        run,
        tally: Tally::default(),
        flow,
        unwritten: 0,
        started: Instant::now(),
        first: None,
        called: 0,
        deadline: None,
        account_wide: None,
        bad: 0,
        broken: false,
        paused: None,
    };
    let mut told = false;
    // Where it is stopped, the next id may wait for its turn for ever: it has not been taken.
    while !(state.flow.is_stopped() && state.called == state.flow.taken()) {
        let deadline = state.deadline;
        tokio::select! {
            // Results come most often: they are looked at first, and leave time for the rest.
            biased;
            event = state.next(&mut results) => match event {
                Event::Result(id, result) => state.result(&id, &result),
                Event::Unwritten(problem) => state.stop_for(&problem),
                Event::Ended => break,
            },
            () = signals.first() => {
                state.stop(&paint(YELLOW, "stopping"), "; another signal leaves at once");
            }
            () = until(deadline) => {
                state.run.terminal.say(error_text("calls under way did not end in time, and are given up; they may have enrolled"));
                break;
            }
            aside = asides.recv(), if !told => match aside {
                Some(aside) => state.aside(aside),
                None => told = true,
            },
            _ = ticks.tick() => state.show(),
        }
    }
    // Whoever reads has nothing more to wait for.
    drop(results);
    while !state.flow.is_stopped() {
        let Some(aside) = asides.recv().await else {
            break;
        };
        state.aside(aside);
    }
    state.run.terminal.clear();
    Ended {
        tally: state.tally,
        output: state.run.output,
        elapsed: state.started.elapsed(),
        early: state.flow.is_stopped() || state.broken,
        broken: state.broken,
    }
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => pending().await,
    }
}

impl State<'_> {
    /// Takes no more ids; calls under way may end.
    fn stop(&mut self, why: &str, way_out: &str) {
        if !self.flow.stop() {
            return;
        }
        let patience = self.run.target.client.timeout();
        self.deadline = patience.and_then(|patience| Instant::now().checked_add(patience));
        let patience = patience.map_or_else(String::new, |patience| {
            format!(
                " and may take up to {}",
                humantime::format_duration(patience)
            )
        });
        self.run.terminal.say(format!(
            "{why}: no more ids are taken; calls under way may end{patience}{way_out}"
        ));
    }

    /// Says a problem, also where it is not the first, and takes no more ids.
    fn stop_for(&mut self, problem: &str) {
        let problem = error_text(problem);
        if self.flow.is_stopped() {
            self.run.terminal.say(problem);
        } else {
            self.stop(&problem, "");
        }
    }

    /// The next result. What was added is written before anything is waited for.
    async fn next(&mut self, results: &mut (impl Stream<Item = Called> + Unpin)) -> Event {
        poll_fn(|context| {
            let called = results.poll_next_unpin(context).map(Event::of);
            let pending = self.unwritten > 0 || self.run.output.is_pending();
            if called.is_ready() || !pending {
                return called;
            }
            let flushed = self.run.output.flush();
            self.flow.add_written(mem::take(&mut self.unwritten));
            match flushed {
                // Ids may be taken again.
                Ok(()) => results.poll_next_unpin(context).map(Event::of),
                Err(problem) => Poll::Ready(Event::Unwritten(problem)),
            }
        })
        .await
    }

    fn result(&mut self, id: &str, result: &Result<Enrolled, EnrollError>) {
        self.called += 1;
        if self.first.is_none() {
            self.first = Some((Instant::now(), self.share()));
        }
        let record = Record::new(id, result, self.run.target.region());
        self.unwritten += 1;
        self.write(&record);
        let outcome = result.as_ref().err().and_then(EnrollError::outcome);
        let account_wide = outcome.filter(|outcome| outcome.is_account_wide());
        self.account_wide = account_wide.map(|outcome| {
            let before = self.account_wide.filter(|(before, _)| *before == outcome);
            (outcome, before.map_or(1, |(_, count)| count + 1))
        });
        if outcome == Some(Outcome::Throttled) {
            self.tell_of_pause(result.as_ref().err().and_then(EnrollError::retry_after));
        }
        if let Some((outcome, ACCOUNT_WIDE..)) = self.account_wide {
            let why = error_text(format_args!(
                "{ACCOUNT_WIDE} calls in a row were answered with {outcome}, as every call of the account will be; {}",
                outcome.action()
            ));
            self.stop(why.trim_end_matches('.'), "");
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
        self.run.terminal.say(format!(
            "{} the server asks for a pause of {}: no call begins before",
            paint(YELLOW, "note:"),
            humantime::format_duration(asked)
        ));
    }

    fn aside(&mut self, aside: Aside) {
        match aside {
            Aside::Bad(bad) => self.bad(bad),
            Aside::Broken(error) => {
                // What was read is called all the same.
                self.broken = true;
                let text = format_args!("cannot read the input on: {error}");
                self.run.terminal.say(error_text(text));
            }
        }
    }

    fn bad(&mut self, bad: Bad) {
        self.bad += 1;
        if self.bad <= BAD_SHOWN {
            let text = format!("{}: {}", paint(YELLOW, "bad"), bad.error);
            self.run.terminal.say(text);
        } else if self.bad == BAD_SHOWN + 1 {
            self.run.terminal.say("further bad lines are not shown");
        }
        let region = self.run.target.region();
        self.write(&Record::invalid(bad.id.as_deref(), bad.error, region));
    }

    fn write(&mut self, record: &Record<'_>) {
        self.tally.add(record.counted());
        if let Err(problem) = self.run.output.add(record) {
            self.stop_for(&problem);
        }
    }

    fn show(&self) {
        let tally = &self.tally;
        let rate = tally.rate(self.started.elapsed());
        let left = self.left().map_or_else(String::new, |left| {
            format!(", {} left", humantime::format_duration(left))
        });
        let enrolled = tally.count(Status::Enrolled) + tally.count(Status::AlreadyEnrolled);
        let text = format!(
            "{rate:.1}/s{left}: {} enrolled, {} rejected, {} failed",
            grouped(enrolled),
            grouped(tally.count(Status::Rejected)),
            grouped(tally.count(Status::Failed)),
        );
        self.run.terminal.show(self.share(), &text);
    }

    /// How much of the input is done, if its length is known.
    fn share(&self) -> Option<f64> {
        let length = self.run.length.filter(|length| *length > 0)?;
        let taken = self.flow.taken().max(1);
        #[allow(clippy::cast_precision_loss)]
        let share =
            self.flow.position() as f64 / length as f64 * (self.called as f64 / taken as f64);
        Some(share.min(1.0))
    }

    /// How long the rest will take, in whole seconds, if it goes on as since the first result: what was
    /// left out before it took no time.
    fn left(&self) -> Option<Duration> {
        let (since, first) = self.first?;
        let (now, first) = (self.share()?, first?);
        let pace = (1.0 - now) / (now - first).max(f64::MIN_POSITIVE);
        let left = since.elapsed().as_secs_f64() * pace;
        (now > first).then(|| Duration::from_secs(Duration::from_secs_f64(left.min(1e9)).as_secs()))
    }
}
