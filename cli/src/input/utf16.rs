//! Converts UTF-16 to UTF-8. Excel saves "Unicode text" as UTF-16, and so does `>` in some versions of PowerShell.

use std::{
    char,
    io::{self, BufRead, Read},
    mem,
};

/// A byte that no UTF-8 text contains, so that a line with it is reported.
const UNREADABLE: u8 = 0xff;

/// The order of the two bytes of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// The byte order of a text that begins with these bytes. None if it is not UTF-16. Without a byte order mark,
    /// a text is UTF-16 if most of its units are ASCII.
    pub(crate) fn of(beginning: &[u8]) -> Option<Self> {
        match beginning {
            // UTF-32 has a similar mark.
            [0xff, 0xfe, 0, 0, ..] => None,
            [0xff, 0xfe, ..] => Some(Self::Little),
            [0xfe, 0xff, ..] => Some(Self::Big),
            _ => [Self::Little, Self::Big]
                .into_iter()
                .find(|order| order.makes_ascii(beginning)),
        }
    }

    /// Whether most units are printable ASCII, tabs or line ends in this order.
    fn makes_ascii(self, bytes: &[u8]) -> bool {
        let (units, _) = bytes.as_chunks();
        let is_ascii = |unit: u16| matches!(unit, 0x20..=0x7e | 0x09 | 0x0a | 0x0d);
        let ascii = units.iter().filter(|unit| is_ascii(self.unit(**unit)));
        ascii.count() * 2 > units.len()
    }

    fn unit(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }
}

/// Reads a UTF-16 text as UTF-8.
pub(crate) struct Utf16Reader<R> {
    reader: R,
    order: ByteOrder,
    /// The first bytes of a character that is not read completely.
    rest: Vec<u8>,
    text: Vec<u8>,
    /// How many bytes of the text were returned.
    given: usize,
}

impl<R: BufRead> Utf16Reader<R> {
    pub(crate) fn new(reader: R, order: ByteOrder) -> Self {
        Self {
            reader,
            order,
            rest: Vec::new(),
            text: Vec::new(),
            given: 0,
        }
    }

    /// Reads and converts the next bytes. The text is empty at the end of the input.
    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        while self.text.is_empty() {
            let bytes = self.reader.fill_buf()?;
            let length = bytes.len();
            self.rest.extend_from_slice(bytes);
            self.reader.consume(length);
            if length > 0 {
                self.decode();
            } else if mem::take(&mut self.rest).is_empty() {
                break;
            } else {
                self.text.push(UNREADABLE);
            }
        }
        Ok(())
    }

    fn decode(&mut self) {
        let (units, _) = self.rest.as_chunks();
        let units = units.iter().map(|unit| self.order.unit(*unit));
        let is_begun = units.clone().next_back().is_some_and(is_high_surrogate);
        let whole = units.len() - usize::from(is_begun);
        for character in char::decode_utf16(units.take(whole)) {
            match character {
                Ok(character) => {
                    let mut bytes = [0; 4];
                    let text = character.encode_utf8(&mut bytes);
                    self.text.extend_from_slice(text.as_bytes());
                }
                Err(_) => self.text.push(UNREADABLE),
            }
        }
        self.rest.drain(..whole * 2);
    }
}

impl<R: BufRead> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.refill()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

/// Whether a unit is the first of a pair that encodes one character.
fn is_high_surrogate(unit: u16) -> bool {
    (0xd800..0xdc00).contains(&unit)
}
