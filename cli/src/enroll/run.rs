//! A run: makes calls at its pace until there are no more ids or it is stopped.

use std::{
    future::{pending, poll_fn},
    num::NonZeroUsize,
    task::Poll,
    time::Duration,
};

use face_search_enroll::Pace;
use tokio::{
    sync::mpsc,
    time::{Instant, interval, interval_at, sleep_until},
};

use super::{
    calls::{Called, Calls},
    id_reader::InputEvent,
    id_stream::IdStream,
    run_state::{EndedRun, RunState},
};
use crate::{
    signals::StopSignals,
    terminal::{YELLOW, error_text, paint},
};

/// How often a run checks whether it is waiting for the server.
const WATCH: Duration = Duration::from_secs(1);

/// The next event of a run.
enum RunEvent {
    Called(Vec<Called>),
    /// Results could not be written.
    Unwritten(String),
    Ended,
}

pub(crate) async fn call_all(
    mut state: RunState<'_>,
    (pace, concurrency): (&Pace, NonZeroUsize),
    ids: IdStream,
    mut input_events: mpsc::Receiver<InputEvent>,
    mut signals: StopSignals,
) -> EndedRun {
    let mut calls = Calls::begin(state.server.client.enroll_all(ids, pace), concurrency);
    let period = state.terminal.period();
    let mut ticks = interval_at(Instant::now() + period, period);
    let mut watch = interval(WATCH);
    let mut input_ended = false;
    // After a stop the stream may never end, because an id that is not started may wait for its turn.
    while !has_ended(&state, &calls) {
        let deadline = state.deadline;
        tokio::select! {
            // Results are the most frequent event, so they come first. They leave time for the others.
            biased;
            event = next_event(&mut calls, &mut state) => match event {
                RunEvent::Called(called) => state.add_results(&called),
                RunEvent::Unwritten(problem) => state.stop_for(&problem),
                RunEvent::Ended => break,
            },
            () = signals.first() => {
                state.stop(&paint(YELLOW, "stopping"), "; a second signal exits at once");
            }
            () = until(deadline) => {
                state.terminal.say(error_text("some calls did not finish in time and were abandoned; they may have enrolled their ids"));
                break;
            }
            event = input_events.recv(), if !input_ended => match event {
                Some(event) => state.add_input_event(event),
                None => input_ended = true,
            },
            _ = ticks.tick() => state.show(),
            _ = watch.tick() => {
                let results = calls.stream();
                state.tell_of_outage(results.waited_for_server(), results.outage_cause());
                state.tell_of_pause(results.pause_left());
            }
        }
    }
    let waited = calls.stream().waited_for_server();
    // This ends the stream of ids, so that the reader thread stops.
    calls.end().await;
    while !state.is_stopped()
        && let Some(event) = input_events.recv().await
    {
        state.add_input_event(event);
    }
    state.end(waited)
}

/// Whether the run was stopped and every call has finished.
fn has_ended(state: &RunState<'_>, calls: &Calls) -> bool {
    if !state.is_stopped() {
        return false;
    }
    // While the stream is locked, no id is being started.
    let _results = calls.stream();
    state.has_ended()
}

/// The next results. Pending results are written before this function waits.
async fn next_event(calls: &mut Calls, state: &mut RunState<'_>) -> RunEvent {
    poll_fn(|context| {
        let called = calls.poll_ended(context);
        if called.is_pending() && state.is_pending() {
            // The flush may make room for more ids.
            if let Err(problem) = state.flush() {
                return Poll::Ready(RunEvent::Unwritten(problem));
            }
        }
        called.map(|called| called.map_or(RunEvent::Ended, RunEvent::Called))
    })
    .await
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => pending().await,
    }
}
