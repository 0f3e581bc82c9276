//! Each result is in the journal before the next ids start, and a run can be resumed from it.

use std::process::Stdio;

use face_search_enroll::Outcome;
use face_search_enroll_sandbox::Reply;
use face_search_enroll_test_support::instructions::{COUNTING, assert_figure, instructions};
use serde_json::json;

use crate::cli::{Workplace, ids_of, records, run, sorted, started_by};

const RUN: [&str; 4] = ["--input", "ids.txt", "--output", "results.jsonl"];

fn resumed() -> Vec<&'static str> {
    [&RUN[..], &["--resume"]].concat()
}

/// A journal line of an id with a status.
fn line(place: &Workplace, id: &str, status: &str) -> String {
    let region = place.sandbox.base_url();
    json!({
        "signature_id": id, "status": status, "stage": null, "outcome": null, "code": null,
        "message": null, "transaction_id": null, "http_status": null, "retryable": false,
        "may_have_enrolled": false, "retry_after_ms": null, "attempts": 1, "region": region,
        "elapsed_ms": 1, "error": null
    })
    .to_string()
}

#[test]
fn each_result_is_a_record() {
    let place = Workplace::new();
    let ids = place.write_ids(100);
    let (code, shown, errors) = run(&mut place.enroll(&RUN));
    assert_eq!((code, &*shown), (0, ""), "{errors}");
    assert_eq!(
        ids_of(&place.records("results.jsonl"), "enrolled"),
        sorted(ids)
    );
    // Results go to both places, if requested.
    let both = [&RUN[..2], &["--output", "both.jsonl", "--format", "json"]].concat();
    let (code, shown, _) = run(&mut place.enroll(&both));
    assert_eq!(code, 0);
    assert_eq!(place.read("both.jsonl"), shown);
    assert_eq!(ids_of(&records(&shown), "already-enrolled").len(), 100);
}

#[test]
fn a_journal_that_is_there_is_not_touched() {
    let place = Workplace::new();
    place.write_ids(3);
    place.write("results.jsonl", "anything");
    let (code, _, errors) = run(&mut place.enroll(&RUN));
    assert_eq!(code, 2);
    assert!(errors.contains("already exists; pass --resume"), "{errors}");
    assert_eq!(place.read("results.jsonl"), "anything");
    assert_eq!(place.sandbox.requests(), 0);
}

#[test]
fn what_is_settled_is_not_called_again_and_what_failed_is() {
    let place = Workplace::new();
    place.write("ids.txt", "a\nb\nc\nd\ne\nf\n");
    let lines = [
        line(&place, "a", "enrolled"),
        line(&place, "b", "already-enrolled"),
        line(&place, "c", "rejected"),
        line(&place, "d", "failed"),
        // A record that settles an id counts, in any order.
        line(&place, "e", "failed"),
        line(&place, "e", "enrolled"),
        line(&place, "e", "failed"),
    ];
    place.write("results.jsonl", lines.join("\n") + "\n");
    let (code, _, errors) = run(&mut place.enroll(&resumed()));
    // The exit code of the rejected id.
    assert_eq!(code, 1, "{errors}");
    assert_eq!(sorted(place.sandbox.enrolled()), ["d", "f"]);
    assert!(
        errors
            .contains("skipped: 3 ids enrolled in an earlier run, 1 id rejected in an earlier run"),
        "{errors}"
    );
    let journal = place.read("results.jsonl");
    assert!(journal.starts_with(&(lines.join("\n") + "\n")), "{journal}");
    assert_eq!(journal.lines().count(), lines.len() + 2);

    let before = place.read("results.jsonl");
    let again = [&resumed()[..], &["--allow-rejected"]].concat();
    let (code, _, errors) = run(&mut place.enroll(&again));
    assert_eq!(code, 0, "{errors}");
    assert!(errors.starts_with("no ids to send\n"), "{errors}");
    assert_eq!(place.read("results.jsonl"), before);
}

#[test]
fn lines_without_an_id_are_reported_once() {
    let place = Workplace::new();
    place.write("ids.txt", b"a\n\xff\nb\n\xff\n");
    assert_eq!(run(&mut place.enroll(&RUN)).0, 1);
    assert_eq!(place.records("results.jsonl").len(), 4);
    assert_eq!(run(&mut place.enroll(&resumed())).0, 1);
    assert_eq!(place.records("results.jsonl").len(), 4);
}

