//! The measured program: builds it, and starts it as the server or as a client. Each gets a processor of its
//! own if `taskset` is available.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::cost::Cost;
use crate::cargo;

type Problem = Box<dyn std::error::Error>;

pub(super) const BENCHES: &str = "face-search-enroll-benches";

/// Builds a release program, and returns its path.
pub(super) fn built(package: &str, name: &str) -> Result<PathBuf, Problem> {
    let arguments = ["--release", "--locked", "--package", package, "--bin", name];
    let messages = cargo::build(&arguments)?;
    let mut programs = messages
        .iter()
        .filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from));
    let program = programs.next_back();
    program.ok_or_else(|| "cargo did not report the path of the program".into())
}

/// Program `calls` of the package `benches`.
pub(super) struct Program(PathBuf);

/// The server. It stops when this is dropped.
pub(super) struct Server {
    child: Child,
    pub(super) address: String,
}

impl Program {
    pub(super) fn build() -> Result<Self, Problem> {
        Ok(Self(built(BENCHES, "calls")?))
    }

    /// Starts the server on its own processor if `taskset` is available.
    pub(super) fn serve(&self) -> Result<Server, Problem> {
        Self::start(&mut pinned(&self.0, "1"))
    }

    /// Starts the server on the same processors as its clients.
    pub(super) fn serve_anywhere(&self) -> Result<Server, Problem> {
        Self::start(&mut Command::new(&self.0))
    }

    fn start(command: &mut Command) -> Result<Server, Problem> {
        let mut child = command.arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        let lines = child
            .stdout
            .take()
            .ok_or("the server has no standard output")?;
        BufReader::new(lines).read_line(&mut address)?;
        let address = address.trim().to_owned();
        Ok(Server { child, address })
    }

    /// The costs of `calls` calls, `concurrency` at a time.
    pub(super) fn measure(
        &self,
        client: &str,
        server: &Server,
        calls: u32,
        concurrency: u32,
    ) -> Result<Cost, Problem> {
        let output = pinned(&self.0, "0")
            .args(["run", client, &server.address])
            .args([calls.to_string(), concurrency.to_string()])
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(format!("the client {client} failed").into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The instructions of `calls` calls in user space, including those of the start.
    pub(super) fn instructions(
        &self,
        client: &str,
        server: &Server,
        calls: u32,
    ) -> Result<f64, Problem> {
        let output = pinned(Path::new("valgrind"), "0")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(&self.0)
            .args(["run", client, &server.address, &calls.to_string(), "1"])
            .output()?;
        let text = String::from_utf8_lossy(&output.stderr);
        let mut lines = text.lines();
        let count = lines.find_map(|line| line.split("Collected :").nth(1));
        match count {
            Some(count) if output.status.success() => Ok(count.trim().parse()?),
            _ => Err(format!("the client {client} failed under valgrind: {text}").into()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing depends on how it ends.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether instructions can be counted.
pub(super) fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// The command, on one processor if `taskset` is available.
pub(super) fn pinned(program: &Path, processor: &str) -> Command {
    let can = Command::new("taskset")
        .args(["-c", processor, "true"])
        .stderr(Stdio::null())
        .status();
    if can.is_ok_and(|status| status.success()) {
        let mut command = Command::new("taskset");
        command.args(["-c", processor]).arg(program);
        return command;
    }
    Command::new(program)
}
