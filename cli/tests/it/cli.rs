//! Runs the command as a process, for tests.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use face_search_enroll_sandbox::Sandbox;
use serde_json::Value;

use crate::TOKEN;

pub(crate) const ACCESS_KEY: &str = "test-access-key-that-nobody-needs-to-see";
pub(crate) const SECRET_KEY: &str = "test-secret-key-that-must-never-be-seen";

/// Secrets that no command prints or writes to a file.
pub(crate) const SECRETS: [&str; 3] = [TOKEN, ACCESS_KEY, SECRET_KEY];

/// The environment variables that the command reads.
pub(crate) const VARIABLES: [&str; 11] = [
    "AWS_BATCH_JOB_ARRAY_INDEX",
    "FACE_SEARCH_ENROLL_ACCESS_KEY",
    "FACE_SEARCH_ENROLL_PROXY",
    "FACE_SEARCH_ENROLL_REGION",
    "FACE_SEARCH_ENROLL_SANDBOX_SECRET_KEY",
    "FACE_SEARCH_ENROLL_SECRET_KEY",
    "FACE_SEARCH_ENROLL_SHARDS",
    "FACE_SEARCH_ENROLL_TOKEN",
    "JOB_COMPLETION_INDEX",
    "SLURM_ARRAY_TASK_ID",
    "SLURM_ARRAY_TASK_MIN",
];

/// The command with these arguments, without the variables that it reads.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_face-search-enroll"));
    command.args(arguments);
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command
}

/// The same command, started by another program.
pub(crate) fn started_by(launcher: &[&str], command: &Command) -> Command {
    let mut started = Command::new(launcher[0]);
    started.args(&launcher[1..]);
    started.arg(command.get_program()).args(command.get_args());
    started.current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => started.env(name, value),
            None => started.env_remove(name),
        };
    }
    started
}

/// Sets the keys of an account in the environment of the command.
pub(crate) fn with_keys<'c>(command: &'c mut Command, secret_key: &str) -> &'c mut Command {
    command
        .env("FACE_SEARCH_ENROLL_ACCESS_KEY", ACCESS_KEY)
        .env("FACE_SEARCH_ENROLL_SECRET_KEY", secret_key)
}

/// The exit code, standard output and standard error.
pub(crate) fn run(command: &mut Command) -> (i32, String, String) {
    ended(command.output().unwrap())
}

pub(crate) fn ended(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    for secret in SECRETS {
        assert!(
            !stdout.contains(secret) && !stderr.contains(secret),
            "{stdout}{stderr}"
        );
    }
    (output.status.code().unwrap(), stdout, stderr)
}

/// A file of this test in the target folder.
pub(crate) fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A folder with ids and a journal, and a sandbox that they are enrolled on.
pub(crate) struct Workplace {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) sandbox: Sandbox,
}

impl Workplace {
    pub(crate) fn new() -> Self {
        Self::of(Sandbox::start().unwrap())
    }

    pub(crate) fn of(sandbox: Sandbox) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, sandbox }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes this many ids to the file `ids.txt`, one per line.
    pub(crate) fn write_ids(&self, count: usize) -> Vec<String> {
        let ids: Vec<_> = (0..count).map(|number| format!("id-{number}")).collect();
        self.write("ids.txt", ids.join("\n"));
        ids
    }

    /// `enroll` in the folder, with a token.
    pub(crate) fn enroll(&self, arguments: &[&str]) -> Command {
        let mut command = self.enroll_without_credentials(arguments);
        command.env("FACE_SEARCH_ENROLL_TOKEN", TOKEN);
        command
    }

    /// The same, with the keys of an account.
    pub(crate) fn enroll_with_keys(&self, arguments: &[&str]) -> Command {
        let mut command = self.enroll_without_credentials(arguments);
        with_keys(&mut command, SECRET_KEY);
        command
    }

    pub(crate) fn enroll_without_credentials(&self, arguments: &[&str]) -> Command {
        let mut command = command(&["enroll", "--endpoint", &self.sandbox.base_url()]);
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    pub(crate) fn records(&self, journal: &str) -> Vec<Value> {
        records(&self.read(journal))
    }
}

/// Parses records, and checks that each has every key.
pub(crate) fn records(lines: &str) -> Vec<Value> {
    let records = lines.lines().map(serde_json::from_str);
    let records: Vec<Value> = records.map(Result::unwrap).collect();
    for record in &records {
        assert_eq!(record.as_object().unwrap().len(), 15, "{record}");
    }
    records
}

/// The ids of the records that have this status, sorted.
pub(crate) fn ids_of(records: &[Value], status: &str) -> Vec<String> {
    let mut ids: Vec<_> = records
        .iter()
        .filter(|record| record["status"] == status)
        .map(|record| record["signature_id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

pub(crate) fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}
