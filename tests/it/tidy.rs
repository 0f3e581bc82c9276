//! Each fact has one place: Rust code does not repeat what the contract states.

use std::{
    fs,
    path::{Path, PathBuf},
};

use face_search_enroll_contract::Match;

use crate::CONTRACT;

/// Hand-written Rust that must not contain facts of the contract.
const FOLDERS: [&str; 14] = [
    "src",
    "build",
    "build.rs",
    "cli/src",
    "compatibility/src",
    "contract/src",
    "drift/src",
    "examples",
    "page/src",
    "runtime/src",
    "sandbox/src",
    "xtask/src",
    "tests/support/src",
    "vendor-page/src",
];

fn rust_files(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            rust_files(&entry.unwrap().path(), files);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        files.push(path.to_owned());
    }
}

#[test]
fn no_fact_of_the_contract_is_written_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in FOLDERS {
        rust_files(&root.join(folder), &mut files);
    }
    assert!(files.len() > 20, "the folders have moved");

    let mut facts: Vec<&str> = Vec::new();
    facts.extend(CONTRACT.regions.iter().map(|region| region.host.as_str()));
    for operation in &CONTRACT.operations {
        facts.push(&operation.path);
        facts.extend(operation.token_header.iter().map(|header| header.as_str()));
        let examples = operation.examples.iter();
        let rules = operation.outcomes.iter().flat_map(|it| &it.rules);
        let messages = rules.filter_map(|rule| match &rule.message {
            Match::Exactly(text) | Match::Containing(text) => Some(text.as_str()),
            Match::Any => None,
        });
        let messages = examples.map(|it| it.message.as_str()).chain(messages);
        facts.extend(messages.filter(|message| message.len() > 2));
    }
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // Examples in docs may use facts, because they are tests.
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for (number, line) in code.enumerate() {
            let line = line.to_lowercase();
            for fact in &facts {
                assert!(
                    !line.contains(&fact.to_lowercase()),
                    "{} has {fact:?} again, about line {number}; take it from the generated code",
                    file.display()
                );
            }
        }
    }
}
