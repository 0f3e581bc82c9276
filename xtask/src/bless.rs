//! `cargo xtask bless`: rewrites every output that the tests expect, and says which of them changed.
//!
//! The tests themselves write: each that compares with a file takes what it found instead where a variable
//! says so. Nothing but those tests runs.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::cargo;

/// Rewrite the golden copies, tables, reports and transcripts that the tests compare with
///
/// Runs the tests that write them, and prints the files that changed: read their diff before you
/// commit it. Exit codes: 0 they are written; 1 a test failed for another reason, which it says; 2
/// cargo cannot be run.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Args {}

/// The tests that compare with files, and the variable by which they write them.
#[derive(Debug)]
pub struct Output {
    /// The package.
    pub package: &'static str,
    /// Its test binary.
    pub binary: &'static str,
    /// Those that run, by a part of their names.
    pub tests: &'static [&'static str],
    /// The variable and its value.
    pub variable: (&'static str, &'static str),
}

const UPDATE: (&str, &str) = ("UPDATE_EXPECTED", "1");

/// All of them.
#[rustfmt::skip] // A table is read across.
pub const OUTPUTS: [Output; 7] = [
    output("face-search-enroll-contract", "answers", &[], UPDATE),
    output("face-search-enroll-contract", "cases", &["every_patch"], UPDATE),
    output("face-search-enroll-compatibility", "it", &["reports::every_patch"], UPDATE),
    output("face-search-enroll-vendor-page", "it", &["token_page::each_patch"], UPDATE),
    output("xtask", "it", &["check::every_patch", "rounds::", "skeleton::an_invented", "readme::"], UPDATE),
    output("face-search-enroll", "it", &["generated::", "readme::"], UPDATE),
    output("face-search-enroll-cli", "it", &["command_line::transcripts", "guide::transcripts"], ("TRYCMD", "overwrite")),
];

const fn output(
    package: &'static str,
    binary: &'static str,
    tests: &'static [&'static str],
    variable: (&'static str, &'static str),
) -> Output {
    Output {
        package,
        binary,
        tests,
        variable,
    }
}

/// Rewrites the outputs. What changed goes to `out`; gives the exit code.
///
/// # Errors
///
/// Where cargo cannot be run, a file cannot be read, or `out` fails.
pub fn run(out: &mut dyn Write) -> Result<u8, Box<dyn Error>> {
    let root = cargo::root();
    let before = contents(&root)?;
    let mut failed = Vec::new();
    for output in &OUTPUTS {
        let Output {
            package,
            binary,
            tests,
            variable,
        } = output;
        let test = [
            "test",
            "--quiet",
            "--package",
            package,
            "--test",
            binary,
            "--",
        ];
        if !cargo::succeeds(&[&test, *tests].concat(), *variable)? {
            failed.push(format!("{package}, {binary}"));
        }
    }
    let changed = changed(&before, &contents(&root)?);
    for line in &changed {
        writeln!(out, "{line}")?;
    }
    match changed.len() {
        0 => writeln!(out, "every expected output is as it was")?,
        1 => writeln!(out, "1 file, to read before you commit it")?,
        n => writeln!(out, "{n} files, to read before you commit them")?,
    }
    for tests in &failed {
        writeln!(
            out,
            "not all could be written: mend what the tests of {tests} report above"
        )?;
    }
    Ok(u8::from(!failed.is_empty()))
}

/// The files of the repository.
type Contents = BTreeMap<PathBuf, Vec<u8>>;

/// Folders that hold nothing that a test compares with.
const SKIPPED: [&str; 3] = ["target", ".git", "node_modules"];

fn contents(root: &Path) -> io::Result<Contents> {
    let mut contents = Contents::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(root.join(&below))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_file() {
                contents.insert(path, fs::read(entry.path())?);
            } else if kind.is_dir() && !SKIPPED.iter().any(|name| entry.file_name() == **name) {
                open.push(path);
            }
        }
    }
    Ok(contents)
}

fn changed(before: &Contents, after: &Contents) -> Vec<String> {
    let changed = after.iter().filter_map(|(path, now)| {
        let what = match before.get(path) {
            None => "added  ",
            Some(was) if was != now => "changed",
            Some(_) => return None,
        };
        Some(format!("{what}  {}", path.display()))
    });
    changed.collect()
}
