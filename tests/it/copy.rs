//! A copy of the project, to build it with another contract or as part of another program.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use face_search_enroll_test_support::dependencies::reuse_dependencies;

/// The contract that tests change: a frozen one, so that the tests do not depend on changes of the
/// real one.
pub(crate) const BASE: &str = "tests/frozen/face-search-enroll.yaml";

/// A copy of the project with its own contract. Compiled dependencies are kept between runs.
pub(crate) struct Copy {
    root: PathBuf,
    /// There is one copy, so only one test may use it at a time, across processes.
    _lock: fs::File,
}

/// The programs that use the crate: their names, manifests and sources.
const PROGRAMS: [(&str, &str, &str); 2] = [
    (
        "user",
        include_str!("../changed-contract/Cargo.toml.txt"),
        include_str!("../changed-contract/main.rs.txt"),
    ),
    (
        "neighbour",
        include_str!("../neighbour/Cargo.toml.txt"),
        include_str!("../neighbour/main.rs.txt"),
    ),
];

impl Copy {
    pub(crate) fn new() -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changed-contract");
        let lock = fs::File::create(root.with_extension("lock")).unwrap();
        lock.lock().unwrap();
        let copy = Self { root, _lock: lock };
        if !copy.target().exists() {
            let compiled = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
            reuse_dependencies(compiled, &copy.target());
        }
        copy_folder(Path::new(env!("CARGO_MANIFEST_DIR")), &copy.root);
        // Users of the crate are in the same workspace, so that one lock file is enough.
        let names = PROGRAMS.map(|(name, ..)| format!("{name:?}, ")).concat();
        for (name, manifest, program) in PROGRAMS {
            copy.write(&format!("{name}/Cargo.toml"), manifest);
            copy.write(&format!("{name}/src/main.rs"), program);
        }
        let members = format!("\nmembers = [{names}");
        let manifest = crate::read("Cargo.toml").replace("\nmembers = [", &members);
        copy.write("Cargo.toml", &manifest);
        copy
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        write_if_changed(&self.root.join(path), text.as_bytes());
    }

    /// Replaces texts of the contract. Each of them must exist.
    pub(crate) fn change_contract(&self, changes: &[(&str, &str)]) {
        self.change(crate::read(BASE), changes);
    }

    /// Like `change_contract`, with another contract.
    pub(crate) fn change(&self, mut contract: String, changes: &[(&str, &str)]) {
        for (old, new) in changes {
            assert!(contract.contains(old), "the contract has no {old:?}");
            contract = contract.replacen(old, new, 1);
        }
        self.write(crate::CONTRACT_FILE, &contract);
    }

    /// Runs `cargo build` with these arguments.
    pub(crate) fn build(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .current_dir(&self.root)
            .args(["build", "--offline"])
            .args(arguments)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap()
    }

    /// Runs a program that was built, and returns what it prints.
    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> String {
        let program = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        let program = self.target().join("debug").join(program);
        let output = Command::new(program).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn target(&self) -> PathBuf {
        self.root.with_extension("target")
    }
}

/// Copies only files that differ, so that cargo sees only real changes.
fn copy_folder(from: &Path, to: &Path) {
    let written_by_the_test =
        ["Cargo.toml", crate::CONTRACT_FILE].map(face_search_enroll_test_support::path);
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            // Skip the target folder, which contains this copy.
            let holds_the_copy = Path::new(env!("CARGO_TARGET_TMPDIR")).starts_with(&path);
            if !holds_the_copy && !matches!(name, "target" | ".git") {
                copy_folder(&path, &to.join(name));
            }
        } else if !written_by_the_test.contains(&path) {
            write_if_changed(&to.join(name), &fs::read(&path).unwrap());
        }
    }
}

fn write_if_changed(path: &Path, bytes: &[u8]) {
    if fs::read(path).is_ok_and(|found| found == bytes) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