#[test]
fn a_journal_that_is_not_there_is_begun() {
    let place = Workplace::new();
    place.write_ids(3);
    assert_eq!(run(&mut place.enroll(&resumed())).0, 0);
    assert_eq!(place.records("results.jsonl").len(), 3);
}

#[test]
fn a_torn_last_line_is_dropped_and_its_id_called_again() {
    let place = Workplace::new();
    let length = line(&place, "b", "enrolled").len();
    // A disk returns zeros for data that it has lost.
    for kept in [Some(1), Some(20), Some(length - 1), None] {
        let place = Workplace::new();
        let whole = line(&place, "a", "enrolled") + "\n";
        let torn = line(&place, "b", "enrolled");
        let torn = kept.map_or("\0\0\0\0", |kept| &torn[..kept]);
        let journal = format!("{whole}{torn}");
        place.write("ids.txt", "a\nb\n");
        place.write("results.jsonl", &journal);
        let (code, _, errors) = run(&mut place.enroll(&resumed()));
        assert_eq!(code, 0, "{errors}");
        assert!(
            errors.contains("results.jsonl was incomplete and has been removed"),
            "{errors}"
        );
        assert_eq!(place.sandbox.enrolled(), ["b"]);
        let after = place.read("results.jsonl");
        assert!(after.starts_with(&whole), "{after}");
        assert_eq!(ids_of(&records(&after), "enrolled"), ["a", "b"]);
    }
}

/// An editor may have removed the last line break.
#[test]
fn a_whole_last_line_is_kept_without_its_line_break() {
    let place = Workplace::new();
    place.write("ids.txt", "a\nb\n");
    place.write("results.jsonl", line(&place, "a", "enrolled"));
    let (code, _, errors) = run(&mut place.enroll(&resumed()));
    assert_eq!(code, 0, "{errors}");
    assert_eq!(place.sandbox.enrolled(), ["b"]);
    assert_eq!(
        ids_of(&place.records("results.jsonl"), "enrolled"),
        ["a", "b"]
    );
}

/// An editor may have added blank lines, or a concatenation of journals.
#[test]
fn blank_lines_of_a_journal_are_skipped() {
    for blank in ["\n", "\r\n", "  \n\n", " "] {
        let place = Workplace::new();
        place.write("ids.txt", "a\nb\nc\n");
        let line = |id| line(&place, id, "enrolled");
        let journal = format!("{}\n\n{}\n{blank}", line("a"), line("b"));
        place.write("results.jsonl", &journal);
        let (code, _, errors) = run(&mut place.enroll(&resumed()));
        assert_eq!(code, 0, "{errors}");
        assert_eq!(place.sandbox.enrolled(), ["c"]);
        let after = place.read("results.jsonl");
        assert!(after.starts_with(&journal), "{after}");
        assert_eq!(after.matches("{\"signature_id\"").count(), 3);
        let mut report = crate::cli::command(&["report", "results.jsonl"]);
        let (code, shown, errors) = run(report.current_dir(place.folder.path()));
        assert_eq!(code, 0, "{errors}");
        assert!(shown.starts_with("  3  enrolled\n"), "{shown}");
    }
}

/// The line number does not identify a line of standard input in a later run.
#[test]
fn a_new_bad_line_of_standard_input_is_reported() {
    let place = Workplace::new();
    let arguments = ["--input", "-", "--output", "results.jsonl", "--resume"];
    for (text, records, code) in [
        (&b"a\n\xff\n"[..], 2, 1),
        (b"b\n\xfe\n", 4, 1),
        (b"b\n\xfe\n", 4, 1),
        (b"c\nNULL\n", 6, 1),
    ] {
        place.write("ids.txt", text);
        let mut command = place.enroll(&arguments);
        command.stdin(std::fs::File::open(place.path("ids.txt")).unwrap());
        let ended = run(&mut command);
        assert_eq!(ended.0, code, "{}", ended.2);
        assert_eq!(place.records("results.jsonl").len(), records, "{}", ended.2);
    }
    let records = place.records("results.jsonl");
    let errors: std::collections::HashSet<_> = records
        .iter()
        .filter_map(|record| record["error"].as_str())
        .collect();
    assert_eq!(errors.len(), 3);
    for error in errors {
        assert!(error.starts_with("standard input, line 2 ("), "{error}");
    }
}

