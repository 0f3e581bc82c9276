//! What the reader says of contracts that cannot be used: `cases/base.yaml` and small patches of it,
//! each with its expected report beside it. `UPDATE_EXPECTED=1` rewrites the reports.
//!
//! A patch is blocks of `<<<<`, lines of the base, `====`, lines in their place, `>>>>`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use face_search_enroll_contract::Contract;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn base() -> String {
    fs::read_to_string(folder().join("base.yaml")).unwrap()
}

fn patched(patch: &str) -> String {
    let mut text = base();
    for block in patch.split("<<<<\n").skip(1) {
        let (old, rest) = block.split_once("====\n").expect("a block has ====");
        let (new, _) = rest.split_once(">>>>\n").expect("a block ends with >>>>");
        assert_eq!(text.matches(old).count(), 1, "not once in the base: {old}");
        text = text.replace(old, new);
    }
    text
}

fn report(text: &str) -> String {
    match Contract::parse("base.yaml", text) {
        Ok(_) => "no problems\n".to_owned(),
        Err(problems) => format!("{problems}\n"),
    }
}

#[test]
fn the_base_can_be_used() {
    assert_eq!(report(&base()), "no problems\n");
}

#[test]
fn every_patch_gives_its_report() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "patch")
        {
            continue;
        }
        count += 1;
        let found = report(&patched(&fs::read_to_string(&path).unwrap()));
        assert_ne!(found, "no problems\n", "{} is let through", path.display());
        let expected = path.with_extension("report");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}\n{found}", expected.display()));
        }
    }
    assert!(count > 60, "only {count} patches; has the folder moved?");
    assert!(
        wrong.is_empty(),
        "set UPDATE_EXPECTED=1 to rewrite:\n{}",
        wrong.join("\n")
    );
}

/// Reading never panics, wherever a contract is cut.
#[test]
fn a_contract_cut_anywhere_is_refused_or_read() {
    let base = base();
    for (end, _) in base.char_indices() {
        report(base.get(..end).unwrap());
    }
}
