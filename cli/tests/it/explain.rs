//! `explain` says what a response means, according to the contract.

use std::{io::Write, process::Stdio};

use face_search_enroll::Outcome;
use face_search_enroll_contract::{Match, Scope};
use serde_json::{Value, json};

use crate::{
    CONTRACT,
    cli::{command, ended, file, run},
    operation,
};

/// The explanation of this standard input.
fn explained(input: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut command = command(&["explain"]);
    let command = command.args(arguments).stdin(Stdio::piped());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    ended(child.wait_with_output().unwrap())
}

fn json_of(shown: &str) -> Value {
    serde_json::from_str(shown).unwrap()
}

/// The outcomes that the command prints, each with its operations.
fn told(shown: &str) -> Vec<(String, Vec<String>)> {
    let told = shown.lines().map(|line| {
        let explanation = json_of(line);
        let operations = explanation["operations"].as_array().unwrap().iter();
        let operations = operations.map(|id| id.as_str().unwrap().to_owned());
        let outcome = explanation["outcome"].as_str().unwrap().to_owned();
        (outcome, operations.collect())
    });
    told.collect()
}

#[test]
fn each_example_of_the_contract_is_explained_as_its_outcome() {
    for operation in &CONTRACT.operations {
        let id = operation.id.as_str();
        for example in &operation.examples {
            let outcome = &*example.outcome.value;
            let (code, shown, errors) = explained(&example.body.to_string(), &["--format", "json"]);
            assert_eq!(code, 0, "{errors}");
            let of_operation = |told: &&(String, Vec<String>)| told.1.iter().any(|told| told == id);
            let all = told(&shown);
            assert_eq!(all.iter().find(of_operation).unwrap().0, outcome);
            // The same response as a person types it, and with its HTTP headers.
            let body = &example.body;
            let code = body["code"].as_str().unwrap();
            let arguments = ["explain", code, &example.message, "--operation", id];
            let (_, by_hand, _) = run(&mut command(&arguments));
            assert!(by_hand.starts_with(&format!("{outcome}\n")), "{by_hand}");
            let answer = format!("HTTP/1.1 200 OK\r\nDate: now\r\n\r\n{body}");
            let (_, shown, _) = explained(&answer, &["--operation", id]);
            assert!(shown.starts_with(&format!("{outcome}\n")), "{shown}");
            assert!(shown.contains("  HTTP status     200\n"), "{shown}");
        }
    }
}

#[test]
fn every_outcome_is_explained_by_its_name() {
    for operation in &CONTRACT.operations {
        for outcome in &operation.outcomes {
            let name = outcome.name.to_lowercase();
            let arguments = ["explain", &name, "--operation", &operation.id];
            let (code, shown, _) = run(&mut command(&arguments));
            assert_eq!(code, 0);
            assert!(shown.starts_with(&format!("{}\n", outcome.name)), "{shown}");
            assert!(shown.contains(&outcome.summary), "{shown}");
            assert!(shown.contains(&outcome.action), "{shown}");
            assert_eq!(
                shown.contains("every call of the account"),
                outcome.scope == Scope::Account,
                "{shown}"
            );
        }
    }
}

/// A code and a message that mean an outcome of an operation.
fn pair_of(operation: &str, outcome: &str) -> (String, String) {
    let operation = CONTRACT.operation(operation).unwrap();
    let mut outcomes = operation.outcomes.iter();
    let outcome = outcomes.find(|it| *it.name == *outcome).unwrap();
    let mut pairs = outcome.rules.iter().filter_map(|rule| match &rule.message {
        Match::Exactly(message) => Some((rule.code.value.clone(), message.clone())),
        _ => None,
    });
    pairs.next().unwrap()
}

