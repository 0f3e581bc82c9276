//! Ids are read from lines, CSV and JSON Lines. Invalid lines are reported by number.

use std::io::Write;

use serde_json::json;

use crate::cli::{Workplace, ids_of, run, sorted};

/// Enrolls the ids of a file. Returns the ids that were sent, the errors of the others, and the exit code.
pub(super) fn enrolled(
    name: &str,
    bytes: &[u8],
    arguments: &[&str],
) -> (Vec<String>, Vec<String>, i32) {
    let place = Workplace::new();
    place.write(name, bytes);
    let mut all = vec!["--input", name, "--output", "results.jsonl"];
    all.extend(arguments);
    let (code, shown, errors) = run(&mut place.enroll(&all));
    assert_eq!(shown, "", "{errors}");
    assert_ne!(code, 2, "{errors}");
    let records = place.records("results.jsonl");
    let mut called = ids_of(&records, "enrolled");
    called.extend(ids_of(&records, "already-enrolled"));
    assert_eq!(sorted(called.clone()), sorted(place.sandbox.enrolled()));
    assert_eq!(place.sandbox.requests(), called.len() as u64);
    let invalid = records.iter().filter(|record| record["stage"] == "invalid");
    let invalid = invalid
        .map(|record| {
            assert_eq!(record["status"], "rejected");
            record["error"].as_str().unwrap().to_owned()
        })
        .collect();
    (called, invalid, code)
}

/// The error of a command that sent nothing.
pub(super) fn refused(name: &str, bytes: &[u8], arguments: &[&str]) -> String {
    let place = Workplace::new();
    place.write(name, bytes);
    let mut all = vec!["--input", name, "--output", "results.jsonl"];
    all.extend(arguments);
    let (code, shown, errors) = run(&mut place.enroll(&all));
    assert_eq!((code, &*shown), (2, ""), "{errors}");
    assert_eq!(place.sandbox.requests(), 0);
    assert!(
        !place.path("results.jsonl").exists(),
        "no journal is left behind"
    );
    errors
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn lines_are_ids() {
    for text in [
        "a\nb\nc\n",
        "a\nb\nc",
        "\u{feff}a\r\nb\r\nc\r\n",
        "# from the review of May\n\n  a  \nb\t\n   \n#x\nc\na\n",
    ] {
        let (called, invalid, code) = enrolled("ids.txt", text.as_bytes(), &[]);
        assert_eq!(called, ["a", "b", "c"], "{text:?}");
        assert!(invalid.is_empty());
        assert_eq!(code, 0);
    }
}

#[test]
fn compressed_files_are_read_as_what_they_hold() {
    for name in ["ids.txt.gz", "no-such-extension"] {
        let (called, _, code) = enrolled(name, &gzip(b"a\nb\n"), &[]);
        assert_eq!((called, code), (vec!["a".to_owned(), "b".to_owned()], 0));
    }
    // Concatenated members, as `cat` makes them.
    let mut parts = gzip(b"signature_id\na\n");
    parts.extend(gzip(b"b\n"));
    let (called, _, _) = enrolled("ids.csv.gz", &parts, &[]);
    assert_eq!(called, ["a", "b"]);
}

#[test]
fn a_compressed_file_that_ends_too_early_is_no_success() {
    let place = Workplace::new();
    let ids: Vec<_> = (0..5000).map(|number| format!("id-{number}")).collect();
    let whole = gzip(ids.join("\n").as_bytes());
    place.write("ids.gz", &whole[..whole.len() / 2]);
    let arguments = ["--input", "ids.gz", "--output", "results.jsonl"];
    let (code, _, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 3, "{errors}");
    assert!(
        errors.contains("error: the input ended early: "),
        "{errors}"
    );
    assert!(
        errors.contains("to continue, once the input is readable:\n"),
        "{errors}"
    );
    // The ids before the damage are not lost.
    let records = place.records("results.jsonl");
    assert!(records.len() > 1000, "{}", records.len());
    assert_eq!(
        ids_of(&records, "enrolled"),
        sorted(place.sandbox.enrolled())
    );
}

#[test]
fn bad_lines_are_reported_and_the_rest_goes_on() {
    let long = "x".repeat(100_000);
    let text = [b"a\n\xff\xfe\n", long.as_bytes(), b"\nb\nc\xe9\n"].concat();
    let (called, invalid, code) = enrolled("ids.txt", &text, &[]);
    assert_eq!(called, ["a", "b"]);
    assert_eq!(
        invalid,
        [
            "ids.txt, line 2: byte 1 is not UTF-8; save the file as UTF-8",
            "ids.txt, line 3: the line is longer than 65536 bytes; check its line breaks",
            "ids.txt, line 5: byte 2 is not UTF-8; save the file as UTF-8",
        ]
    );
    assert_eq!(code, 1);
}

#[test]
fn ids_that_may_not_be_sent_are_reported_as_they_are() {
    let place = Workplace::new();
    // The error is that of `Client::enroll`.
    let error = face_search_enroll::Client::check_signature_id("").unwrap_err();
    place.write(
        "ids.jsonl",
        "{\"signature_id\":\"a\"}\n{\"signature_id\":\"\"}\n",
    );
    let arguments = ["--input", "ids.jsonl", "--format", "json"];
    let (code, shown, _) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 1);
    let records = crate::cli::records(&shown);
    let record = records.iter().find(|record| record["status"] == "rejected");
    let record = record.unwrap();
    assert_eq!(record["signature_id"], "");
    assert_eq!(record["stage"], "invalid");
    assert_eq!(record["error"], format!("ids.jsonl, line 2: {error}"));
    assert_eq!(record["attempts"], 0);
}

