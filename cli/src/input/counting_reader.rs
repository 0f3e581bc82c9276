//! A reader that counts the bytes that are taken from it: they say how far reading has got.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Counts what is taken from a reader.
pub(crate) struct CountingReader<R> {
    reader: R,
    pub(crate) taken: Arc<AtomicU64>,
}

impl<R> CountingReader<R> {
    pub(crate) fn new(reader: R) -> Self {
        let taken = Arc::default();
        Self { reader, taken }
    }
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let count = u64::try_from(read).unwrap_or_default();
        self.taken.fetch_add(count, Ordering::Relaxed);
        Ok(read)
    }
}
