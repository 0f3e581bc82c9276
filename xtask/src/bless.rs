//! `cargo xtask bless`: rewrites every output that tests expect, and lists the files that changed.
//!
//! The tests themselves write the files: an environment variable tells a test to replace a file instead of
//! comparing with it. Only these tests run.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

use crate::cargo::{self, TestBinary};

/// Rewrite the golden copies, tables, reports and transcripts that tests expect
///
/// Runs the tests that write them, and lists the files that changed. Read the diff before you commit it.
/// Exit codes: 0 all files are written; 1 a test failed for another reason; 2 cargo cannot be run.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Args {}

/// Tests that compare with files, and the variable that makes them write.
#[derive(Debug)]
pub struct Output {
    /// The package.
    pub package: &'static str,
    /// Its test binary.
    pub binary: &'static str,
    /// The tests to run, by a part of their names; none means all.
    pub tests: &'static [&'static str],
    /// The variable and its value.
    pub variable: (&'static str, &'static str),
}

const UPDATE: (&str, &str) = ("UPDATE_EXPECTED", "1");

/// All of them.
#[rustfmt::skip] // A table is read across.
pub const OUTPUTS: [Output; 8] = [
    output("face-search-enroll-contract", "answers", &[], UPDATE),
    output("face-search-enroll-contract", "cases", &["every_patch"], UPDATE),
    output("face-search-enroll-compatibility", "it", &["reports::every_patch"], UPDATE),
    output("face-search-enroll-vendor-page", "it", &["token_page::each_patch"], UPDATE),
    output("face-search-enroll-drift", "it", &["pages::every_patch", "skeleton::an_invented"], UPDATE),
    output("xtask", "it", &["contributing::", "rounds::"], UPDATE),
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

/// Rewrites the outputs. Writes the list of changed files to `out`. Returns the exit code.
///
/// # Errors
///
/// If cargo cannot be run, a file cannot be read, or `out` fails.
pub fn run(out: &mut dyn Write) -> Result<u8, Box<dyn Error>> {
    let root = cargo::root();
    let binaries = cargo::tests()?;
    let before = contents(&root)?;
    let mut failed = Vec::new();
    for output in &OUTPUTS {
        if !output.write(&binaries)? {
            failed.push(format!("{}, {}", output.package, output.binary));
        }
    }
    let changed = changed(&before, &contents(&root)?);
    for line in &changed {
        writeln!(out, "{line}")?;
    }
    match changed.len() {
        0 => writeln!(out, "no expected output changed")?,
        1 => writeln!(out, "1 file changed; read the diff before you commit it")?,
        n => writeln!(
            out,
            "{n} files changed; read the diff before you commit them"
        )?,
    }
    for tests in &failed {
        writeln!(
            out,
            "some outputs could not be written: tests of {tests} failed, as they report above; correct \
             that, and run `cargo xtask bless` again"
        )?;
    }
    Ok(u8::from(!failed.is_empty()))
}

impl Output {
    /// Runs the tests, and returns whether they succeeded. Their output goes to standard error.
    fn write(&self, binaries: &[TestBinary]) -> Result<bool, Box<dyn Error>> {
        let is_it = |it: &&TestBinary| it.package == self.package && it.name == self.binary;
        let binary = binaries
            .iter()
            .find(is_it)
            .ok_or_else(|| format!("{} has no tests {}", self.package, self.binary))?;
        let (variable, value) = self.variable;
        let status = Command::new(&binary.executable)
            .current_dir(&binary.folder)
            .env("CARGO_MANIFEST_DIR", &binary.folder)
            .env(variable, value)
            .arg("--quiet")
            .args(self.tests)
            .stdout(io::stderr())
            .status()?;
        Ok(status.success())
    }
}

/// The files of the repository.
type Contents = BTreeMap<PathBuf, Vec<u8>>;

/// Folders without expected outputs.
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