#[test]
fn columns_are_found_by_their_names_and_numbers() {
    let named = "date,Signature ID,note\n1,a,x\n2,b,y\n";
    for (text, arguments) in [
        (named, &[][..]),
        (named, &["--column", "Signature ID"]),
        (named, &["--column", "2"]),
        ("1,a,x\n2,b,y\n", &["--column", "2", "--no-header"]),
        ("signatureId\r\na\r\nb\r\n", &[]),
        ("\u{feff}signature_id;x\na;1\nb;2\n", &["--delimiter", ";"]),
        ("x\tsignature_id\n1\ta\n2\tb\n", &["--delimiter", "\\t"]),
    ] {
        let (called, invalid, code) = enrolled("ids.csv", text.as_bytes(), arguments);
        assert_eq!(called, ["a", "b"], "{text:?}");
        assert!(invalid.is_empty(), "{invalid:?}");
        assert_eq!(code, 0);
    }
    let (called, _, _) = enrolled("ids.tsv", b"x\tsignature_id\n1\ta\n", &[]);
    assert_eq!(called, ["a"]);
    let arguments = ["--input-format", "csv"];
    let (called, _, _) = enrolled("ids.txt", b"x,signature_id\n1,a\n", &arguments);
    assert_eq!(called, ["a"]);
}

#[test]
fn cells_may_be_quoted_and_hold_anything() {
    let text = concat!(
        "note,signature_id,more\r\n",
        "\"a comma, and \"\"quotes\"\"\",\"a\",1\r\n",
        "\"two\r\nlines\n, three\",b,2\n",
        "\n",
        "# no comment\n",
        "only one\n",
        ",,\n",
        "x,,\n",
        "x,c,\"never ends\n",
        "x,d,1\n",
    );
    let (called, invalid, code) = enrolled("ids.csv", text.as_bytes(), &["--concurrency", "1"]);
    assert_eq!(called, ["a", "b", "d"]);
    let blank = face_search_enroll::Client::check_signature_id("").unwrap_err();
    assert_eq!(
        invalid,
        [
            "ids.csv, line 7: the row ends before column 2, which holds the id; complete the row"
                .to_owned(),
            "ids.csv, line 8: the row ends before column 2, which holds the id; complete the row"
                .to_owned(),
            format!("ids.csv, line 10: {blank}"),
            "ids.csv, line 11: a quote is opened but not closed; close it or remove it".to_owned(),
        ]
    );
    assert_eq!(code, 1);
}

