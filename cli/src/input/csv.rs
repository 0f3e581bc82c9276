//! CSV: records of cells, which may contain line breaks within quotes.
//!
//! The crate `csv` reads the cells. This module finds the end of each record, for two reasons: a record
//! has a limited length, and a stray quote must not swallow the records after it. So the lines of a record
//! are kept until its quotes are closed.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Cursor},
};

use csv::{ByteRecord, Reader};

use super::{
    cells::{names, reader},
    column::{self, IdColumn},
    dialect::{self, DELIMITERS, shown},
    entry::InputEntry,
    lines::{LONGEST, Line, Lines},
    quotes::Quotes,
};

/// The longest record, in bytes. A cell with line breaks may be longer than a line.
const LONGEST_RECORD: usize = 16 * LONGEST;

#[derive(Debug)]
pub(crate) struct Csv {
    /// Lines after an unclosed quote, to be read again as separate records.
    again: VecDeque<Line>,
    /// It gets the text of one record at a time.
    reader: Reader<Cursor<Vec<u8>>>,
    record: ByteRecord,
    delimiter: u8,
    /// Counted from 0.
    column: usize,
    /// Whether the delimiter was named by the user or the file, and not detected.
    is_given: bool,
}

impl Csv {
    /// Reads the header, if there is one. `delimiter` is the one that the user named, and `usual` the one
    /// that the name of the file suggests. Also returns a note for the user.
    pub(crate) fn new(
        lines: &mut Lines<impl BufRead>,
        delimiter: Option<u8>,
        usual: u8,
        column: Option<&IdColumn>,
        has_header: bool,
    ) -> io::Result<(Self, Option<String>)> {
        let mut first = first_line(lines)?;
        let mut told = None;
        if let Some(line) = &first {
            told = dialect::told(line);
            if told.is_some() {
                first = first_line(lines)?;
            }
        }
        let known = delimiter.or(told);
        let chosen = match (&first, known) {
            (None, _) => usual,
            (Some(first), None) => dialect::found(first, usual, column).map_err(invalid)?,
            (Some(first), Some(known)) => {
                if matches!(column, Some(IdColumn::Number(_))) {
                    dialect::check(first, known).map_err(invalid)?;
                }
                known
            }
        };
        let mut csv = Self {
            again: first.into_iter().collect(),
            reader: reader(chosen, Vec::new()),
            record: ByteRecord::new(),
            delimiter: chosen,
            column: 0,
            is_given: known.is_some(),
        };
        if let Some(IdColumn::Number(number)) = column {
            csv.column = number.saturating_sub(1);
        }
        let mut note = None;
        if has_header && let Some(header) = csv.read_record(lines)? {
            if let Err(InputEntry { line, id }) = header {
                let reason = id.err().map(|bad| bad.reason).unwrap_or_default();
                return Err(invalid(format!("line {line}: {reason}")));
            }
            (csv.column, note) = column::find(column, &names(&csv.record)).map_err(invalid)?;
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
        let cell = self.record.get(self.column);
        let reason = match cell.map(str::from_utf8) {
            Some(Ok(id)) => match self.other_delimiter(id) {
                None => return InputEntry::id(line, id),
                Some(other) => format!(
                    "the row contains {other} but no {}; pass --delimiter with the character between the columns",
                    shown(self.delimiter)
                ),
            },
            Some(Err(_)) => format!("column {number} is not UTF-8; save the file as UTF-8"),
            None => {
                format!("the row ends before column {number}, which holds the id; complete the row")
            }
        };
        InputEntry::bad(line, self.record.as_slice(), reason)
    }

    /// Another delimiter in a record that seems to have only one column. Without this check, its other
    /// columns would be sent as a part of the id.
    fn other_delimiter(&self, id: &str) -> Option<String> {
        if self.is_given || self.record.len() > 1 {
            return None;
        }
        let other = DELIMITERS
            .iter()
            .find(|delimiter| id.as_bytes().contains(delimiter));
        other.map(|delimiter| shown(*delimiter))
    }

    /// Reads a record. Returns the line that it begins on, or what is wrong with it.
    fn read_record(
        &mut self,
        lines: &mut Lines<impl BufRead>,
    ) -> io::Result<Option<Result<u64, InputEntry>>> {
        let mut taken: Vec<Line> = Vec::new();
        let mut text = Vec::new();
        let mut quotes = Quotes::new(self.delimiter);
        while let Some(line) = self.next_line(lines)? {
            if taken.is_empty() {
                if self.is_empty(&line) {
                    continue;
                }
                if line.too_long {
                    return Ok(Some(Err(InputEntry::too_long(&line))));
                }
            }
            text.extend_from_slice(&line.bytes);
            text.push(b'\n');
            quotes.read_line(&line.bytes);
            let too_long = line.too_long || text.len() > LONGEST_RECORD;
            let begin = taken.first().unwrap_or(&line).number;
            taken.push(line);
            // Two stray quotes would swallow everything between them.
            if too_long || quotes.are_closed() && taken.len() > 1 && quotes.are_stray() {
                break;
            }
            if quotes.are_closed() {
                *self.reader.get_mut() = Cursor::new(text);
                if !self.reader.read_byte_record(&mut self.record)? {
                    return Err(invalid(format!("line {begin} is not a CSV record")));
                }
                return Ok(Some(Ok(begin)));
            }
        }
        Ok(self.unended(taken).map(Err))
    }

    /// Whether a line is blank, or has only delimiters.
    fn is_empty(&self, line: &Line) -> bool {
        let mut bytes = line.bytes.iter();
        bytes.all(|byte| *byte == self.delimiter || byte.is_ascii_whitespace())
    }

    fn next_line(&mut self, lines: &mut Lines<impl BufRead>) -> io::Result<Option<Line>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line::default();
        Ok(lines.next(&mut line)?.then_some(line))
    }

    /// Reports the first line as invalid, and puts the other lines back to be read again.
    fn unended(&mut self, taken: Vec<Line>) -> Option<InputEntry> {
        let mut taken = taken.into_iter();
        let first = taken.next()?;
        for line in taken.rev() {
            self.again.push_front(line);
        }
        let reason = "a quote is opened but not closed; close it or remove it".to_owned();
        Some(InputEntry::bad_line(&first, reason))
    }
}

/// The first line that is not blank and has more than delimiters.
fn first_line(lines: &mut Lines<impl BufRead>) -> io::Result<Option<Line>> {
    let mut line = Line::default();
    while lines.next(&mut line)? {
        let is_nothing = |byte: &u8| DELIMITERS.contains(byte) || byte.is_ascii_whitespace();
        if !line.bytes.iter().all(is_nothing) {
            return Ok(Some(line));
        }
    }
    Ok(None)
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
