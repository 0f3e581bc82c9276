//! A run stops on a signal, or when continuing would not help.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Stdio},
    sync::{Arc, OnceLock},
    time::Duration,
};

use face_search_enroll::{Outcome, Retry};
use face_search_enroll_sandbox::Reply;

use crate::{
    TOKEN,
    cli::{Workplace, command, ids_of, run, sorted, started_by},
};

const RUN: [&str; 4] = ["--input", "ids.txt", "--output", "results.jsonl"];

#[cfg(unix)]
fn signal(process: u32, signal: &str) {
    let process = process.to_string();
    let sent = std::process::Command::new("kill")
        .args([signal, &process])
        .status();
    assert!(sent.unwrap().success());
}

/// A run, and the lines of its standard error.
fn spawn(place: &Workplace, arguments: &[&str]) -> (Child, BufReader<std::process::ChildStderr>) {
    let mut command = place.enroll(arguments);
    if cfg!(target_os = "linux") {
        // The tests may run with SIGHUP ignored, for example under `nohup`.
        command = started_by(&["env", "--default-signal=HUP"], &command);
    }
    let command = command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let errors = BufReader::new(child.stderr.take().unwrap());
    (child, errors)
}

/// A run that gets a signal when the `number`th request arrives.
#[cfg(unix)]
fn spawn_signalled(
    place: &Workplace,
    arguments: &[&str],
    (number, name): (u64, &'static str),
    reply: impl Fn() -> Reply + Send + 'static,
) -> (Child, BufReader<std::process::ChildStderr>) {
    let victim = Arc::new(OnceLock::<u32>::new());
    let told = Arc::clone(&victim);
    place.sandbox.respond_with(move |request| {
        if request.number() == number {
            signal(*told.wait(), name);
        }
        reply()
    });
    let (child, errors) = spawn(place, arguments);
    victim.set(child.id()).unwrap();
    (child, errors)
}

fn rest(mut errors: impl Read) -> String {
    let mut text = String::new();
    errors.read_to_string(&mut text).unwrap();
    text
}

#[cfg(unix)]
#[test]
fn the_first_signal_lets_calls_under_way_end() {
    for name in ["-INT", "-TERM", "-HUP"] {
        let place = Workplace::new();
        let ids = place.write_ids(200);
        let slow = || Reply::usual().delay(Duration::from_millis(20));
        let (mut child, errors) = spawn_signalled(&place, &RUN, (20, name), slow);
        let errors = rest(errors);
        assert_eq!(child.wait().unwrap().code(), Some(3), "{errors}");
        assert!(
            errors.starts_with(
                "stopping: no new calls are started; calls in progress may finish, which can take up to 1m; a second signal exits at once\n"
            ),
            "{errors}"
        );
        assert!(errors.contains(" --resume"), "{errors}");
        // Each call that was made is in the journal and in the summary.
        let called = place.sandbox.enrolled();
        assert!((20..200).contains(&called.len()), "{}", called.len());
        let known = ids_of(&place.records("results.jsonl"), "enrolled");
        assert_eq!(known, sorted(called.clone()));
        assert!(
            errors.contains(&format!("  {}  enrolled\n", called.len())),
            "{errors}"
        );

        place.sandbox.respond_with(|_| Reply::usual());
        let resumed = [&RUN[..], &["--resume"]].concat();
        assert_eq!(run(&mut place.enroll(&resumed)).0, 0);
        assert_eq!(sorted(place.sandbox.enrolled()), sorted(ids));
        assert_eq!(place.sandbox.requests(), 200, "none was called twice");
    }
}

/// A run that is started like this must outlive the terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_run_under_nohup_goes_on_when_the_terminal_is_closed() {
    let place = Workplace::new();
    place.write_ids(20);
    let victim = Arc::new(OnceLock::<u32>::new());
    let told = Arc::clone(&victim);
    place.sandbox.respond_with(move |request| {
        if request.number() == 5 {
            signal(*told.wait(), "-HUP");
        }
        Reply::usual()
    });
    let mut command = started_by(&["nohup"], &place.enroll(&RUN));
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let child = command.stderr(Stdio::piped()).spawn().unwrap();
    victim.set(child.id()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(place.sandbox.enrolled().len(), 20);
}

#[cfg(unix)]
#[test]
fn the_second_signal_stops_at_once() {
    let place = Workplace::new();
    place.write_ids(20);
    let held = || Reply::usual().delay(Duration::from_secs(3600));
    let (mut child, mut errors) = spawn_signalled(&place, &RUN, (1, "-INT"), held);
    let mut line = String::new();
    errors.read_line(&mut line).unwrap();
    assert!(line.starts_with("stopping: "), "{line}");
    signal(child.id(), "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(3));
    assert_eq!(rest(errors), "");
    assert_eq!(place.read("results.jsonl"), "");
}

/// Calls that wait for their turn would wait much too long.
#[cfg(unix)]
#[test]
fn calls_under_way_are_waited_for_no_longer_than_a_call_takes() {
    let place = Workplace::new();
    place.write_ids(20);
    let throttled = || {
        Reply::outcome(Outcome::Throttled)
            .header("Retry-After", "3600")
            .unwrap()
    };
    let arguments = [&RUN[..], &["--timeout", "300ms", "--concurrency", "1"]].concat();
    let (mut child, errors) = spawn_signalled(&place, &arguments, (1, "-TERM"), throttled);
    let errors = rest(errors);
    assert_eq!(child.wait().unwrap().code(), Some(3), "{errors}");
    assert!(errors.contains("stopping: "), "{errors}");
}

/// These ids are not sent any more, and are not reported as possibly enrolled.
#[cfg(unix)]
#[test]
fn ids_that_wait_for_their_turn_are_not_called() {
    let place = Workplace::new();
    place.write_ids(20);
    let arguments = [&RUN[..], &["--rate", "300/min"]].concat();
    let (mut child, errors) = spawn_signalled(&place, &arguments, (3, "-INT"), Reply::usual);
    let errors = rest(errors);
    assert_eq!(child.wait().unwrap().code(), Some(3), "{errors}");
    assert_eq!(place.sandbox.requests(), 3, "{errors}");
    assert_eq!(place.records("results.jsonl").len(), 3);
    assert!(!errors.contains("may have enrolled"), "{errors}");
}

#[test]
fn a_long_pause_is_told() {
    let place = Workplace::new();
    place.write_ids(2);
    let throttled = Reply::outcome(Outcome::Throttled);
    place
        .sandbox
        .enqueue_reply(throttled.header("Retry-After", "6").unwrap());
    let arguments = [&RUN[..], &["--timeout", "2s", "--concurrency", "1"]].concat();
    let (code, _, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 0, "{errors}");
    assert!(
        errors.starts_with("note: the server asked for a pause; no call starts for "),
        "{errors}"
    );
    assert_eq!(
        ids_of(&place.records("results.jsonl"), "enrolled"),
        ["id-0", "id-1"]
    );
}

/// No ids are used up while a server is down, and the run continues when it is back.
#[test]
fn a_run_waits_for_its_server() {
    let place = Workplace::new();
    place.write_ids(20);
    let arguments = [&RUN[..], &["--patience", "2s", "--concurrency", "4"]].concat();
    let mut command = command(&["enroll", "--endpoint", "http://127.0.0.1:1"]);
    command.args(arguments).current_dir(place.folder.path());
    command.env("FACE_SEARCH_ENROLL_TOKEN", TOKEN);
    let (code, _, errors) = run(&mut command);
    assert_eq!(code, 3, "{errors}");
    assert!(
        errors.contains("could not connect to http://127.0.0.1:1: "),
        "{errors}"
    );
    assert!(errors.contains("no new calls are started"), "{errors}");
    assert!(errors.contains("\nwaited "), "{errors}");
    assert!(errors.contains("--resume"), "{errors}");
    // Only the calls in progress were made.
    let records = place.records("results.jsonl");
    assert!(records.len() <= 4, "{errors}");
}

/// The result of the id says everything, so no note repeats it.
#[test]
fn an_id_that_reaches_no_server_is_told_once() {
    let mut command = command(&["enroll", "--endpoint", "http://127.0.0.1:1", "id-1"]);
    let (code, shown, errors) = run(command.env("FACE_SEARCH_ENROLL_TOKEN", TOKEN));
    assert_eq!(code, 3, "{errors}");
    assert_eq!(shown.matches("could not connect to ").count(), 1, "{shown}");
    assert!(errors.starts_with("  what to do: "), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
}

/// The output is not read, so no result can be written.
#[cfg(unix)]
#[test]
fn a_run_that_cannot_write_stops_at_the_second_signal() {
    let place = Workplace::new();
    place.write_ids(20_000);
    let mut command = place.enroll(&["--input", "ids.txt", "--format", "json", "--quiet"]);
    let command = command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut unread = child.stdout.take().unwrap();
    let mut first = [0];
    unread.read_exact(&mut first).unwrap();
    // A pipe has room for a few hundred records, so the run soon blocks.
    signal(child.id(), "-INT");
    signal(child.id(), "-TERM");
    while child.try_wait().unwrap().is_none() {
        // Two signals at the same time may be merged into one.
        signal(child.id(), "-TERM");
        std::thread::yield_now();
    }
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

/// The run waits for standard input, which may never continue.
#[cfg(unix)]
#[test]
fn a_run_that_waits_for_its_input_stops_too() {
    let place = Workplace::new();
    let mut command = place.enroll(&["--input", "-"]);
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut input, b"a\n").unwrap();
    let mut results = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    results.read_line(&mut line).unwrap();
    assert!(line.starts_with("a  enrolled  "), "{line}");
    signal(child.id(), "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(3));
    let errors = rest(child.stderr.take().unwrap());
    assert!(
        errors.contains("to continue, with the same ids on standard input:"),
        "{errors}"
    );
}

#[test]
fn ten_answers_that_concern_the_whole_account_stop_the_run() {
    // Throttled responses would slow the test down.
    let quick = |outcome: &&Outcome| outcome.retry() != Retry::Throttled;
    for outcome in Outcome::ALL.iter().filter(quick) {
        let place = Workplace::new();
        place.write_ids(100);
        place
            .sandbox
            .respond_with(move |_| Reply::outcome(*outcome));
        let arguments = [&RUN[..], &["--max-attempts", "1", "--concurrency", "3"]].concat();
        let (code, _, errors) = run(&mut place.enroll(&arguments));
        let records = place.records("results.jsonl");
        if !outcome.is_account_wide() {
            assert_eq!(records.len(), 100, "{outcome}");
            continue;
        }
        assert_eq!(code, 3, "{errors}");
        // Calls in progress at the tenth response have finished too.
        assert!(
            (10..=12).contains(&records.len()),
            "{outcome}: {}",
            records.len()
        );
        let action = outcome.action().trim_end_matches('.');
        let expected = format!(
            "error: 10 calls in a row were answered with {outcome}, which affects every call of this account; {action}: no new calls are started"
        );
        assert!(errors.contains(&expected), "{errors}");
        assert!(errors.contains("to continue:"), "{errors}");
    }
}

#[test]
fn fewer_than_ten_in_a_row_do_not_stop_it() {
    let place = Workplace::new();
    place.write_ids(95);
    place.sandbox.respond_with(|request| {
        if request.number() % 10 == 0 {
            Reply::usual()
        } else {
            Reply::outcome(Outcome::AccountUnavailable)
        }
    });
    let arguments = [&RUN[..], &["--concurrency", "1"]].concat();
    let (code, _, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 3, "{errors}");
    assert_eq!(place.records("results.jsonl").len(), 95);
}