#[test]
fn the_output_may_be_standard_output() {
    let place = Workplace::new();
    place.write_ids(3);
    for output in ["-", "/dev/stdout"] {
        let arguments = ["--input", "ids.txt", "--output", output];
        let (code, shown, errors) = run(&mut place.enroll(&arguments));
        assert_eq!(code, 0, "{errors}");
        assert_eq!(records(&shown).len(), 3);
        let (code, shown, _) =
            run(&mut place.enroll(&[&arguments[..], &["--format", "text"]].concat()));
        assert_eq!(code, 0);
        assert!(shown.starts_with("id-"), "{shown}");
        let (code, _, errors) = run(&mut place.enroll(&[&arguments[..], &["--resume"]].concat()));
        assert_eq!(code, 2);
        assert!(errors.contains("pass --output FILE"), "{errors}");
    }
    assert!(!place.path("-").exists());
}

/// A program that reads only the first results ends early.
#[cfg(unix)]
#[test]
fn a_closed_output_ends_the_run_quietly() {
    let place = Workplace::new();
    place.write_ids(2000);
    for output in [&[][..], &["--output", "results.jsonl", "--format", "json"]] {
        let arguments = [&["--input", "ids.txt"], output].concat();
        let mut command = place.enroll(&arguments);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let (code, _, errors) = crate::cli::ended(child.wait_with_output().unwrap());
        assert_eq!(code, 3, "{errors}");
        assert!(
            errors.contains("standard output is closed: no new calls are started"),
            "{errors}"
        );
        assert!(
            !errors.contains("error:") && !errors.contains('{'),
            "{errors}"
        );
        // They are in the journal.
        assert_eq!(told(&errors).is_empty(), !output.is_empty(), "{errors}");
    }
}

#[test]
fn a_file_that_is_no_journal_is_not_touched() {
    let place = Workplace::new();
    let good = line(&place, "a", "enrolled");
    for (text, number) in [
        ("the notes of a person\n".to_owned(), 1),
        ("the notes of a person".to_owned(), 1),
        ("{\"a\":\"setting\"}".to_owned(), 1),
        ("{\"a\":\"setting\",".to_owned(), 1),
        ("{\"signature_id\":\"a\"}".to_owned(), 1),
        (good.replace("enrolled", "blessed"), 1),
        (format!("{good}\n{{\"cut\":\n{good}\n"), 2),
        (format!("{good}\n\n{{}}\n"), 3),
        ("{\"signature_id\":\"a\"}\n".to_owned(), 1),
    ] {
        place.write_ids(1);
        place.write("results.jsonl", &text);
        let (code, _, errors) = run(&mut place.enroll(&resumed()));
        assert_eq!(code, 2, "{text}");
        let expected = format!("error: line {number} of results.jsonl is not a journal record: ");
        assert!(errors.starts_with(&expected), "{errors}");
        assert_eq!(place.read("results.jsonl"), text);
        assert_eq!(place.sandbox.requests(), 0);
    }
}

#[test]
fn a_journal_of_another_region_is_refused() {
    let place = Workplace::new();
    place.write_ids(1);
    let other = line(&place, "a", "enrolled").replace(&place.sandbox.base_url(), "sandbox");
    place.write("results.jsonl", format!("{other}\n"));
    let (code, _, errors) = run(&mut place.enroll(&resumed()));
    assert_eq!(code, 2);
    assert!(
        errors.contains("is from sandbox, but this run calls http://127.0.0.1:"),
        "{errors}"
    );
}

#[test]
fn what_is_no_regular_file_is_no_journal() {
    let place = Workplace::new();
    place.write_ids(1);
    for (path, what) in [(".", "a folder"), ("/dev/null", "a device")] {
        for more in [&["--resume"][..], &[], &["--resume", "--dry-run"]] {
            let arguments = ["--input", "ids.txt", "--output", path];
            let (code, _, errors) = run(&mut place.enroll(&[&arguments, more].concat()));
            assert_eq!(code, 2);
            let what = format!("is {what}, not a regular file; pass --output");
            assert!(errors.contains(&what), "{errors}");
        }
    }
}

/// Two runs would send the same ids.
#[test]
fn two_runs_on_one_journal_are_refused() {
    let place = Workplace::new();
    let mut first = place.enroll(&[
        "--input",
        "-",
        "--output",
        "results.jsonl",
        "--format",
        "json",
    ]);
    let first = first
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut first = first.spawn().unwrap();
    let mut input = first.stdin.take().unwrap();
    std::io::Write::write_all(&mut input, b"a\n").unwrap();
    let mut line = String::new();
    let mut results = std::io::BufReader::new(first.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut results, &mut line).unwrap();
    // The run is in progress now.

    place.write("ids.txt", "a\nb\n");
    let (code, _, errors) = run(&mut place.enroll(&resumed()));
    assert_eq!(code, 2);
    assert!(
        errors.contains("another run is writing to the journal"),
        "{errors}"
    );

    drop(input);
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(run(&mut place.enroll(&resumed())).0, 0);
    assert_eq!(sorted(place.sandbox.enrolled()), ["a", "b"]);
}

