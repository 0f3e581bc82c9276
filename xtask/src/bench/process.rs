//! Runs the command in its own folder, and measures its process.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    slice,
    thread::sleep,
    time::{Duration, Instant},
};

use super::program::{built, pinned};
use crate::cargo;

type Problem = Box<dyn std::error::Error>;

/// The time between two looks at a process.
const TICK: Duration = Duration::from_millis(5);

/// The cost of a process.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    pub(super) seconds: f64,
    /// The peak of its memory, in bytes. None if the system does not report it.
    pub(super) memory: Option<f64>,
}

/// A process that runs.
struct Running {
    child: Child,
    started: Instant,
    memory: Option<f64>,
}

impl Running {
    fn start(command: &mut Command) -> Result<Self, Problem> {
        Ok(Self {
            child: command
                .stderr(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()?,
            started: Instant::now(),
            memory: None,
        })
    }

    /// Returns its cost if it has ended.
    fn poll(&mut self) -> Result<Option<Cost>, Problem> {
        // Before the status: the system reports no memory of a process that has ended.
        self.memory = peak_memory(self.child.id()).or(self.memory);
        let Some(status) = self.child.try_wait()? else {
            return Ok(None);
        };
        let seconds = self.started.elapsed().as_secs_f64();
        if !status.success() {
            let errors = self.child.stderr.take().map(io::read_to_string);
            return Err(errors.transpose()?.unwrap_or_default().into());
        }
        Ok(Some(Cost {
            seconds,
            memory: self.memory,
        }))
    }
}

/// Runs a process until it ends.
pub(super) fn measure(command: &mut Command) -> Result<Cost, Problem> {
    let costs = measure_all(slice::from_mut(command))?;
    costs
        .first()
        .copied()
        .ok_or_else(|| "no process ran".into())
}

/// Runs processes at the same time until all of them end.
pub(super) fn measure_all(commands: &mut [Command]) -> Result<Vec<Cost>, Problem> {
    let started: Result<Vec<_>, _> = commands.iter_mut().map(Running::start).collect();
    let mut running = started?;
    let mut costs = Vec::new();
    while !running.is_empty() {
        let mut left = Vec::new();
        for mut process in running {
            match process.poll()? {
                Some(cost) => costs.push(cost),
                None => left.push(process),
            }
        }
        running = left;
        sleep(TICK);
    }
    Ok(costs)
}

/// The peak memory that Linux reports for a process.
fn peak_memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0)
}

/// The command, and the files that it reads and writes.
pub(super) struct Workplace {
    command: PathBuf,
    folder: PathBuf,
}

impl Workplace {
    pub(super) const IDS: &str = "ids.txt";

    pub(super) fn new() -> Result<Self, Problem> {
        let folder = cargo::root().join("target/bench");
        fs::create_dir_all(&folder)?;
        Ok(Self {
            command: built("face-search-enroll-cli", "face-search-enroll")?,
            folder,
        })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The id with this number. `bare-loop` uses the same ids.
    pub(super) fn id(number: u32) -> String {
        format!("{number:016x}")
    }

    /// Writes a file with this many ids.
    pub(super) fn write_ids(&self, count: u32) -> Result<PathBuf, Problem> {
        let path = self.path(Self::IDS);
        let mut file = BufWriter::new(File::create(&path)?);
        for number in 0..count {
            writeln!(file, "{}", Self::id(number))?;
        }
        file.flush()?;
        Ok(path)
    }

    /// The command `enroll` with a journal of this name, on one processor if one is named.
    pub(super) fn enroll(
        &self,
        address: &str,
        ids: &Path,
        journal: &str,
        processor: Option<&str>,
    ) -> Command {
        let mut command = match processor {
            Some(processor) => pinned(&self.command, processor),
            None => Command::new(&self.command),
        };
        command
            .args(["enroll", "--quiet", "--endpoint", address, "--input"])
            .arg(ids)
            .arg("--output")
            .arg(self.path(journal))
            .env("FACE_SEARCH_ENROLL_TOKEN", "0123456789abcdef");
        command
    }

    /// Removes a journal.
    pub(super) fn forget(&self, journal: &str) -> io::Result<()> {
        match fs::remove_file(self.path(journal)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
