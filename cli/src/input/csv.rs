//! CSV: a record of cells, which may hold line breaks in quotes.
//!
//! The crate `csv` reads the cells. Where a record ends is found here: it is to have a bounded length,
//! and a quote that nobody meant must not hide the records after it, so their lines are kept until the
//! quote has ended well.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Cursor},
};

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::{
    column::{self, IdColumn},
    entry::InputEntry,
    lines::{LONGEST, Line, Lines},
    quotes::Quotes,
};

/// The longest record, in bytes: a cell with line breaks may have a longer text than a line.
const LONGEST_RECORD: usize = 16 * LONGEST;

#[derive(Debug)]
pub(crate) struct Csv {
    /// Lines of a quote that never ended, to be read anew.
    again: VecDeque<Line>,
    /// Given the text of one record at a time.
    reader: Reader<Cursor<Vec<u8>>>,
    record: ByteRecord,
    delimiter: u8,
    /// Counted from 0.
    column: usize,
}

impl Csv {
    /// Reads the header, if there is one. Gives what to tell of it.
    pub(crate) fn new(
        lines: &mut Lines<impl BufRead>,
        delimiter: u8,
        column: Option<&IdColumn>,
        has_header: bool,
    ) -> io::Result<(Self, Option<String>)> {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(Cursor::default());
        let mut csv = Self {
            again: VecDeque::new(),
            reader,
            record: ByteRecord::new(),
            delimiter,
            column: 0,
        };
        if let Some(IdColumn::Number(number)) = column {
            csv.column = number.saturating_sub(1);
        }
        let mut note = None;
        if has_header && let Some(header) = csv.read_record(lines)? {
            if let Err(InputEntry { line, id }) = header {
                let reason = id.err().unwrap_or_default();
                return Err(invalid(format!("line {line}: {reason}")));
            }
            let cells = csv.record.iter().map(String::from_utf8_lossy);
            let names: Vec<_> = cells.map(|cell| cell.trim().to_owned()).collect();
            (csv.column, note) = column::find(column, &names).map_err(invalid)?;
        }
        Ok((csv, note))
    }

    pub(crate) fn next(
        &mut self,
        lines: &mut Lines<impl BufRead>,
    ) -> io::Result<Option<InputEntry>> {
        let record = self.read_record(lines)?;
        Ok(record.map(|line| line.map_or_else(|bad| bad, |line| self.entry(line))))
    }

    fn entry(&self, line: u64) -> InputEntry {
        let number = self.column + 1;
        match self.record.get(self.column).map(str::from_utf8) {
            Some(Ok(id)) => InputEntry::id(line, id),
            Some(Err(_)) => InputEntry::bad(
                line,
                format!("column {number} is not UTF-8; save the file as UTF-8"),
            ),
            None => InputEntry::bad(
                line,
                format!(
                    "it has {} columns, and the id is in column {number}",
                    self.record.len()
                ),
            ),
        }
    }

    /// Reads a record, and gives the line that it begins on, or what is wrong with it.
    fn read_record(
        &mut self,
        lines: &mut Lines<impl BufRead>,
    ) -> io::Result<Option<Result<u64, InputEntry>>> {
        let mut taken: Vec<Line> = Vec::new();
        let mut text = Vec::new();
        let mut quotes = Quotes::new(self.delimiter);
        while let Some(line) = self.next_line(lines)? {
            if taken.is_empty() {
                if line.is_nothing() {
                    continue;
                }
                if line.too_long {
                    return Ok(Some(Err(InputEntry::too_long(line.number))));
                }
            }
            text.extend_from_slice(&line.bytes);
            text.push(b'\n');
            quotes.read_line(&line.bytes);
            let too_long = line.too_long || text.len() > LONGEST_RECORD;
            let begin = taken.first().unwrap_or(&line).number;
            taken.push(line);
            // Two stray quotes would hide all that is between them.
            if too_long || quotes.are_closed() && taken.len() > 1 && quotes.are_stray() {
                break;
            }
            if quotes.are_closed() {
                *self.reader.get_mut() = Cursor::new(text);
                if !self.reader.read_byte_record(&mut self.record)? {
                    return Err(invalid(format!("line {begin} is no record")));
                }
                return Ok(Some(Ok(begin)));
            }
        }
        Ok(self.unended(taken).map(Err))
    }

    fn next_line(&mut self, lines: &mut Lines<impl BufRead>) -> io::Result<Option<Line>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line::default();
        Ok(lines.next(&mut line)?.then_some(line))
    }

    /// The first of the lines is no record, and those after it are read anew.
    fn unended(&mut self, taken: Vec<Line>) -> Option<InputEntry> {
        let mut taken = taken.into_iter();
        let line = taken.next()?.number;
        for line in taken.rev() {
            self.again.push_front(line);
        }
        let reason = "a quote begins and does not end".to_owned();
        Some(InputEntry::bad(line, reason))
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
