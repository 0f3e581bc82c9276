//! A copy of the project, which is built with another contract or as part of another program.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The contract that is changed: one that stays as it is, whatever becomes of that of the repository.
pub(crate) const BASE: &str = "tests/frozen/face-search-enroll.yaml";

/// A copy of the project with a contract of its own; its compiled dependencies are kept.
pub(crate) struct Copy {
    root: PathBuf,
    /// One copy, one test at a time, whichever process it runs in.
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
        copy_folder(Path::new(env!("CARGO_MANIFEST_DIR")), &copy.root);
        // Users of the crate, in the same workspace so that one lock file serves.
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

    /// Replaces texts of the contract, each of which must be there.
    pub(crate) fn change_contract(&self, changes: &[(&str, &str)]) {
        self.change(crate::read(BASE), changes);
    }

    /// The same with another contract.
    pub(crate) fn change(&self, mut contract: String, changes: &[(&str, &str)]) {
        for (old, new) in changes {
            assert!(contract.contains(old), "the contract has no {old:?}");
            contract = contract.replacen(old, new, 1);
        }
        self.write(crate::CONTRACT_FILE, &contract);
    }

    /// Builds what these arguments say.
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

    /// What a program prints that was built.
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

/// Copies what is not there in the same form, so that cargo sees only what changed.
fn copy_folder(from: &Path, to: &Path) {
    let written_by_the_test =
        ["Cargo.toml", crate::CONTRACT_FILE].map(face_search_enroll_test_support::path);
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            // The target folder holds this copy, whatever it is called.
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