#[test]
fn the_command_that_goes_on_is_told() {
    let place = Workplace::new();
    place.write("ids of May.txt", "a\nit's b\n");
    place
        .sandbox
        .respond_with(|request| match request.signature_id() {
            Some("a") => Reply::outcome(Outcome::ServerError),
            _ => Reply::usual(),
        });
    let arguments = [
        "--input",
        "ids of May.txt",
        "--output",
        "results.jsonl",
        "--max-attempts",
        "1",
    ];
    let (code, _, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 3);
    let (_, told) = errors.split_once("to continue:\n  ").unwrap();
    place.sandbox.respond_with(|_| Reply::usual());
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", told])
        .current_dir(place.folder.path())
        .env("FACE_SEARCH_ENROLL_TOKEN", crate::TOKEN);
    let (code, _, errors) = run(&mut shell);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(sorted(place.sandbox.enrolled()), ["a", "it's b"]);
}

/// The ids that standard error reports as enrolled because their results could not be written.
fn told(errors: &str) -> Vec<String> {
    let told = errors.lines();
    told.filter_map(|line| line.strip_prefix("not written: "))
        .flat_map(|line| line.split(", "))
        .map(|result| {
            result
                .split_once(" enrolled (transaction ")
                .unwrap()
                .0
                .to_owned()
        })
        .collect()
}

/// Nothing is lost when the disk is full: results that could not be written are printed.
#[cfg(unix)]
#[test]
fn a_full_disk_stops_the_run_and_loses_nothing() {
    let place = Workplace::new();
    let ids = place.write_ids(500);
    let command = place.enroll(&RUN);
    let program = command.get_program().to_owned();
    let arguments: Vec<_> = command.get_args().map(std::ffi::OsStr::to_owned).collect();
    // A file may have 64 blocks of 512 or 1024 bytes, and writing more is an error, not a signal.
    let mut limited = std::process::Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(program)
        .args(arguments)
        .current_dir(place.folder.path())
        .env("FACE_SEARCH_ENROLL_TOKEN", crate::TOKEN);
    let (code, _, errors) = run(&mut limited);
    assert_eq!(code, 3, "{errors}");
    assert!(
        errors.contains("error: could not write to the journal: "),
        "{errors}"
    );

    let said = told(&errors);
    assert!(!said.is_empty());
    let kept = place.records("results.jsonl");
    let mut known = ids_of(&kept, "enrolled");
    known.extend(said);
    assert_eq!(sorted(known), sorted(place.sandbox.enrolled()));

    let (code, _, errors) = run(&mut place.enroll(&resumed()));
    assert_eq!(code, 0, "{errors}");
    assert_eq!(sorted(place.sandbox.enrolled()), sorted(ids));
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_to_stops_the_run() {
    let place = Workplace::new();
    place.write_ids(500);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = place.enroll(&["--input", "ids.txt"]);
    let (code, _, errors) = crate::cli::ended(
        command
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap(),
    );
    assert_eq!(code, 3);
    assert!(
        errors.contains("error: could not write to standard output: "),
        "{errors}"
    );
    // The results are still printed.
    for id in place.sandbox.enrolled() {
        assert!(told(&errors).contains(&id), "{id}: {errors}");
    }
    assert!(!errors.contains('{'), "{errors}");
}

#[test]
fn a_run_resumes_with_the_instructions_that_it_took() {
    const RECORDS: u32 = 1_500;
    let place = Workplace::new();
    let counted = |records: u32| {
        let ids: Vec<_> = (0..records)
            .map(|number| format!("{number:016x}"))
            .collect();
        let lines = ids.iter().map(|id| line(&place, id, "enrolled") + "\n");
        place.write("results.jsonl", lines.collect::<String>());
        place.write("ids.txt", ids.join("\n"));
        instructions(&mut started_by(&COUNTING, &place.enroll(&resumed())))
    };
    assert_figure("resumed_record", || {
        (counted(2 * RECORDS) - counted(RECORDS)) / f64::from(RECORDS)
    });
}
