//! Lines of bytes, with their numbers, none of them longer than memory should hold.

use std::io::{self, BufRead, Read};

/// The longest line, in bytes; an id and what else is known of a journey are far shorter.
pub(crate) const LONGEST: usize = 64 * 1024;

pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

/// A line without its end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) bytes: Vec<u8>,
    /// Whether the rest of it was left out.
    pub(crate) too_long: bool,
}

impl Line {
    /// Whether it says nothing: it is blank, or a comment.
    pub(crate) fn is_nothing(&self) -> bool {
        let text = self.bytes.trim_ascii();
        text.is_empty() || text.starts_with(b"#")
    }

    pub(crate) fn text(&self) -> Result<&str, String> {
        std::str::from_utf8(&self.bytes).map_err(|error| {
            let at = error.valid_up_to() + 1;
            format!("byte {at} is not UTF-8; save the file as UTF-8")
        })
    }
}

#[derive(Debug)]
pub(crate) struct Lines<R> {
    reader: R,
    number: u64,
    position: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self {
            reader,
            number: 0,
            position: 0,
        }
    }

    /// How many bytes were read.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Reads the next line into `line`; false at the end.
    pub(crate) fn next(&mut self, line: &mut Line) -> io::Result<bool> {
        line.bytes.clear();
        // A byte more than the longest line has, for its end.
        let mut part = self.reader.by_ref().take(LONGEST as u64 + 1);
        let mut read = part.read_until(b'\n', &mut line.bytes)?;
        if read == 0 {
            return Ok(false);
        }
        line.bytes.pop_if(|byte| *byte == b'\n');
        line.too_long = line.bytes.len() > LONGEST;
        if line.too_long {
            read += self.reader.skip_until(b'\n')?;
            line.bytes.truncate(LONGEST);
        }
        self.position += u64::try_from(read).unwrap_or_default();
        self.number += 1;
        line.number = self.number;
        line.bytes.pop_if(|byte| *byte == b'\r');
        if self.number == 1 && line.bytes.starts_with(BOM) {
            line.bytes.drain(..BOM.len());
        }
        Ok(true)
    }
}
