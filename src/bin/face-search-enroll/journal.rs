//! The journal of a run: a record a line, each written before its id counts as done.

use std::{
    error::Error,
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::Duration,
};

use crate::{
    digest::{Digest, Digests},
    record::{Record, Status, Written},
};

/// How long a record may be written and not yet be safe from a loss of power.
const SYNC_EVERY: Duration = Duration::from_secs(1);

/// What earlier runs settled.
#[derive(Debug)]
pub(crate) struct Settled {
    enrolled: Digests,
    rejected: Digests,
}

impl Settled {
    pub(crate) fn nothing() -> Self {
        Self {
            enrolled: Digests::new(),
            rejected: Digests::new(),
        }
    }

    /// A settled record is not undone by one that failed, before or after it.
    fn add(&mut self, digest: Digest, status: Status) {
        let (known, other) = match status {
            Status::Enrolled | Status::AlreadyEnrolled => (&mut self.enrolled, &mut self.rejected),
            Status::Rejected => (&mut self.rejected, &mut self.enrolled),
            Status::Failed => return,
        };
        known.insert(digest);
        other.remove(digest);
    }

    /// What became of an id, which is forgotten: each is asked for once.
    pub(crate) fn take(&mut self, digest: Digest) -> Option<Status> {
        if self.enrolled.remove(digest) {
            return Some(Status::Enrolled);
        }
        self.rejected.remove(digest).then_some(Status::Rejected)
    }
}

/// A journal that is written, locked for as long as it lives.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// How much of the file is whole records.
    length: u64,
    line: Vec<u8>,
    sync: Sync,
}

impl Journal {
    /// A new file: one that is there is not touched.
    pub(crate) fn create(path: &Path) -> Result<Self, String> {
        let mut options = OpenOptions::new();
        let opened = options.append(true).read(true).create_new(true).open(path);
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!(
                "the journal {} is there already; pass --resume to go on with it, or another --output",
                path.display()
            ),
            _ => failed("create", path, &error),
        })?;
        Self::locked(file, path)
    }

    /// Goes on with a file if it is there. Gives what it has settled, and what to tell of it.
    pub(crate) fn resume(
        path: &Path,
        region: Option<&str>,
    ) -> Result<(Self, Settled, Option<String>), Box<dyn Error>> {
        let regular = path.metadata().map(|metadata| metadata.is_file());
        if !regular.unwrap_or(true) {
            return Err(format!("the journal {} is no regular file", path.display()).into());
        }
        let mut options = OpenOptions::new();
        let opened = options.append(true).read(true).create(true).open(path);
        let file = opened.map_err(|error| failed("open", path, &error))?;
        let mut journal = Self::locked(file, path)?;
        let (settled, end) = read(&journal.file, path, region)?;
        let mut note = None;
        match end {
            End::Whole => {}
            End::Unended => journal
                .put(b"\n")
                .map_err(|error| failed("end", path, &error))?,
            End::Torn(length) => {
                let truncated = journal.file.set_len(length);
                truncated.map_err(|error| failed("shorten", path, &error))?;
                note = Some(format!(
                    "the last line of {} was torn, and is dropped: its id counts as not called",
                    path.display()
                ));
            }
        }
        let end = journal.file.seek(SeekFrom::End(0));
        journal.length = end.map_err(|error| failed("read", path, &error))?;
        Ok((journal, settled, note))
    }

    fn locked(file: File, path: &Path) -> Result<Self, String> {
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => format!(
                "another run writes the journal {}; wait for it, or pass another --output",
                path.display()
            ),
            TryLockError::Error(error) => failed("lock", path, &error),
        })?;
        let sync = Sync::start(&file, path).map_err(|error| failed("sync", path, &error))?;
        Ok(Self {
            file,
            length: 0,
            line: Vec::new(),
            sync,
        })
    }

    /// Writes a record with one call to the system: a process that is killed leaves whole lines but
    /// for the last one.
    ///
    /// # Errors
    ///
    /// If it could not be written, or an earlier one not be synced. Half a record is taken back.
    pub(crate) fn write(&mut self, record: &Record<'_>) -> io::Result<()> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        serde_json::to_writer(&mut line, record)?;
        line.push(b'\n');
        let written = self.put(&line);
        self.line = line;
        written
    }

    fn put(&mut self, line: &[u8]) -> io::Result<()> {
        if self.sync.failed.load(Ordering::Relaxed) {
            return Err(io::Error::other(
                "the disk did not take what was written before",
            ));
        }
        if let Err(error) = self.file.write_all(line) {
            // Where this fails too the torn line is dropped by the next run.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.length += u64::try_from(line.len()).unwrap_or_default();
        self.sync.needed.store(true, Ordering::Release);
        Ok(())
    }

    /// Waits until all records are on the disk.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.sync.finish()
    }
}

