//! A change of the contract is enough: a copy of the project is built with a changed one.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use face_search_enroll_contract::Contract;

/// The contract that is changed: one that stays as it is, whatever becomes of that of the repository.
const BASE: &str = "tests/frozen/face-search-enroll.yaml";

/// A copy of the project with a contract of its own; its compiled dependencies are kept.
struct Copy {
    root: PathBuf,
    /// One copy, one test at a time, whichever process it runs in.
    _lock: fs::File,
}

impl Copy {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changed-contract");
        let lock = fs::File::create(root.with_extension("lock")).unwrap();
        lock.lock().unwrap();
        let copy = Self { root, _lock: lock };
        copy_folder(Path::new(env!("CARGO_MANIFEST_DIR")), &copy.root);
        // A user of the crate, in the same workspace so that one lock file serves.
        let manifest =
            crate::read("Cargo.toml").replace("\nmembers = [", "\nmembers = [\"user\", ");
        copy.write("Cargo.toml", &manifest);
        copy.write(
            "user/Cargo.toml",
            include_str!("../changed-contract/Cargo.toml.txt"),
        );
        copy.write(
            "user/src/main.rs",
            include_str!("../changed-contract/main.rs.txt"),
        );
        copy
    }

    fn write(&self, path: &str, text: &str) {
        write_if_changed(&self.root.join(path), text.as_bytes());
    }

    /// Replaces texts of the contract, each of which must be there.
    fn change_contract<T: AsRef<str>>(&self, changes: &[(T, T)]) {
        let mut contract = crate::read(BASE);
        for (old, new) in changes {
            let (old, new) = (old.as_ref(), new.as_ref());
            assert!(contract.contains(old), "the contract has no {old:?}");
            contract = contract.replacen(old, new, 1);
        }
        self.write(crate::CONTRACT_FILE, &contract);
    }

    /// Builds the command, and what else these arguments say.
    fn build(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .current_dir(&self.root)
            .args(["build", "--offline", "--package", "face-search-enroll-cli"])
            .args(arguments)
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap()
    }

    /// What a program prints that was built.
    fn run(&self, program: &str, arguments: &[&str]) -> String {
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

/// A third operation, which takes a face out of the face set again.
const FORGET: &str = r"  /openapi/face-set/v1/forget:
    post:
      operationId: forget
      x-title: Forget a face
      summary: Take a face out of the face set
      x-effect:
        name: forgotten
        of: signatureId
        'yes': the face is forgotten
        'no': the face was not forgotten
        unknown: the face may be forgotten
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/EnrollRequest'
      responses:
        '200':
          description: The envelope.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/EnrollResponse'
              examples:
                forgotten:
                  x-outcome: Forgotten
                  value:
                    code: SUCCESS
                    message: OK
                    data: null
                    transactionId: 6c2c50a3049ce67e
      x-outcomes:
        Forgotten:
          summary: The face has been taken out of the face set.
          action: Nothing.
          forgotten: 'yes'
          when: done
          retry: never
          codes: [SUCCESS, PARAMETER_ERROR, SIGNATURE_NOT_EXIST]
        NotThere:
          summary: The face was not in the face set.
          action: Nothing.
          forgotten: 'yes'
          when: done-before
          retry: never
          codes: [SIGNATURE_ALREADY_ENROLLED, FACE_TOO_SMALL]

";

/// A seventh region, a new code with a new outcome, a new message of an old code, and an operation. Every
/// outcome of the platform says what it means for the effect of that.
fn grown() -> Vec<(String, String)> {
    let mut changes: Vec<_> = GROWN
        .iter()
        .map(|(old, new)| ((*old).to_owned(), (*new).to_owned()))
        .collect();
    let contract = crate::read(BASE);
    let (operations, rest) = contract.split_once("\nx-platform-outcomes:").unwrap();
    let (platform, _) = rest.split_once("\ncomponents:").unwrap();
    let effects = platform.replace("    enrolled: ", "    forgotten: 'no'\n    enrolled: ");
    let end = operations.lines().next_back().unwrap();
    changes.push((
        format!("{end}\n\nx-platform-outcomes:{platform}"),
        format!("{end}\n\n{FORGET}x-platform-outcomes:{effects}"),
    ));
    changes
}

const GROWN: [(&str, &str); 5] = [
    (
        "\ntags:\n",
        "  - url: https://jp-api.advance.ai\n    description: Japan\n    x-region: { name: Japan, code: jp, country: JP, source: ours }\n\ntags:\n",
    ),
    (
        "          description: Vietnam\n          x-source: ours\n",
        "          description: Vietnam\n          x-source: ours\n        - url: https://jp-api.advance.ai\n          description: Japan\n          x-source: ours\n",
    ),
    (
        "        - ERROR\n",
        "        - ERROR\n        - FACE_TOO_SMALL\n",
    ),
    (
        "        ServerError:\n",
        "        FaceTooSmall:\n          summary: The face in the journey is too small.\n          action: Ask for a new journey.\n          enrolled: 'no'\n          retry: never\n          charge: free\n          codes: [FACE_TOO_SMALL]\n        ServerError:\n",
    ),
    (
        "                server-error:\n",
        "                face-too-small:\n                  x-outcome: FaceTooSmall\n                  value:\n                    code: ERROR\n                    message: Face is too small.\n                    data: null\n                    extra: null\n                    transactionId: 1deae5a13ef2bd5e\n                    pricingStrategy: FREE\n                server-error:\n",
    ),
];

#[test]
fn a_new_region_a_new_code_and_a_new_operation_need_no_rust() {
    let copy = Copy::new();
    copy.change_contract(&grown());

    // The user is a program that asserts what it finds: region, classification, sandbox.
    // With the command at once: what both need is compiled once.
    let output = copy.build(&["--quiet", "--package", "user"]);
    assert!(output.status.success(), "{output:?}");
    let shown = copy.run("user", &[]);
    assert_eq!(
        shown,
        "Japan JP JPN https://jp-api.advance.ai\nFaceTooSmall FACE_TOO_SMALL\nforget: SUCCESS, SIGNATURE_ALREADY_ENROLLED\n"
    );

    let regions = copy.run("face-search-enroll", &["regions"]);
    let base = Contract::parse(BASE, &crate::read(BASE)).unwrap();
    assert_eq!(regions.lines().count(), base.regions.len() + 1);
    assert!(
        regions.contains("jp  Japan        JP  JPN  https://jp-api.advance.ai\n"),
        "{regions}"
    );
}

#[test]
fn a_contract_that_cannot_be_used_fails_the_build_with_its_lines_alone() {
    let copy = Copy::new();
    copy.change_contract(&[
        ("          retry: never", "          retry: perhaps"),
        ("country: SG", "country: XX"),
        (
            "    enrolled: 'no'\n    when: unauthorized",
            "    enrolled: maybe\n    when: unauthorized",
        ),
    ]);

    let output = copy.build(&["--quiet"]);

    assert!(!output.status.success());
    let shown = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<_> = shown.lines().collect();
    let place = format!(
        "error: face-search-enroll@{}: {}:",
        env!("CARGO_PKG_VERSION"),
        crate::CONTRACT_FILE
    );
    assert_eq!(lines.len(), 4, "{shown}");
    for (line, what) in lines.iter().zip([
        "country XX",
        "\"perhaps\" for retry",
        "\"maybe\" for enrolled",
    ]) {
        assert!(line.starts_with(&place) && line.contains(what), "{line}");
    }
    assert!(
        lines[3].starts_with("error: build script logged errors"),
        "{shown}"
    );
}

#[test]
fn the_build_script_runs_when_the_contract_changes_and_at_no_other_time() {
    let copy = Copy::new();
    let build = || {
        let output = copy.build(&["--verbose"]);
        let shown = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{shown}");
        let ran = |line: &str| {
            line.contains("Running")
                && line.contains("face-search-enroll")
                && line.contains("build-script-build")
        };
        shown.lines().any(ran)
    };
    copy.change_contract::<&str>(&[]);
    build();
    assert!(!build(), "nothing has changed");

    copy.write(
        "src/lenient.rs",
        &(crate::read("src/lenient.rs") + "\n// changed\n"),
    );
    copy.write("README.md", &(crate::read("README.md") + "\nchanged\n"));
    copy.write("openapi/errata.yaml", "changed: true\n");
    assert!(!build(), "what has changed is not the contract");

    copy.change_contract(&[("version: ", "version: 9")]);
    assert!(build(), "the contract has changed");
}
