//! `release` keeps a copy of a contract that `check` accepts, and never overwrites it. `check` compares the
//! next contract with it.

use std::{fs, path::PathBuf};

use face_search_enroll_contract::Contract;
use tempfile::TempDir;
use xtask::{
    check::{self, Format},
    release,
};

use super::folder;

/// A copy of what a check reads, with a version of its own.
struct Copy(TempDir);

struct Ran {
    code: u8,
    out: String,
    err: String,
}

impl Copy {
    fn new(version: &str) -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        folder::copy(copy.0.path());
        copy.set_version(version);
        copy
    }

    /// One that is released, as 1.0.0.
    fn released() -> Self {
        let copy = Self::new("1.0.0");
        assert_eq!(copy.release().code, 0);
        copy
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn contract(&self) -> String {
        fs::read_to_string(self.file("face-search-enroll.yaml")).unwrap()
    }

    fn change(&self, old: &str, new: &str) {
        let text = self.contract();
        assert!(text.contains(old), "the contract has no {old:?}");
        fs::write(
            self.file("face-search-enroll.yaml"),
            text.replacen(old, new, 1),
        )
        .unwrap();
    }

    fn set_version(&self, version: &str) {
        let text = self.contract();
        let line = text.lines().find(|line| line.starts_with("  version: "));
        self.change(line.unwrap(), &format!("  version: {version}"));
    }

    fn release(&self) -> Ran {
        let args = release::Args {
            folder: self.0.path().to_owned(),
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = release::run(&args, &mut out, &mut err).unwrap();
        self.ran(code, out, err)
    }

    fn check(&self, format: Format) -> Ran {
        let args = check::Args {
            format,
            ..check::Args::of(self.0.path())
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = check::run(&args, &mut std::io::empty(), &mut out, &mut err).unwrap();
        self.ran(code, out, err)
    }

    /// What was printed, with the folder called `openapi`.
    fn ran(&self, code: u8, out: Vec<u8>, err: Vec<u8>) -> Ran {
        let folder = self.0.path().display().to_string();
        let text = |bytes| {
            String::from_utf8(bytes)
                .unwrap()
                .replace(&folder, "openapi")
        };
        Ran {
            code,
            out: text(out),
            err: text(err),
        }
    }

    fn releases(&self) -> Vec<String> {
        let entries = fs::read_dir(self.file("released"));
        let names = entries
            .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()));
        let mut names: Vec<_> = names.into_iter().flatten().collect();
        names.sort();
        names
    }
}

/// What a new outcome of the platform is put before, and the same with it: the page has no say in
/// it.
const COMPONENTS: &str = "\ncomponents:\n";
const ONE_MORE_OUTCOME: &str = "  Paused:
    summary: The platform is paused.
    action: Wait.
    enrolled: 'no'
    retry: backoff
    codes: [PLATFORM_PAUSED]
    source: ours

components:
";

#[test]
fn the_first_release_keeps_what_is_published() {
    let copy = Copy::new("1.0.0");
    let ran = copy.release();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "openapi/released/1.0.0.yaml: written\nthe first release\n"
    );
    let kept = fs::read(copy.file("released/1.0.0.yaml")).unwrap();
    let contract = Contract::parse("contract", &copy.contract()).unwrap();
    assert_eq!(kept, contract.text.into_bytes());
}

#[test]
fn a_release_that_is_there_is_left_alone() {
    let copy = Copy::released();
    let changed = || {
        fs::metadata(copy.file("released/1.0.0.yaml"))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = changed();
    let ran = copy.release();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "openapi/released/1.0.0.yaml: already released, with the same content\n"
    );
    assert_eq!(changed(), before);
    assert_eq!(copy.releases(), ["1.0.0.yaml"]);
}

#[test]
fn the_next_release_says_what_changed_by_class() {
    let copy = Copy::released();
    copy.change(COMPONENTS, ONE_MORE_OUTCOME);
    copy.change(
        "summary: The face has been added",
        "summary: The face was added",
    );
    copy.set_version("1.1.0");
    let ran = copy.release();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let out = ran.out;
    assert!(out.starts_with("openapi/released/1.1.0.yaml: written\n\nsince the release 1.0.0 (openapi/released/1.0.0.yaml):\n\nminor: outcome Paused added (requires 1.1.0)\n  is  openapi/face-search-enroll.yaml:"), "{out}");
    assert!(
        out.contains("\npatch: enroll: outcome Enrolled: summary changed (requires 1.0.1)\n"),
        "{out}"
    );
    assert!(out.ends_with("\nsince 1.0.0: 2 changes (0 major, 1 minor, 1 patch) require 1.1.0; info.version is 1.1.0\n"), "{out}");
    assert_eq!(copy.releases(), ["1.0.0.yaml", "1.1.0.yaml"]);
}

#[test]
fn the_newest_release_counts_and_not_the_last_by_name() {
    let copy = Copy::new("1.9.0");
    copy.release();
    copy.set_version("1.10.0");
    assert_eq!(copy.release().code, 0);
    copy.set_version("1.9.1");
    let ran = copy.release();
    assert_eq!(ran.code, 1);
    assert!(
        ran.out
            .contains("the version is lower than the release 1.10.0"),
        "{}",
        ran.out
    );
    assert_eq!(copy.releases(), ["1.10.0.yaml", "1.9.0.yaml"]);
}