/// A thread that brings what is written to the disk.
#[derive(Debug)]
struct Sync {
    needed: Arc<AtomicBool>,
    failed: Arc<AtomicBool>,
    /// Dropped when there will be no more.
    more: mpsc::Sender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Sync {
    fn start(file: &File, path: &Path) -> io::Result<Self> {
        let file = file.try_clone()?;
        // A file is found after a loss of power only if its folder is on the disk too.
        if cfg!(unix) {
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        }
        let (more, ended) = mpsc::channel();
        let needed = Arc::new(AtomicBool::new(false));
        let failed = Arc::new(AtomicBool::new(false));
        let shared = (Arc::clone(&needed), Arc::clone(&failed));
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                let (needed, failed) = shared;
                loop {
                    let ended =
                        ended.recv_timeout(SYNC_EVERY) == Err(RecvTimeoutError::Disconnected);
                    if needed.swap(false, Ordering::AcqRel) {
                        file.sync_data()
                            .inspect_err(|_| failed.store(true, Ordering::Relaxed))?;
                    }
                    if ended {
                        return Ok(());
                    }
                }
            })?;
        Ok(Self {
            needed,
            failed,
            more,
            thread,
        })
    }

    fn finish(self) -> io::Result<()> {
        drop(self.more);
        let ended = self.thread.join();
        ended.unwrap_or_else(|_| Err(io::Error::other("the thread that syncs it has ended")))
    }
}

/// What a journal has settled; nothing is changed.
pub(crate) fn settled(path: &Path, region: Option<&str>) -> Result<Settled, Box<dyn Error>> {
    match File::open(path) {
        Ok(file) => Ok(read(&file, path, region)?.0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Settled::nothing()),
        Err(error) => Err(failed("open", path, &error).into()),
    }
}

/// How a journal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// With a whole line, or there is none.
    Whole,
    /// With a whole record that lacks its line break.
    Unended,
    /// With a piece of a record, after this many bytes.
    Torn(u64),
}

fn read(file: &File, path: &Path, region: Option<&str>) -> Result<(Settled, End), Box<dyn Error>> {
    let mut settled = Settled::nothing();
    let end = scan(file, path, |line, record, _| {
        if record.region() != region {
            let name =
                |region: Option<&str>| region.unwrap_or("an endpoint of your own").to_owned();
            let what = format!(
                "line {line} of the journal {} is of {}, and this run calls {}; pass another --output",
                path.display(),
                name(record.region()),
                name(region)
            );
            return Err(what.into());
        }
        settled.add(record.digest(), record.status());
        Ok(())
    })?;
    Ok((settled, end))
}

/// Gives each record of a journal to `each`, with the number and the bytes of its line. What is no
/// record is an error, unless it may be what a process wrote when it was killed.
pub(crate) fn scan(
    file: &File,
    path: &Path,
    mut each: impl FnMut(u64, &Written<'_>, &[u8]) -> Result<(), Box<dyn Error>>,
) -> Result<End, Box<dyn Error>> {
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let (mut line, mut number, mut length) = (Vec::new(), 0, 0);
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line);
        let read = read.map_err(|error| failed("read", path, &error))?;
        if read == 0 {
            return Ok(End::Whole);
        }
        number += 1;
        let ended = line.pop_if(|byte| *byte == b'\n').is_some();
        match serde_json::from_slice::<Written<'_>>(&line) {
            Ok(record) => each(number, &record, &line)?,
            Err(_) if !ended && may_be_torn(&line) => return Ok(End::Torn(length)),
            Err(error) => {
                let what = format!(
                    "line {number} of {} is no record of a journal: {error}; is it the right file?",
                    path.display()
                );
                return Err(what.into());
            }
        }
        if !ended {
            return Ok(End::Unended);
        }
        length += u64::try_from(read).unwrap_or_default();
    }
}

/// Whether a record begins so, or a disk has lost what was there.
fn may_be_torn(line: &[u8]) -> bool {
    line.starts_with(b"{") || line.iter().all(|byte| *byte == 0)
}

fn failed(what: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {what} the journal {}: {error}", path.display())
}
