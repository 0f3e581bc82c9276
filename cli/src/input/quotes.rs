//! Tracks whether the quotes of a CSV record are closed, and whether they are stray.

/// The position of the reader in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Before the first byte of a cell.
    Start,
    Unquoted,
    Quoted,
    /// After a quote in a quoted cell. It ends the cell, unless another quote follows.
    QuoteSeen,
}

/// The quotes in the lines of one record.
#[derive(Debug)]
pub(crate) struct Quotes {
    delimiter: u8,
    within: Within,
    stray: bool,
}

impl Quotes {
    pub(crate) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            within: Within::Start,
            stray: false,
        }
    }

    /// Reads the next line of the record, without its line end.
    pub(crate) fn read_line(&mut self, line: &[u8]) {
        for byte in line {
            self.within = match (self.within, *byte) {
                (Within::Quoted, b'"') => Within::QuoteSeen,
                (Within::Quoted, _) | (Within::Start | Within::QuoteSeen, b'"') => Within::Quoted,
                (_, byte) if byte == self.delimiter => Within::Start,
                (before, _) => {
                    self.stray |= before == Within::QuoteSeen;
                    Within::Unquoted
                }
            };
        }
    }

    /// Whether the record is complete.
    pub(crate) fn are_closed(&self) -> bool {
        self.within != Within::Quoted
    }

    /// Whether a closing quote was followed by more text in its cell.
    pub(crate) fn are_stray(&self) -> bool {
        self.stray
    }
}
