//! Journals are merged, and the last record that settles an id counts.

use serde_json::{Value, json};

use crate::cli::{command, records, run};

fn line(id: &str, status: &str, region: &str, attempts: u32) -> String {
    let outcome = match status {
        "enrolled" => Some("Enrolled"),
        "already-enrolled" => Some("AlreadyEnrolled"),
        "rejected" => Some("SignatureNotFound"),
        _ => None,
    };
    let stage = (status == "failed").then_some("no-answer");
    json!({
        "signature_id": id, "status": status, "stage": stage, "outcome": outcome, "code": null,
        "message": null, "transaction_id": null, "http_status": null, "retryable": false,
        "may_have_enrolled": false, "retry_after_ms": null, "attempts": attempts, "region": region,
        "elapsed_ms": 5, "error": null
    })
    .to_string()
        + "\n"
}

#[test]
fn the_last_record_that_settles_an_id_counts() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, lines: &[String]| {
        std::fs::write(folder.path().join(name), lines.concat()).unwrap();
    };
    write(
        "first.jsonl",
        &[
            line("a", "failed", "sg", 1),
            line("b", "enrolled", "sg", 1),
            line("c", "failed", "sg", 1),
            line("d", "rejected", "sg", 1),
            // In another region the same id is another face.
            line("b", "failed", "id", 1),
        ],
    );
    let mut second = vec![
        line("a", "enrolled", "sg", 2),
        line("b", "failed", "sg", 2),
        line("c", "failed", "sg", 2),
        line("d", "already-enrolled", "sg", 2),
    ];
    second.push(second[0][..30].to_owned());
    write("second.jsonl", &second);

    let report = |arguments: &[&str]| {
        let mut report = command(&["report"]);
        run(report.args(arguments).current_dir(folder.path()))
    };
    let (code, shown, errors) = report(&["first.jsonl", "second.jsonl", "--format", "json"]);
    assert_eq!(code, 3, "{errors}");
    let found: Vec<_> = records(&shown)
        .iter()
        .map(|record| {
            let text = |key: &str| record[key].as_str().unwrap().to_owned();
            (
                text("signature_id"),
                text("region"),
                text("status"),
                record["attempts"].clone(),
            )
        })
        .collect();
    let expected = |id: &str, region: &str, status: &str, attempts: u32| {
        (
            id.to_owned(),
            region.to_owned(),
            status.to_owned(),
            Value::from(attempts),
        )
    };
    assert_eq!(
        found,
        [
            expected("b", "sg", "enrolled", 1),
            expected("b", "id", "failed", 1),
            expected("a", "sg", "enrolled", 2),
            expected("c", "sg", "failed", 2),
            expected("d", "sg", "already-enrolled", 2),
        ]
    );
    assert!(
        errors.contains("the last line of second.jsonl is incomplete and is ignored"),
        "{errors}"
    );

    let (code, shown, _) = report(&["first.jsonl", "second.jsonl"]);
    assert_eq!(code, 3);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "  2  enrolled",
            "  1  already enrolled",
            "  2  failed            no-answer",
            "5 ids; the median call took 5ms, the slowest 5ms (b)",
        ],
        "{shown}"
    );
    assert_eq!(
        lines.last(),
        Some(&"skipped: 4 records that other records of the same id replace")
    );
}

/// A journal is read twice, so it cannot be a pipe.
#[cfg(unix)]
#[test]
fn what_can_be_read_but_once_is_refused() {
    let mut shell = std::process::Command::new("sh");
    let program = env!("CARGO_BIN_EXE_face-search-enroll");
    let line = format!("echo {{}} | {program} report /dev/stdin");
    let (code, shown, errors) = run(shell.args(["-c", &line]));
    assert_eq!((code, &*shown), (2, ""));
    assert!(
        errors.contains("is not a regular file; save it to a file first"),
        "{errors}"
    );
}

/// A program that reads only a few lines must not conclude that all ids are enrolled.
#[cfg(unix)]
#[test]
fn a_report_that_is_not_read_to_its_end_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let lines = line("a", "failed", "sg", 1) + &many(20_000);
    std::fs::write(folder.path().join("results.jsonl"), lines).unwrap();
    let program = env!("CARGO_BIN_EXE_face-search-enroll");
    let script = format!("{{ {program} report --format json results.jsonl; echo $? >&2; }} | true");
    let mut shell = std::process::Command::new("sh");
    let (_, _, errors) = run(shell.args(["-c", &script]).current_dir(folder.path()));
    assert_eq!(errors, "3\n");
}

fn many(count: usize) -> String {
    (0..count)
        .map(|number| line(&number.to_string(), "enrolled", "sg", 1))
        .collect()
}

#[test]
fn what_is_no_journal_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "notes\n").unwrap();
    for (name, what) in [
        (
            "nowhere.jsonl",
            "error: could not open the journal nowhere.jsonl: ",
        ),
        (
            "notes.txt",
            "error: line 1 of notes.txt is not a journal record: ",
        ),
    ] {
        let (code, shown, errors) = run(command(&["report", name]).current_dir(folder.path()));
        assert_eq!((code, &*shown), (2, ""));
        assert!(errors.starts_with(what), "{errors}");
    }
}

#[test]
fn what_is_no_record_is_told_in_plain_words() {
    for (line, what) in [
        ("5", "it lacks a key that every record has"),
        ("{\"a\":1}", "it lacks a key that every record has"),
        (
            "{\"status\":\"enrolled\",\"attempts\":-1}",
            "it lacks a key that every record has",
        ),
        ("{1}", "it is not JSON at column 2"),
        ("text", "it is not JSON at column 2"),
    ] {
        let path = crate::cli::file("no-records.jsonl", format!("{line}\n").as_bytes());
        let (code, _, errors) = run(&mut command(&["report", path.to_str().unwrap()]));
        assert_eq!(code, 2, "{errors}");
        assert!(
            errors.contains(&format!(": {what}; check that this is the right file")),
            "{errors}"
        );
    }
}

/// Two rows with the same name could not be told apart.
#[test]
fn what_a_repeat_confirmed_has_a_row_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let confirmed = line("b", "enrolled", "sg", 2).replace("\"Enrolled\"", "\"AlreadyEnrolled\"");
    let lines = [
        line("a", "enrolled", "sg", 1),
        confirmed,
        line("c", "failed", "sg", 1),
    ];
    std::fs::write(folder.path().join("results.jsonl"), lines.concat()).unwrap();
    let mut report = command(&["report", "results.jsonl"]);
    let (_, shown, errors) = run(report.current_dir(folder.path()));
    let shown: Vec<_> = shown.lines().take(3).collect();
    assert_eq!(
        shown,
        [
            "  1  enrolled",
            "  1  enrolled, confirmed by a retry",
            "  1  failed                          no-answer",
        ],
        "{errors}"
    );
}
