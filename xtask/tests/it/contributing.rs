//! The transcripts in CONTRIBUTING.md are what the commands print for a page that changed.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use super::{
    facts, patch,
    render::{Rendering, render},
};

/// Runs `cargo xtask` with these arguments in `folder`, and returns the transcript.
fn transcript(folder: &Path, arguments: &[&str], exit: i32) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(exit), "{errors}");
    let printed = String::from_utf8(output.stdout).unwrap();
    format!(
        "```console\n$ cargo xtask {}\n{}\n```\n",
        arguments.join(" "),
        printed.trim_end()
    )
}

#[test]
fn the_transcripts_are_what_the_commands_print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().unwrap();
    let openapi = folder.path().join("openapi");
    fs::create_dir(&openapi).unwrap();
    super::folder::copy(&openapi);
    // The page has a seventh address.
    let mut page = facts::base();
    let mut address = page.addresses.last().unwrap().clone();
    address.url = address.url.replace("vn-api", "jp-api");
    page.addresses.push(address);
    fs::write(
        folder.path().join("page.html"),
        render(&page, Rendering::Html),
    )
    .unwrap();

    let imported = transcript(folder.path(), &["import", "page.html"], 0);
    let found = transcript(folder.path(), &["check"], 1);
    let settled = transcript(folder.path(), &["check", "--fix"], 0);

    let guide = root.join("CONTRIBUTING.md");
    let shown = [imported, found, settled];
    let expected = with_transcripts(&fs::read_to_string(&guide).unwrap(), &shown);
    let mut wrong = patch::Wrong::default();
    wrong.compare(&guide, &expected);
    wrong.assert_none();
}

/// The guide with its transcripts replaced by these.
fn with_transcripts(guide: &str, transcripts: &[String]) -> String {
    let mut parts = guide.split("```console\n");
    let mut text = parts.next().unwrap().to_owned();
    let mut transcripts = transcripts.iter();
    for part in parts {
        let (_, after) = part.split_once("\n```\n").expect("a transcript ends");
        text += transcripts.next().expect("no transcript that is not tried");
        text += after;
    }
    assert_eq!(transcripts.next(), None, "a transcript that is not shown");
    text
}
