//! A run: makes calls at its pace until there are no more ids or it is stopped.

use std::{
    future::{pending, poll_fn},
    task::Poll,
    time::Duration,
};

use face_search_enroll::{EnrollError, Enrolled, Pace};
use futures_util::{Stream, StreamExt};
use tokio::{
    sync::mpsc,
    time::{Instant, interval, interval_at, sleep_until},
};

use super::{
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

type Called = (String, Result<Enrolled, EnrollError>);

/// The next event of a run.
enum RunEvent {
    Called(Called),
    /// Results could not be written.
    Unwritten(String),
    Ended,
}

pub(crate) async fn call_all(
    mut state: RunState<'_>,
    pace: &Pace,
    ids: IdStream,
    mut input_events: mpsc::Receiver<InputEvent>,
    mut signals: StopSignals,
) -> EndedRun {
    let mut results = state.server.client.enroll_all(ids, pace);
    let period = state.terminal.period();
    let mut ticks = interval_at(Instant::now() + period, period);
    let mut watch = interval(WATCH);
    let mut input_ended = false;
    // After a stop the stream may never end, because an id that is not started may wait for its turn.
    while !state.has_ended() {
        let deadline = state.deadline;
        tokio::select! {
            // Results are the most frequent event, so they come first. They leave time for the others.
            biased;
            event = next_event(&mut results, &mut state) => match event {
                RunEvent::Called((id, result)) => state.add_result(&id, &result),
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
                state.tell_of_outage(results.waited_for_server(), results.outage_cause());
                state.tell_of_pause(results.pause_left());
            }
        }
    }
    let waited = results.waited_for_server();
    // This ends the stream of ids, so that the reader thread stops.
    drop(results);
    while !state.is_stopped()
        && let Some(event) = input_events.recv().await
    {
        state.add_input_event(event);
    }
    state.end(waited)
}

/// The next result. Pending results are written before this function waits.
async fn next_event(
    results: &mut (impl Stream<Item = Called> + Unpin),
    state: &mut RunState<'_>,
) -> RunEvent {
    let of = |called: Option<Called>| called.map_or(RunEvent::Ended, RunEvent::Called);
    poll_fn(|context| {
        let called = results.poll_next_unpin(context).map(of);
        if called.is_ready() || !state.is_pending() {
            return called;
        }
        match state.flush() {
            // The flush may have made room for more ids.
            Ok(()) => results.poll_next_unpin(context).map(of),
            Err(problem) => Poll::Ready(RunEvent::Unwritten(problem)),
        }
    })
    .await
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => pending().await,
    }
}
