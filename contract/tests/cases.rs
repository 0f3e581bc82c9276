//! The reports on unusable contracts. Each case is a small patch of `cases/base.yaml` with its
//! expected report next to it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use face_search_enroll_contract::Contract;

mod patch;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn base() -> String {
    fs::read_to_string(folder().join("base.yaml")).unwrap()
}

fn report(text: &str) -> String {
    match Contract::parse("base.yaml", text) {
        Ok(_) => "no problems\n".to_owned(),
        Err(problems) => format!("{problems}\n"),
    }
}

#[test]
fn the_base_is_accepted() {
    assert_eq!(report(&base()), "no problems\n");
}

#[test]
fn every_patch_gives_its_report() {
    let mut wrong = patch::Wrong::default();
    let cases = patch::cases(&folder(), &base());
    for case in &cases {
        let found = report(&case.text);
        assert_ne!(found, "no problems\n", "{} was accepted", case.name);
        wrong.compare(&case.path.with_extension("report"), &found);
    }
    let count = cases.len();
    assert!(count > 60, "only {count} patches; has the folder moved?");
    wrong.assert_none();
}

/// The reader never panics, wherever the text of a contract ends.
#[test]
fn a_contract_cut_anywhere_is_rejected_or_read() {
    let base = base();
    for (end, _) in base.char_indices() {
        report(base.get(..end).unwrap());
    }
}