#[test]
fn a_column_that_is_not_there_is_refused_with_those_that_are() {
    let text = b"date,journey\n1,a\n";
    for (arguments, what) in [
        (
            &["--column", "signature"][..],
            "there is no column \"signature\"",
        ),
        (&["--column", "3"], "there is no column 3"),
        (&[], "no column is named signature_id"),
    ] {
        let errors = refused("ids.csv", text, arguments);
        assert!(errors.contains(what), "{errors}");
        assert!(errors.contains("the columns are date, journey"), "{errors}");
    }
    let errors = refused("ids.txt", b"a\n", &["--column", "1"]);
    assert!(errors.contains("pass --input-format csv"), "{errors}");
    let errors = refused("ids.csv", b"a\n", &["--column", "id", "--no-header"]);
    assert!(errors.contains("pass --column N"), "{errors}");
}

#[test]
fn a_header_that_is_taken_for_one_is_told() {
    let place = Workplace::new();
    place.write("ids.csv", "a\nb\n");
    let arguments = ["--input", "ids.csv", "--column", "1"];
    let (code, _, errors) = run(&mut place.enroll(&arguments));
    assert_eq!(code, 0);
    assert!(
        errors.contains("pass --no-header if that is an id"),
        "{errors}"
    );
    assert_eq!(place.sandbox.enrolled(), ["b"]);
}

#[test]
fn fields_of_json_lines_are_ids() {
    let lines = [
        json!({ "signature_id": "a", "date": 1 }).to_string(),
        json!({ "signature_id": 5 }).to_string(),
        String::new(),
        "{\"signature_id\": \"b\"".to_owned(),
        json!({ "id": "c" }).to_string(),
        json!(["d"]).to_string(),
        json!({ "signature_id": "\u{65}" }).to_string(),
    ]
    .join("\n");
    let (called, invalid, code) = enrolled("ids.jsonl", lines.as_bytes(), &[]);
    assert_eq!(called, ["a", "e"]);
    assert_eq!(
        invalid,
        [
            "ids.jsonl, line 2: signature_id is a number, which may have lost digits; write the id as a string",
            "ids.jsonl, line 4: the line is not a JSON object; write one object per line",
            "ids.jsonl, line 5: there is no field signature_id; pass --field with the name of the field that holds the id",
            "ids.jsonl, line 6: the line is not a JSON object; write one object per line",
        ]
    );
    assert_eq!(code, 1);

    let lines = b"{\"journey\":{},\"id\":\"a\"}\n{\"signatureId\":\"b\"}\n";
    let (called, invalid, _) = enrolled("ids.ndjson", lines, &["--field", "id"]);
    assert_eq!(called, ["a"]);
    assert_eq!(invalid.len(), 1);
    let (called, _, _) = enrolled("ids.ndjson", lines, &[]);
    assert_eq!(called, ["b"]);
}

#[test]
fn what_cannot_be_read_is_refused_before_anything_is_sent() {
    let place = Workplace::new();
    for (name, what) in [("nowhere.txt", "No such file"), (".", "directory")] {
        let arguments = ["--input", name, "--output", "results.jsonl"];
        let (code, _, errors) = run(&mut place.enroll(&arguments));
        assert_eq!(code, 2);
        let expected = format!("error: could not read the input {name}: ");
        assert!(errors.starts_with(&expected), "{errors}");
        assert!(errors.contains(what), "{errors}");
    }
}

