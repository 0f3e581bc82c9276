//! Lines of bytes, with their numbers. Their length is limited, so that memory is too.

use std::io::{self, BufRead};

use memchr::memchr2;

/// The longest line, in bytes. A line with an id and other facts about it is far shorter.
pub(crate) const LONGEST: usize = 64 * 1024;

pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

/// A line without its end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) bytes: Vec<u8>,
    /// Whether the line was cut off.
    pub(crate) too_long: bool,
}

impl Line {
    pub(crate) fn is_blank(&self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }

    pub(crate) fn text(&self) -> Result<&str, String> {
        std::str::from_utf8(&self.bytes).map_err(|error| {
            let at = error.valid_up_to() + 1;
            format!("byte {at} is not UTF-8; save the file as UTF-8")
        })
    }

    /// Adds as much as fits.
    fn push(&mut self, part: &[u8]) {
        let room = LONGEST - self.bytes.len();
        self.too_long |= part.len() > room;
        self.bytes
            .extend_from_slice(part.get(..room).unwrap_or(part));
    }
}

/// Lines that end with LF, with CR LF, or with CR alone.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    reader: R,
    number: u64,
    position: u64,
    /// Whether the last line ended with CR. A LF that follows belongs to the same line end. It is read with
    /// the next line, because it may arrive much later.
    after_cr: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self {
            reader,
            number: 0,
            position: 0,
            after_cr: false,
        }
    }

    /// How many bytes were read.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Reads the next line into `line`. Returns false at the end.
    pub(crate) fn next(&mut self, line: &mut Line) -> io::Result<bool> {
        line.bytes.clear();
        line.too_long = false;
        let mut begun = false;
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                if !begun {
                    return Ok(false);
                }
                break;
            }
            let rest = match buffer.strip_prefix(b"\n") {
                Some(rest) if self.after_cr => rest,
                _ => buffer,
            };
            self.after_cr = false;
            let skipped = buffer.len() - rest.len();
            let end = memchr2(b'\n', b'\r', rest);
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            line.push(part);
            begun |= !rest.is_empty();
            self.after_cr = after.first() == Some(&b'\r');
            let used = skipped + part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            self.position += u64::try_from(used).unwrap_or_default();
            if end.is_some() {
                break;
            }
        }
        self.number += 1;
        line.number = self.number;
        if self.number == 1 && line.bytes.starts_with(BOM) {
            line.bytes.drain(..BOM.len());
        }
        Ok(true)
    }
}
