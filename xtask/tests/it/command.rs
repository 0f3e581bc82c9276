//! `import` writes the facts or, with `--check`, says whether it would; its exit codes mean something.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::import::{Args, ImportStatus, run};

use crate::facts;
use crate::render::{Rendering, render};

struct Ran {
    outcome: ImportStatus,
    out: String,
    err: String,
}

fn import(dir: &Path, page: &str, check: bool) -> Ran {
    let args = Args {
        page: PathBuf::from("-"),
        check,
        folder: dir.to_owned(),
        facts: Some(dir.join("facts.yaml")),
    };
    run_with(&args, page.as_bytes())
}

fn run_with(args: &Args, mut stdin: &[u8]) -> Ran {
    let (mut out, mut err) = (vec![], vec![]);
    let outcome = run(args, &mut stdin, &mut out, &mut err).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran {
        outcome,
        out: text(out),
        err: text(err),
    }
}

fn page() -> String {
    render(&facts::base(), Rendering::Glued)
}

#[test]
fn writes_and_then_has_nothing_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let first = import(dir.path(), &page(), false);
    assert_eq!(
        (first.outcome, first.outcome.code()),
        (ImportStatus::UpToDate, 0)
    );
    assert!(first.out.contains("new file"), "{}", first.out);
    assert!(
        first
            .out
            .contains("added    title: Face-Search Enroll Face API (line 3)")
    );
    let written = fs::read(dir.path().join("facts.yaml")).unwrap();
    for check in [true, false] {
        let again = import(dir.path(), &page(), check);
        assert_eq!(again.outcome, ImportStatus::UpToDate);
        assert!(
            again.out.ends_with("facts.yaml: up to date\n"),
            "{}",
            again.out
        );
        assert_eq!(again.out.lines().count(), 1);
        assert_eq!(fs::read(dir.path().join("facts.yaml")).unwrap(), written);
    }
}

#[test]
fn check_says_what_it_would_write_and_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let checked = import(dir.path(), &page(), true);
    assert_eq!(
        (checked.outcome, checked.outcome.code()),
        (ImportStatus::WouldChange, 1)
    );
    assert!(!dir.path().join("facts.yaml").exists());

    import(dir.path(), &page(), false);
    let before = fs::read(dir.path().join("facts.yaml")).unwrap();
    let changed = page().replace("Server error", "Server failure");
    let checked = import(dir.path(), &changed, true);
    assert_eq!(checked.outcome, ImportStatus::WouldChange);
    let lines: Vec<_> = checked.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", checked.out);
    assert!(lines[0].starts_with(
        "changed  response code ERROR: free, `Server error` → free, `Server failure` (line "
    ));
    assert!(lines[1].starts_with("changed  response example `ERROR Response`: "));
    assert!(
        lines[2].ends_with("2 changes; run `cargo xtask import` without --check to write the file")
    );
    assert_eq!(fs::read(dir.path().join("facts.yaml")).unwrap(), before);
}

#[test]
fn another_rendering_changes_only_lines() {
    let dir = tempfile::tempdir().unwrap();
    import(dir.path(), &page(), false);
    let other = import(dir.path(), &render(&facts::base(), Rendering::Html), true);
    assert_eq!(other.outcome, ImportStatus::WouldChange);
    assert!(
        other.out.contains("no fact changed, only line numbers"),
        "{}",
        other.out
    );
}

#[test]
fn a_page_that_was_cut_off_names_the_missing_sections() {
    let dir = tempfile::tempdir().unwrap();
    let page = page();
    let (cut, _) = page.split_once("Response Code").unwrap();
    let ran = import(dir.path(), cut, true);
    assert_eq!(ran.outcome, ImportStatus::WouldChange);
    assert!(
        ran.out
            .contains("missing  section Response Code\nmissing  section Response Examples\n")
    );
}

#[test]
fn a_page_that_cannot_be_read_leaves_the_facts_alone() {
    let dir = tempfile::tempdir().unwrap();
    import(dir.path(), &page(), false);
    let before = fs::read(dir.path().join("facts.yaml")).unwrap();
    for (page, reason) in [
        ("", "empty"),
        ("a\0", "binary"),
        ("Hello.", "not the page of an endpoint"),
    ] {
        let ran = import(dir.path(), page, false);
        assert_eq!(
            (ran.outcome, ran.outcome.code()),
            (ImportStatus::Unreadable, 2)
        );
        assert!(ran.out.is_empty());
        assert!(
            ran.err.starts_with("error: -: ") && ran.err.contains(reason),
            "{}",
            ran.err
        );
        assert!(
            ran.err
                .contains("not found: Request Example, Request Url, ")
        );
    }
    let args = Args {
        page: dir.path().join("absent.html"),
        check: false,
        folder: dir.path().to_owned(),
        facts: Some(dir.path().join("facts.yaml")),
    };
    let ran = run_with(&args, b"");
    assert_eq!(ran.outcome, ImportStatus::Unreadable);
    assert!(ran.err.contains("absent.html: No such file"), "{}", ran.err);
    assert_eq!(fs::read(dir.path().join("facts.yaml")).unwrap(), before);
}

#[test]
fn a_file_of_facts_that_cannot_be_read_is_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("facts.yaml"), "title: { valeu: x }\n").unwrap();
    let ran = import(dir.path(), &page(), false);
    assert_eq!(ran.outcome, ImportStatus::UpToDate);
    assert!(
        ran.out
            .contains("facts.yaml:1:10: unknown name `valeu`; every fact is reported as added"),
        "{}",
        ran.out
    );
    assert_eq!(
        import(dir.path(), &page(), true).outcome,
        ImportStatus::UpToDate
    );
}

#[test]
fn a_page_is_read_from_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("page.html");
    fs::write(&path, render(&facts::base(), Rendering::Html)).unwrap();
    let args = Args {
        page: path,
        check: false,
        folder: dir.path().to_owned(),
        facts: Some(dir.path().join("facts.yaml")),
    };
    assert_eq!(run_with(&args, b"").outcome, ImportStatus::UpToDate);
    assert!(dir.path().join("facts.yaml").exists());
}

#[test]
fn a_name_that_was_guessed_is_told_by_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let row = "extraOutcome in a word\n";
    let page = page().replacen(row, &format!("{row}faceIdid of the face\n"), 1);
    let imported = import(dir.path(), &page, false);
    let line = page
        .lines()
        .position(|line| line.starts_with("faceId"))
        .unwrap()
        + 1;
    let told = format!(
        "guessed  response field faceId: its text can also be read as face (line {line}); save the \
         page as HTML or Markdown, which separate names from descriptions\n"
    );
    assert!(imported.out.contains(&told), "{}", imported.out);
    let facts = fs::read_to_string(dir.path().join("facts.yaml")).unwrap();
    assert!(
        facts.contains("{ name: faceId, other_reading: face, line: "),
        "{facts}"
    );
}
