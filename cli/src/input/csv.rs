//! CSV: a record of cells, which may hold line breaks in quotes.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

use csv_core::{ReadRecordResult, Reader, Terminator};

use super::{
    Entry,
    lines::{LONGEST, Line, Lines},
};

/// How the cell of the id is found.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// By the header.
    Named(String),
    /// By its number, counted from 1.
    Number(usize),
    /// By a header that names signature ids.
    Unnamed,
}

/// The longest record, in bytes: a cell with line breaks may have a longer text than a line.
const LONGEST_RECORD: usize = 16 * LONGEST;

#[derive(Debug)]
pub(crate) struct Csv<R> {
    lines: Lines<R>,
    /// Lines of a quote that never ended, to be read anew.
    again: VecDeque<Line>,
    parser: Box<Reader>,
    delimiter: u8,
    /// Counted from 0.
    column: usize,
}

/// A record, by the bytes of its cells.
struct Record {
    line: u64,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl Record {
    fn cell(&self, column: usize) -> Option<&[u8]> {
        let end = *self.ends.get(column)?;
        let start = column
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end);
        self.cells.get(start..end)
    }

    fn names(&self) -> Vec<String> {
        let cells = (0..self.ends.len()).filter_map(|column| self.cell(column));
        cells
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
            .collect()
    }
}

impl<R: BufRead> Csv<R> {
    /// Reads the header, if there is one. Gives what to tell of it.
    pub(crate) fn new(
        lines: Lines<R>,
        delimiter: u8,
        column: &Column,
        header: bool,
    ) -> io::Result<(Self, Option<String>)> {
        let parser = csv_core::ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .build();
        let mut csv = Self {
            lines,
            again: VecDeque::new(),
            parser: Box::new(parser),
            delimiter,
            column: 0,
        };
        if let Column::Number(number) = column {
            csv.column = number.saturating_sub(1);
        }
        if !header {
            return Ok((csv, None));
        }
        let names = match csv.record()? {
            Some(Ok(record)) => record.names(),
            Some(Err(entry)) => return Err(invalid(entry.reason())),
            None => return Ok((csv, None)),
        };
        let missing = |what: &str| {
            invalid(format!(
                "{what}; its columns are {}: pass --column with one of them, or with a number, or --delimiter",
                names.join(", ")
            ))
        };
        let found = match column {
            Column::Named(name) => names.iter().position(|known| known == name),
            Column::Unnamed => names.iter().position(|name| super::names_ids(name)),
            Column::Number(number) => {
                let name = names.get(number.saturating_sub(1));
                let name = name.ok_or_else(|| missing(&format!("it has no column {number}")))?;
                let note = format!(
                    "column {number} is {name:?} by the first line; pass --no-header if that is an id"
                );
                return Ok((csv, Some(note)));
            }
        };
        csv.column = found.ok_or_else(|| match column {
            Column::Named(name) => missing(&format!("it has no column {name:?}")),
            _ => missing("none of its columns is named signature_id"),
        })?;
        Ok((csv, None))
    }

    pub(crate) fn position(&self) -> u64 {
        self.lines.position()
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        Ok(self.record()?.map(|record| match record {
            Ok(record) => self.entry(&record),
            Err(entry) => entry,
        }))
    }

    fn entry(&self, record: &Record) -> Entry {
        let (line, number) = (record.line, self.column + 1);
        let Some(cell) = record.cell(self.column) else {
            let count = record.ends.len();
            return Entry::bad(
                line,
                format!("it has {count} columns, and the id is in column {number}"),
            );
        };
        match std::str::from_utf8(cell) {
            Ok(id) => Entry::id(line, id),
            Err(_) => Entry::bad(
                line,
                format!("column {number} is not UTF-8; save the file as UTF-8"),
            ),
        }
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line::default();
        Ok(self.lines.next(&mut line)?.then_some(line))
    }

    /// The next record. One whose quote does not end is its first line alone.
    fn record(&mut self) -> io::Result<Option<Result<Record, Entry>>> {
        self.parser.reset();
        let mut taken: Vec<Line> = Vec::new();
        let mut read = 0;
        let mut record = Record {
            line: 0,
            cells: Vec::new(),
            ends: Vec::new(),
        };
        loop {
            let line = self.line()?;
            let Some(line) = line else {
                return Ok((!taken.is_empty()).then(|| Err(self.unended(taken))));
            };
            if taken.is_empty() {
                if line.is_nothing() {
                    continue;
                }
                record.line = line.number;
                if line.too_long {
                    return Ok(Some(Err(Entry::too_long(line.number))));
                }
            }
            read += line.bytes.len() + 1;
            let too_long = line.too_long || read > LONGEST_RECORD;
            let ended = !too_long && feed(&mut self.parser, &line.bytes, &mut record);
            taken.push(line);
            if ended {
                // Two stray quotes would hide all that is between them.
                let one = taken.len() == 1 || is_well_quoted(&taken, self.delimiter);
                return Ok(Some(if one {
                    Ok(record)
                } else {
                    Err(self.unended(taken))
                }));
            }
            if too_long {
                return Ok(Some(Err(self.unended(taken))));
            }
        }
    }

    fn unended(&mut self, taken: Vec<Line>) -> Entry {
        let mut taken = taken.into_iter();
        let line = taken.next().map_or(0, |line| line.number);
        for line in taken.rev() {
            self.again.push_front(line);
        }
        Entry::bad(line, "a quote begins and does not end".to_owned())
    }
}

/// Whether the record ends with this line.
fn feed(parser: &mut Reader, line: &[u8], record: &mut Record) -> bool {
    let mut used = record.cells.len();
    let mut ends = record.ends.len();
    // Cells are never longer than what they are read from.
    record.cells.resize(used + line.len() + 1, 0);
    let mut ended = false;
    for part in [line, b"\n"] {
        let mut rest = part;
        while !rest.is_empty() && !ended {
            if ends == record.ends.len() {
                record.ends.resize(ends * 2 + 16, 0);
            }
            let (result, read, written, ended_cells) = parser.read_record(
                rest,
                record.cells.get_mut(used..).unwrap_or_default(),
                record.ends.get_mut(ends..).unwrap_or_default(),
            );
            rest = rest.get(read..).unwrap_or_default();
            used += written;
            ends += ended_cells;
            ended = matches!(result, ReadRecordResult::Record | ReadRecordResult::End);
        }
    }
    record.cells.truncate(used);
    record.ends.truncate(ends);
    ended
}

/// Whether each quote that ends a cell is at the end of the cell.
fn is_well_quoted(lines: &[Line], delimiter: u8) -> bool {
    let bytes = lines
        .iter()
        .flat_map(|line| line.bytes.iter().copied().chain([b'\n']));
    let mut bytes = bytes.peekable();
    let mut begins = true;
    while let Some(byte) = bytes.next() {
        if !(begins && byte == b'"') {
            begins = byte == delimiter || byte == b'\n';
            continue;
        }
        // Two quotes are one of the text.
        while let Some(byte) = bytes.next() {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                break;
            }
        }
        let _ = bytes.next_if_eq(&b'\r');
        match bytes.next() {
            Some(b'\n') | None => begins = true,
            Some(byte) if byte == delimiter => begins = true,
            Some(_) => return false,
        }
    }
    true
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
