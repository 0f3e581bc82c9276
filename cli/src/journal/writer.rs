//! Writing a journal: each record is written before its id counts as done.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Seek, SeekFrom, Write},
    path::Path,
};

use super::{
    disk_sync::DiskSync,
    file_error::failed,
    file_kind,
    reader::{self, JournalEnd},
};
use crate::{known_ids::KnownIds, output_format::write_json, problem::Problem, record::Record};

/// A journal that is written, locked for as long as it lives.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// How much of the file is whole records.
    length: u64,
    /// Records that are not in it yet.
    pending: Vec<u8>,
    sync: DiskSync,
}

impl Journal {
    /// A new file: one that is there is not touched.
    pub(crate) fn create(path: &Path) -> Result<Self, String> {
        file_kind::refuse_irregular(path)?;
        let mut options = OpenOptions::new();
        let opened = options.append(true).read(true).create_new(true).open(path);
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!(
                "the journal {} is there already; pass --resume to go on with it, or another --output",
                path.display()
            ),
            _ => failed("create", path)(error),
        })?;
        Self::locked(file, path)
    }

    /// Goes on with a file if it is there. Gives what it has settled, and what to tell of it.
    pub(crate) fn resume(
        path: &Path,
        region: &str,
    ) -> Result<(Self, KnownIds, Option<String>), Problem> {
        file_kind::refuse_irregular(path)?;
        let mut options = OpenOptions::new();
        let opened = options.append(true).read(true).create(true).open(path);
        let file = opened.map_err(failed("open", path))?;
        let mut journal = Self::locked(file, path)?;
        let (settled, end) = reader::read_settled(&journal.file, path, region)?;
        let mut note = None;
        if let JournalEnd::Torn(length) = end {
            let truncated = journal.file.set_len(length);
            truncated.map_err(failed("shorten", path))?;
            note = Some(format!(
                "the last line of {} was torn, and is dropped: its id counts as not called",
                path.display()
            ));
        }
        let length = journal.file.seek(SeekFrom::End(0));
        journal.length = length.map_err(failed("read", path))?;
        if end == JournalEnd::Unended {
            journal.pending.push(b'\n');
            journal.flush().map_err(failed("end", path))?;
        }
        Ok((journal, settled, note))
    }

    fn locked(file: File, path: &Path) -> Result<Self, String> {
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => format!(
                "another run writes the journal {}; wait for it, or pass another --output",
                path.display()
            ),
            TryLockError::Error(error) => failed("lock", path)(error),
        })?;
        let sync = DiskSync::start(&file, path).map_err(failed("sync", path))?;
        Ok(Self {
            file,
            length: 0,
            pending: Vec::new(),
            sync,
        })
    }

    /// Adds a record, which is kept by the next [`flush`](Self::flush).
    pub(crate) fn add(&mut self, record: &Record<'_>) -> io::Result<()> {
        write_json(&mut self.pending, record)
    }

    /// Writes what was added with one call to the system: a process that is killed leaves whole lines
    /// but for the last one.
    ///
    /// # Errors
    ///
    /// If it could not be written, or something before it not be synced: it is taken back then, and
    /// still [`unwritten`](Self::unwritten).
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        if self.sync.has_failed() {
            return Err(io::Error::other(
                "the disk did not take what was written before",
            ));
        }
        if self.pending.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.file.write_all(&self.pending) {
            // Where this fails too the torn line is dropped by the next run.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.length += u64::try_from(self.pending.len()).unwrap_or_default();
        self.pending.clear();
        self.sync.request();
        Ok(())
    }

    /// Records that are not written yet, or could not be.
    pub(crate) fn unwritten(&self) -> &[u8] {
        &self.pending
    }

    /// Waits until all records are on the disk.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.sync.finish()
    }
}