/// Each id is sent as soon as it arrives, because the program that writes ids may wait for each result.
#[test]
fn standard_input_is_called_as_it_comes() {
    use std::{
        io::{BufRead, BufReader},
        process::Stdio,
    };

    let place = Workplace::new();
    let mut command = place.enroll(&["--input", "-", "--quiet"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut results = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["a", "b", "c"] {
        writeln!(input, "{id}").unwrap();
        let line = results.next().unwrap().unwrap();
        assert!(line.starts_with(&format!("{id}  enrolled  ")), "{line}");
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_dry_run_reads_everything_and_sends_nothing() {
    let place = Workplace::new();
    place.write("ids.csv", b"signature_id\na\nb\na\n\"\"\nc\n");
    let arguments = ["--input", "ids.csv", "--dry-run", "--format", "text"];
    let (code, shown, errors) = run(&mut place.enroll(&arguments));
    assert_eq!((code, &*shown), (1, "a\nb\nc\n"), "{errors}");
    let blank = face_search_enroll::Client::check_signature_id("").unwrap_err();
    assert_eq!(
        errors,
        format!(
            "invalid: ids.csv, line 5: {blank}\n3 ids would be sent to {}; invalid lines: 1\nskipped: 1 id repeated in the input\n",
            place.sandbox.base_url()
        )
    );
    let journal = [
        "--input",
        "ids.csv",
        "--dry-run",
        "--output",
        "results.jsonl",
    ];
    let (code, shown, _) = run(&mut place.enroll(&journal));
    assert_eq!((code, &*shown), (1, ""));
    assert!(!place.path("results.jsonl").exists());
    assert_eq!(place.sandbox.requests(), 0);
}

/// A wrong token or a missing region stops a dry run as it would stop a real one.
#[test]
fn a_dry_run_needs_all_that_a_run_needs() {
    let arguments = ["enroll", "--dry-run", "--region", "sg", "a"];
    let (code, _, errors) = run(&mut crate::cli::command(&arguments));
    assert_eq!(code, 2);
    assert!(errors.contains("no credentials were given"), "{errors}");
}

#[test]
fn a_million_lines_are_read_as_a_stream() {
    let place = Workplace::new();
    let mut text = Vec::new();
    for number in 0..1_000_000 {
        writeln!(text, "{:016x}", number % 999_990).unwrap();
    }
    place.write("ids.txt.gz", gzip(&text));
    let (code, _, errors) = run(&mut place.enroll(&["--input", "ids.txt.gz", "--dry-run"]));
    assert_eq!(code, 0);
    let expected = "999,990 ids would be sent to ";
    assert!(errors.starts_with(expected), "{errors}");
    assert!(
        errors.ends_with("skipped: 10 ids repeated in the input\n"),
        "{errors}"
    );
}

/// The rows between two stray quotes are not lost.
#[test]
fn stray_quotes_hide_no_records() {
    use std::fmt::Write as _;

    let mut text = "signature_id,comment\na1,\"oops\n".to_owned();
    for number in 2..10 {
        writeln!(text, "a{number},fine").unwrap();
    }
    text.push_str("a10,\"again\na11,x\na12,\"a \"\"quoted\"\" word,\nand a line\"\n");
    let (called, invalid, code) = enrolled("ids.csv", text.as_bytes(), &[]);
    let expected: Vec<_> = (2..10)
        .chain([11, 12])
        .map(|number| format!("a{number}"))
        .collect();
    assert_eq!(sorted(called), sorted(expected));
    assert_eq!(
        invalid,
        [
            "ids.csv, line 2: a quote is opened but not closed; close it or remove it",
            "ids.csv, line 11: a quote is opened but not closed; close it or remove it",
        ]
    );
    assert_eq!(code, 1);
}

#[test]
fn a_cell_may_be_longer_than_a_line() {
    let lines = "a line of a comment\n".repeat(10_000);
    let text = format!("signature_id,comment\na,\"{lines}\"\nb,\n");
    let (called, invalid, _) = enrolled("ids.csv", text.as_bytes(), &[]);
    assert_eq!(called, ["a", "b"]);
    assert!(invalid.is_empty(), "{invalid:?}");
}

/// Their lines would be sent as ids.
#[test]
fn a_file_of_another_form_is_refused() {
    for (name, text, what) in [
        (
            "ids",
            "{\"signature_id\":\"a\"}\n",
            "pass --input-format jsonl",
        ),
        (
            "ids.txt",
            "\u{feff}signature_id,comment\na,x\n",
            "pass --input-format csv",
        ),
        ("ids.txt", "Signature ID\na\n", "pass --input-format csv"),
        (
            "ids.json",
            "[{\"signature_id\":\"a\"}]\n",
            "write one object per line",
        ),
        ("ids.txt", "[\"a\"]\n", "write one object per line"),
    ] {
        let utf16: Vec<_> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes(), &utf16] {
            let errors = refused(name, bytes, &[]);
            assert!(errors.contains(what), "{errors}");
        }
    }
}

#[test]
fn an_id_has_no_control_characters() {
    let (called, invalid, code) = enrolled("ids.txt", b"a\nb\tc\n\x1b[1md\ne\0\n", &[]);
    assert_eq!(called, ["a"]);
    assert_eq!(
        invalid,
        [
            "ids.txt, line 2: byte 2 of the id is a control character; remove it",
            "ids.txt, line 3: byte 1 of the id is a control character; remove it",
            "ids.txt, line 4: byte 2 of the id is a control character; remove it",
        ]
    );
    assert_eq!(code, 1);
}
