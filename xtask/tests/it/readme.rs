//! The README's transcripts of a page that changed are what the commands print.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use super::{
    facts,
    render::{Rendering, render},
};

/// Runs `cargo xtask` with these arguments in `folder`, and gives the transcript.
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

/// The text without the numbers of lines: those of the contract move with every edit of it.
fn without_places(text: &str) -> String {
    let mut parts = text.split(".yaml:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        format!("{text}.yaml:{rest}")
    })
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
        folder.path().join("page.txt"),
        render(&page, Rendering::Glued),
    )
    .unwrap();

    let imported = transcript(folder.path(), &["import", "page.txt"], 0);
    let found = transcript(folder.path(), &["check"], 1);
    let settled = transcript(folder.path(), &["check", "--fix"], 0);

    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let readme = without_places(&readme);
    for expected in [imported, found, settled] {
        assert!(
            readme.contains(&without_places(&expected)),
            "the README does not show\n{expected}"
        );
    }
}
