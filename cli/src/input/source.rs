//! The decompressed bytes of an input in UTF-8, and its first bytes.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::Path,
    sync::{Arc, atomic::AtomicU64},
};

#[cfg(feature = "xlsx")]
use super::workbook;
use super::{
    compression,
    lines::LONGEST,
    observed_reader::ObservedReader,
    options::is_standard_input,
    utf16::{ByteOrder, Utf16Reader},
};

/// How many bytes are enough to detect a format.
const ENOUGH: usize = 32;

/// The largest workbook, in bytes. A workbook is held in memory.
#[cfg(feature = "xlsx")]
const LARGEST: u64 = 1 << 30;

pub(crate) struct Source {
    pub(crate) reader: Box<dyn BufRead + Send>,
    /// The first bytes, which the reader yields too.
    pub(crate) beginning: Vec<u8>,
    /// Whether the file is compressed or not in UTF-8.
    pub(crate) is_converted: bool,
    /// How many bytes were read from the file.
    pub(crate) taken: Arc<AtomicU64>,
}

impl Source {
    /// `before_read` is called before each read of the file, because a read may block.
    pub(crate) fn open(
        path: &Path,
        before_read: impl FnMut() + Send + 'static,
    ) -> io::Result<Self> {
        let file: Box<dyn Read + Send> = if is_standard_input(path) {
            Box::new(io::stdin())
        } else {
            if path.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            Box::new(File::open(path)?)
        };
        let file = ObservedReader::new(file, before_read);
        let taken = Arc::clone(&file.taken);
        // Small reads, because the bytes read from a compressed file are used to show the progress.
        let (beginning, reader) = begun(file, 8 * 1024)?;
        let source = match compression::uncompressed(&beginning, reader)? {
            Ok(text) => Self::converted(text, taken)?,
            Err(reader) => Self {
                reader: Box::new(reader),
                beginning,
                is_converted: false,
                taken,
            },
        };
        match ByteOrder::of(&source.beginning) {
            Some(order) => Self::converted(Utf16Reader::new(source.reader, order), source.taken),
            None => Ok(source),
        }
    }

    fn converted(text: impl Read + Send + 'static, taken: Arc<AtomicU64>) -> io::Result<Self> {
        let (beginning, reader) = begun(text, LONGEST)?;
        Ok(Self {
            reader: Box::new(reader),
            beginning,
            is_converted: true,
            taken,
        })
    }

    #[cfg(feature = "xlsx")]
    pub(crate) fn is_workbook(&self) -> bool {
        self.beginning.starts_with(workbook::BEGINNING)
    }

    #[cfg(not(feature = "xlsx"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    pub(crate) fn is_workbook(&self) -> bool {
        false
    }

    /// Reads all bytes.
    #[cfg(feature = "xlsx")]
    pub(crate) fn bytes(self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.reader.take(LARGEST).read_to_end(&mut bytes)?;
        if u64::try_from(read).is_ok_and(|read| read < LARGEST) {
            return Ok(bytes);
        }
        Err(io::Error::other(
            "the workbook is too large; save it as CSV",
        ))
    }
}

/// Reads enough to detect the format, or one line, because a program that writes lines may pause after each.
/// Returns these bytes, and a reader of everything.
fn begun<R: Read>(mut reader: R, capacity: usize) -> io::Result<(Vec<u8>, impl BufRead + use<R>)> {
    let (mut beginning, mut filled) = (vec![0; capacity], 0);
    while filled < ENOUGH {
        let room = beginning.get_mut(filled..).unwrap_or_default();
        let read = match reader.read(room) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        filled += read;
        if read == 0 || beginning.contains(&b'\n') {
            break;
        }
    }
    beginning.truncate(filled);
    let all = Cursor::new(beginning.clone()).chain(reader);
    Ok((beginning, BufReader::with_capacity(capacity, all)))
}
