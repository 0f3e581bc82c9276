//! `bless` runs every test that can rewrite its expected output.

use std::{
    fs,
    path::{Path, PathBuf},
};

use xtask::bless::OUTPUTS;

/// Marks in the source of a test that compares with a file and can rewrite it.
const MARKS: [&str; 4] = [
    "\"UPDATE_EXPECTED\"",
    "assert_file(",
    "Wrong::default()",
    "TestCases::new()",
];

/// Helpers of several tests, and this test. What a call costs is no expected output: a change of it is a decision.
const SHARED: [&str; 4] = [
    "tests/support/src/instructions.rs",
    "tests/support/src/lib.rs",
    "contract/tests/patch/mod.rs",
    "xtask/tests/it/bless.rs",
];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() && name != "target" && name != ".git" {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn every_test_that_rewrites_what_it_expects_is_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let mut writers = 0;
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_str().unwrap();
        let source = fs::read_to_string(&file).unwrap();
        if SHARED.contains(&name) || !MARKS.iter().any(|mark| source.contains(mark)) {
            continue;
        }
        let Some((folder, test)) = name.rsplit_once("tests/") else {
            continue;
        };
        writers += 1;
        let manifest = fs::read_to_string(root.join(folder).join("Cargo.toml")).unwrap();
        let module = test
            .strip_prefix("it/")
            .and_then(|test| test.strip_suffix(".rs"));
        let is_run = OUTPUTS.iter().any(|output| {
            let package = format!("name = \"{}\"\n", output.package);
            manifest.contains(&package)
                && match module {
                    Some(module) => output.tests.iter().any(|it| it.starts_with(module)),
                    None => format!("{}.rs", output.binary) == test,
                }
        });
        assert!(
            is_run,
            "{name} can rewrite its expected output, but `cargo xtask bless` does not run it; add it to OUTPUTS in xtask/src/bless.rs"
        );
    }
    assert!(writers > 5, "the tests have moved");
}