#[test]
fn the_operations_that_know_most_of_an_answer_are_told() {
    let told_of = |arguments: &[&str]| {
        let mut command = command(&["explain", "--format", "json"]);
        let (code, shown, errors) = run(command.args(arguments));
        assert_eq!(code, 0, "{errors}");
        told(&shown)
    };
    let of = |outcome: &str, operations: &[&str]| {
        let operations = operations.iter().map(|&id| id.to_owned());
        (outcome.to_owned(), operations.collect::<Vec<_>>())
    };
    let both = ["enroll", "generateToken"];
    let (code, message) = pair_of(both[1], "WrongTime");
    assert_eq!(told_of(&[&code, &message]), [of("WrongTime", &both[1..])]);
    let (code, message) = pair_of(both[0], "TransactionNotPassed");
    assert_eq!(
        told_of(&[&code, &message]),
        [of("TransactionNotPassed", &both[..1])]
    );
    // Both operations know the code, with different texts.
    let success = Outcome::Enrolled.codes()[0];
    assert_eq!(
        told_of(&[success]),
        [of("Enrolled", &both[..1]), of("TokenIssued", &both[1..])]
    );
    assert_eq!(
        told_of(&[success, "--operation", "generateToken"]),
        [of("TokenIssued", &both[1..])]
    );
    // Outcomes of the platform have the same text for both operations.
    assert_eq!(
        told_of(&[Outcome::ServiceDisabled.codes()[0]]),
        [of("ServiceDisabled", &both)]
    );
    assert_eq!(told_of(&["NO_SUCH_CODE"]), [of("Unlisted", &both)]);
    let (code, _, errors) = run(&mut command(&["explain", "SUCCESS", "--operation", "x"]));
    assert_eq!(code, 2);
    assert!(
        errors.contains("use one of enroll, generateToken"),
        "{errors}"
    );
}

