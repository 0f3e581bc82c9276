//! Writes a journal. Each record is written before its id counts as done.

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

/// A journal that is open for writing. It is locked until it is dropped.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// The length of the complete records in the file.
    length: u64,
    /// Records that are not written yet.
    pending: Vec<u8>,
    sync: DiskSync,
}

impl Journal {
    /// Creates a new file. An existing one is never overwritten.
    pub(crate) fn create(path: &Path) -> Result<Self, String> {
        file_kind::refuse_irregular(path)?;
        let mut options = OpenOptions::new();
        let opened = options.append(true).read(true).create_new(true).open(path);
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!(
                "the journal {} already exists; pass --resume to continue it, or choose another --output",
                path.display()
            ),
            _ => failed("create", path)(error),
        })?;
        Self::locked(file, path)
    }

    /// Continues an existing file, or creates one. Returns the ids that it settles, and a note for the user.
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
            truncated.map_err(failed("truncate", path))?;
            note = Some(format!(
                "the last line of {} was incomplete and has been removed; its id is sent again",
                path.display()
            ));
        }
        let length = journal.file.seek(SeekFrom::End(0));
        journal.length = length.map_err(failed("read", path))?;
        if end == JournalEnd::Unended {
            journal.pending.push(b'\n');
            journal.flush().map_err(failed("write to", path))?;
        }
        Ok((journal, settled, note))
    }

    fn locked(file: File, path: &Path) -> Result<Self, String> {
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => format!(
                "another run is writing to the journal {}; wait until it ends, or choose another --output",
                path.display()
            ),
            TryLockError::Error(error) => failed("lock", path)(error),
        })?;
        let sync = DiskSync::start(&file, path).map_err(failed("flush", path))?;
        Ok(Self {
            file,
            length: 0,
            pending: Vec::new(),
            sync,
        })
    }

    /// Adds a record. It is written by the next [`flush`](Self::flush).
    pub(crate) fn add(&mut self, record: &Record<'_>) -> io::Result<()> {
        write_json(&mut self.pending, record)
    }

    /// Writes the pending records with one system call. So a process that is killed leaves complete lines,
    /// except possibly the last one.
    ///
    /// # Errors
    ///
    /// If the records could not be written, or an earlier flush to disk has failed. The records are then
    /// removed from the file and remain [`unwritten`](Self::unwritten).
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        if self.sync.has_failed() {
            return Err(io::Error::other(
                "earlier results could not be flushed to disk",
            ));
        }
        if self.pending.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.file.write_all(&self.pending) {
            // If this fails too, the next run removes the incomplete line.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.length += u64::try_from(self.pending.len()).unwrap_or_default();
        self.pending.clear();
        self.sync.request();
        Ok(())
    }

    /// Records that are not written yet, or could not be written.
    pub(crate) fn unwritten(&self) -> &[u8] {
        &self.pending
    }

    /// Waits until all records are on disk.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.sync.finish()
    }
}
