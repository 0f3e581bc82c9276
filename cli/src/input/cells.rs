//! The cells of a CSV record, read with the crate `csv`.

use std::io::Cursor;

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

/// A reader that gets the text of one record at a time.
pub(crate) fn reader(delimiter: u8, text: Vec<u8>) -> Reader<Cursor<Vec<u8>>> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .terminator(Terminator::Any(b'\n'))
        .has_headers(false)
        .flexible(true)
        .from_reader(Cursor::new(text))
}

/// The cells of a line, read with this delimiter.
pub(crate) fn cells(delimiter: u8, line: &[u8]) -> Vec<String> {
    let mut record = ByteRecord::new();
    // A line that cannot be read has no cells.
    let _ = reader(delimiter, line.to_owned()).read_byte_record(&mut record);
    names(&record)
}

/// The names of the columns.
pub(crate) fn names(record: &ByteRecord) -> Vec<String> {
    let cells = record.iter().map(String::from_utf8_lossy);
    cells.map(|cell| cell.trim().to_owned()).collect()
}
