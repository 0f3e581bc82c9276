//! The answers that a server may send according to `openapi/face-search-enroll.yaml`. `answers.txt`
//! lists them, and `UPDATE_EXPECTED=1` rewrites it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use face_search_enroll_contract::{Answer, Contract, Operation};
use serde_json::json;

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let path = folder().join("../openapi/face-search-enroll.yaml");
    let text = fs::read_to_string(path).unwrap();
    Contract::parse("face-search-enroll.yaml", &text).unwrap()
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn the_answers_are_those_of_the_list() {
    let line = |answer: &Answer| {
        let Answer {
            name,
            outcome,
            status,
            message,
            body,
        } = answer;
        format!("{name}: {outcome}, {status}, {message:?}\n  {body}\n")
    };
    let of_operation = |operation: &Operation| {
        let answers: String = operation.answers().iter().map(line).collect();
        format!("== {}\n{answers}", operation.id)
    };
    let found: String = CONTRACT.operations.iter().map(of_operation).collect();
    let expected = folder().join("tests/answers.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&expected, &found).unwrap();
    }
    assert_eq!(fs::read_to_string(expected).unwrap_or_default(), found);
}

#[test]
fn the_examples_come_first_and_every_outcome_has_an_answer() {
    for operation in &CONTRACT.operations {
        let answers = operation.answers();
        for (answer, example) in answers.iter().zip(&operation.examples) {
            assert_eq!(answer.name, example.name.value);
            assert_eq!(answer.body, example.body.value);
        }
        for outcome in &operation.outcomes {
            let means_it = |answer: &Answer| answer.outcome == outcome.name.value;
            assert!(
                answers.iter().any(means_it),
                "no answer for {}",
                outcome.name
            );
        }
        let names: HashSet<_> = answers.iter().map(|answer| &answer.name).collect();
        assert_eq!(names.len(), answers.len());
    }
}

#[test]
fn an_answer_that_is_made_carries_its_message_and_a_code_of_its_outcome() {
    for operation in &CONTRACT.operations {
        let answers = operation.answers();
        for answer in answers.iter().skip(operation.examples.len()) {
            let mut outcomes = operation.outcomes.iter();
            let outcome = outcomes.find(|outcome| outcome.name.value == answer.outcome);
            let outcome = outcome.unwrap();
            let code = answer.body["code"].as_str().unwrap();
            let is_its_code = outcome.rules.iter().any(|rule| rule.code.value == code);
            assert!(is_its_code || outcome.default, "{answer:?}");
            assert_eq!(answer.body["message"], json!(answer.message));
            assert_eq!(answer.body["data"], json!(null));
        }
    }
}

/// The worked example of a signature has a value for each signed name and for the signature.
#[test]
fn the_example_of_a_signature_names_all_that_is_signed() {
    let fields = CONTRACT.operations.iter().flat_map(|it| &it.request.fields);
    let signed: Vec<_> = fields.filter(|field| field.signature.is_some()).collect();
    assert_eq!(signed.len(), 1);
    for field in signed {
        let signature = field.signature.as_ref().unwrap();
        let names: Vec<_> = signature
            .example
            .iter()
            .map(|(name, _)| &name.value)
            .collect();
        let over = signature.over.iter().chain([&field.name]);
        assert_eq!(names, over.map(|name| &name.value).collect::<Vec<_>>());
    }
}
