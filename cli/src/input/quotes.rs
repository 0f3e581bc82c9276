//! Whether the quotes of a CSV record are closed, and whether somebody meant them.

/// Where in the record the text is that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Before the first byte of a cell.
    Start,
    Unquoted,
    Quoted,
    /// After a quote in a quoted cell: it ends the cell, unless another one follows.
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

    /// Reads the next line of the record, without its end.
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

    /// Whether the record ends with what was read.
    pub(crate) fn are_closed(&self) -> bool {
        self.within != Within::Quoted
    }

    /// Whether a quote that ends a cell was not at the end of the cell.
    pub(crate) fn are_stray(&self) -> bool {
        self.stray
    }
}
