//! A thread that flushes the journal to disk, so that it survives a power failure.

use std::{
    fs::File,
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::Duration,
};

/// How often the file is flushed. A power failure loses at most the records of this time.
const SYNC_EVERY: Duration = Duration::from_secs(1);

/// A thread that flushes a file to disk.
#[derive(Debug)]
pub(crate) struct DiskSync {
    needed: Arc<AtomicBool>,
    failed: Arc<AtomicBool>,
    /// Dropped when there will be no more writes.
    more: mpsc::Sender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl DiskSync {
    pub(crate) fn start(file: &File, path: &Path) -> io::Result<Self> {
        let file = file.try_clone()?;
        // After a power failure, the file is found only if its folder was flushed too.
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

    /// Whether a flush has failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Requests a flush of everything that was written so far.
    pub(crate) fn request(&self) {
        self.needed.store(true, Ordering::Release);
    }

    /// Waits until everything is on disk.
    pub(crate) fn finish(self) -> io::Result<()> {
        drop(self.more);
        let ended = self.thread.join();
        ended.unwrap_or_else(|_| Err(io::Error::other("the thread that flushes it has stopped")))
    }
}
