//! A reader that reports when it is read from, and how many bytes were read.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

pub(crate) struct ObservedReader<R, F> {
    reader: R,
    before_read: F,
    /// How many bytes were read.
    pub(crate) taken: Arc<AtomicU64>,
}

impl<R, F> ObservedReader<R, F> {
    /// `before_read` is called before each read, because a read may block.
    pub(crate) fn new(reader: R, before_read: F) -> Self {
        Self {
            reader,
            before_read,
            taken: Arc::default(),
        }
    }
}

impl<R: Read, F: FnMut()> Read for ObservedReader<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (self.before_read)();
        let read = self.reader.read(buffer)?;
        let count = u64::try_from(read).unwrap_or_default();
        self.taken.fetch_add(count, Ordering::Relaxed);
        Ok(read)
    }
}
