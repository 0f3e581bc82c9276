//! A fact stands in one place: what the contract says is not written again in this crate.

use std::{
    fs,
    path::{Path, PathBuf},
};

use face_search_enroll_contract::Match;

use crate::CONTRACT;

#[test]
fn no_fact_of_the_contract_is_written_again() {
    let operations = CONTRACT.operations.iter();
    let mut facts: Vec<&str> = operations.clone().map(|it| it.path.as_str()).collect();
    facts.extend(operations.filter_map(|it| Some(it.token_header.as_ref()?.as_str())));
    let outcomes = || CONTRACT.operations.iter().flat_map(|it| &it.outcomes);
    for region in &CONTRACT.regions {
        facts.extend([region.host.as_str(), &region.name]);
    }
    facts.extend(CONTRACT.codes.iter().map(|code| code.code.as_str()));
    // A name of one word is a word of the language too.
    let is_compound = |name: &&str| name.matches(|c: char| c.is_ascii_uppercase()).count() > 1;
    facts.extend(
        outcomes()
            .map(|outcome| outcome.name.as_str())
            .filter(is_compound),
    );
    for rule in outcomes().flat_map(|outcome| &outcome.rules) {
        if let Match::Exactly(text) | Match::Containing(text) = &rule.message {
            facts.push(text);
        }
    }
    facts.retain(|fact| fact.len() > 2);

    let mut count = 0;
    for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        count += 1;
        for (number, line) in text.lines().enumerate() {
            for fact in &facts {
                assert!(
                    !line.contains(fact),
                    "{}:{} has {fact:?} again; take it from the contract",
                    path.display(),
                    number + 1
                );
            }
        }
    }
    assert!(count > 10, "the folder has moved");
}

/// The files of a folder and of the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