#[test]
fn other_meanings_of_a_code_are_named() {
    let several = Outcome::TransactionNotPassed.codes()[0];
    let (_, shown, _) = run(&mut command(&[
        "explain",
        several,
        "--operation",
        "enroll",
        "--format",
        "json",
    ]));
    let found = json_of(&shown);
    let mut all: Vec<_> = found["other_outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|other| other["outcome"].as_str().unwrap().to_owned())
        .collect();
    all.push(found["outcome"].as_str().unwrap().to_owned());
    all.sort();
    let mut expected: Vec<_> = Outcome::ALL
        .iter()
        .filter(|outcome| outcome.codes().contains(&several))
        .map(|outcome| outcome.as_str().to_owned())
        .collect();
    expected.sort();
    assert!(expected.len() > 1);
    assert_eq!(all, expected);
}

#[test]
fn a_code_that_is_not_known_is_told_with_those_that_are() {
    let (code, shown, _) = run(&mut command(&["explain", "PARAMETER_EROR"]));
    assert_eq!(code, 0);
    assert!(shown.starts_with("Unlisted\n"), "{shown}");
    let known = shown
        .lines()
        .find(|line| line.starts_with("  known codes"))
        .unwrap();
    for outcome in Outcome::ALL {
        for code in outcome.codes() {
            assert!(known.contains(code), "{code}: {known}");
        }
    }
}

#[test]
fn records_are_explained_one_after_the_other() {
    let record = |id: &str, outcome: Option<&str>, stage: &str| {
        json!({
            "signature_id": id, "status": "failed", "stage": stage, "outcome": outcome,
            "code": null, "message": null, "transaction_id": "t1", "http_status": 503,
            "region": "sg"
        })
        .to_string()
    };
    let input = [
        record("a", Some("ServerError"), "rejected"),
        record("b", None, "no-answer"),
    ]
    .join("\n");
    let (code, shown, errors) = explained(&input, &[]);
    assert_eq!(code, 0, "{errors}");
    let (first, second) = shown.split_once("\n\n").unwrap();
    assert!(
        first.starts_with("ServerError\n  signature id    a\n"),
        "{first}"
    );
    assert!(
        first.contains("  transaction     t1\n  region          sg\n"),
        "{first}"
    );
    assert!(
        second.starts_with("no-answer\n  signature id    b\n"),
        "{second}"
    );
    assert!(second.contains("  enrolled        unknown\n"), "{second}");
}

#[test]
fn an_answer_that_is_no_envelope_is_explained_by_its_status() {
    for (status, page) in [(429, ""), (502, "<html>"), (418, "<html>"), (404, "{}")] {
        let answer = format!("HTTP/1.1 {status} X\r\nServer: x\r\n\r\n{page}");
        let (code, shown, errors) = explained(&answer, &[]);
        if page == "{}" {
            assert_eq!(code, 2, "{shown}");
            assert!(errors.contains("an object without a code"), "{errors}");
            continue;
        }
        let outcome = Outcome::of_status(status);
        let expected = outcome.map_or("unreadable", Outcome::as_str);
        assert!(shown.starts_with(&format!("{expected}\n")), "{shown}");
        let number = status.to_string();
        let (_, by_hand, _) = run(&mut command(&["explain", "--http-status", &number]));
        assert_eq!(by_hand, shown);
    }
}

/// curl prints earlier HTTP heads before the response.
#[test]
fn the_last_of_several_heads_counts() {
    let body = &operation().examples[0].body;
    for before in [
        "HTTP/1.1 200 Connection established",
        "HTTP/1.1 100 Continue",
    ] {
        let answer = format!("{before}\r\n\r\nHTTP/1.1 429 Busy\r\nX: y\r\n\r\n{body}");
        let (_, shown, _) = explained(&answer, &[]);
        assert!(shown.contains("  HTTP status     429\n"), "{shown}");
        let outcome = &*operation().examples[0].outcome.value;
        assert!(shown.starts_with(&format!("{outcome}\n")), "{shown}");
    }
}

#[test]
fn what_is_neither_is_refused_with_a_way_out() {
    for input in ["", "hello", "[1]", "{\"a\":1}", "{\"code\":"] {
        let (code, shown, errors) = explained(input, &[]);
        assert_eq!((code, &*shown), (2, ""), "{input}");
        assert!(
            errors.contains("pass a response body, with or without its HTTP headers"),
            "{errors}"
        );
    }
}

#[test]
fn what_is_no_code_is_refused_with_what_to_do_instead() {
    let journal = file("explained.jsonl", b"");
    let journal = journal.to_str().unwrap();
    for (argument, what) in [
        (
            "730baa5ab2e34e53",
            "to explain an id, pipe its journal record to standard input",
        ),
        (
            "id-1",
            "to explain an id, pipe its journal record to standard input",
        ),
        (
            journal,
            "it is a file; to explain its contents, redirect standard input with < ",
        ),
        ("503", "pass --http-status 503"),
        ("parameter_error", "write PARAMETER_ERROR"),
    ] {
        let (code, _, errors) = run(&mut command(&["explain", argument]));
        assert_eq!(code, 2, "{errors}");
        assert!(
            errors.starts_with(&format!("error: {argument:?} is not a code; ")),
            "{errors}"
        );
        assert!(errors.contains(what), "{errors}");
    }
    let (code, _, errors) = run(&mut command(&["explain", "--http-status", "99999"]));
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("it must be at most 599"), "{errors}");
}

#[test]
fn a_record_is_explained_from_standard_input_and_as_an_argument() {
    let (_, record, _) = run(&mut command(&[
        "enroll",
        "--sandbox",
        "--format",
        "json",
        "a",
    ]));
    let (code, of_input, _) = explained(&record, &["-", "--format", "json"]);
    assert_eq!(code, 0, "{of_input}");
    assert_eq!(json_of(&of_input)["outcome"], "Enrolled");
    let (code, of_argument, _) = run(&mut command(&["explain", &record, "--format", "json"]));
    assert_eq!((code, of_argument), (0, of_input));
}