#[test]
fn a_version_that_does_not_make_the_step_is_refused() {
    for (version, said) in [
        (
            "1.0.0",
            "the contract changed since 1.0.0, but its version did not",
        ),
        ("1.0.1", "the step from 1.0.0 is too small for the changes"),
        ("0.9.0", "the version is lower than the release 1.0.0"),
    ] {
        let copy = Copy::released();
        copy.change(COMPONENTS, ONE_MORE_OUTCOME);
        copy.set_version(version);

        let ran = copy.check(Format::Text);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{version}");
        let paragraph = format!("\nwrong-version: {said}\n  at openapi/face-search-enroll.yaml:");
        assert!(ran.out.contains(&paragraph), "{version}: {}", ran.out);
        assert!(
            ran.out.contains("  write version: 1.1.0, or undo"),
            "{}",
            ran.out
        );

        let ran = copy.release();
        assert_eq!(ran.code, 1, "{version}");
        assert!(ran.out.contains(said), "{version}: {}", ran.out);
        assert_eq!(
            ran.err,
            "error: openapi/face-search-enroll.yaml was not released, because `cargo xtask check` refuses it; settle the findings above first\n"
        );
        assert_eq!(copy.releases(), ["1.0.0.yaml"]);
    }
}

#[test]
fn a_comment_is_a_change_too() {
    let copy = Copy::released();
    copy.change("# The contract of", "# A contract of");
    let ran = copy.release();
    assert_eq!(ran.code, 1);
    assert!(
        ran.out
            .contains("\npatch: comments, layout or order changed (requires 1.0.1)\n"),
        "{}",
        ran.out
    );
    copy.set_version("1.0.1");
    assert_eq!(copy.release().code, 0);
}

#[test]
fn a_contract_that_the_page_contradicts_is_not_released() {
    let copy = Copy::new("1.0.0");
    copy.change("maxLength: 64", "maxLength: 65");
    let ran = copy.release();
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("1 disagree\n"), "{}", ran.out);
    assert!(ran.err.contains("was not released"), "{}", ran.err);
    assert!(copy.releases().is_empty());
}

#[test]
fn a_version_that_is_not_three_numbers_is_not_released() {
    let copy = Copy::new("1.0.0-rc.1");
    let ran = copy.release();
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err
            .starts_with("error: openapi/face-search-enroll.yaml:"),
        "{}",
        ran.err
    );
    assert!(
        ran.err
            .ends_with(": version 1.0.0-rc.1 has more than three numbers; write 1.0.0\n"),
        "{}",
        ran.err
    );
    assert!(copy.releases().is_empty());
}

#[test]
fn releases_that_cannot_be_read_are_named() {
    for (name, text, said) in [
        (
            "draft.yaml",
            "",
            "openapi/released/draft.yaml: the name of a released contract must be VERSION.yaml; rename the file, or move it to another folder",
        ),
        ("1.1.yaml", "", "openapi/released/1.1.yaml: the name of"),
        ("1.1.0.yml", "", "openapi/released/1.1.0.yml: the name of"),
        (
            "1.1.0.yaml",
            "info: { version: 1.2.0 }\n",
            "openapi/released/1.1.0.yaml:1: version 1.2.0 does not match the name of the file; a released contract never changes, so restore the file",
        ),
        (
            "1.1.0.yaml",
            "info: {}\n",
            "openapi/released/1.1.0.yaml: the document has no info.version; write one such as 1.0.0; a released contract never changes, so restore the file",
        ),
        (
            "1.1.0.yaml",
            "info: {\n",
            "openapi/released/1.1.0.yaml:2:1: the YAML does not parse",
        ),
    ] {
        let copy = Copy::released();
        fs::write(copy.file("released").join(name), text).unwrap();
        for ran in [copy.check(Format::Text), copy.release()] {
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
            assert!(
                ran.err.starts_with(&format!("error: {said}")),
                "{}",
                ran.err
            );
        }
    }
}

#[test]
fn other_files_beside_the_releases_do_not_matter() {
    let copy = Copy::released();
    fs::write(copy.file("released/README.md"), "Frozen.").unwrap();
    assert_eq!(copy.check(Format::Text).code, 0);
}

#[test]
fn a_check_says_nothing_of_releases_where_there_is_nothing_to_say() {
    let copy = Copy::new("1.0.0");
    for format in [Format::Text, Format::Json] {
        let before = copy.check(format);
        assert_eq!(copy.release().code, 0);
        let after = copy.check(format);
        assert_eq!((before.code, &before.out), (0, &after.out));
        assert_eq!((after.code, after.err.as_str()), (0, ""));
        fs::remove_dir_all(copy.file("released")).unwrap();
    }
}

#[test]
fn a_check_shows_changes_after_the_facts() {
    let copy = Copy::released();
    copy.change(COMPONENTS, ONE_MORE_OUTCOME);
    copy.set_version("1.1.0");
    let ran = copy.check(Format::Text);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let (facts, changes) = ran.out.split_once("\n\nsince the release 1.0.0").unwrap();
    assert!(facts.ends_with(" 0 disagree"), "{facts}");
    assert!(
        changes.contains("\nminor: outcome Paused added (requires 1.1.0)\n"),
        "{changes}"
    );

    let ran = copy.check(Format::Json);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&ran.out).unwrap();
    let (last, findings) = entries.split_last().unwrap();
    assert!(findings.iter().all(|entry| entry["verdict"] == "erratum"));
    assert_eq!(last["verdict"], "changed-since-release");
    assert_eq!(last["fact"], "outcome Paused");
    assert_eq!(last["class"], "minor");
    assert_eq!(last["demands"], "1.1.0");
    // A change has every key of a finding.
    for key in findings[0].as_object().unwrap().keys() {
        assert!(last.get(key).is_some(), "{key}");
    }
}
