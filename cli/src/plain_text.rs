//! Reads secrets from files and variables, however editors, shells and other tools wrote them.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::Path,
};

/// The size from which a file is too large to hold a secret, in bytes.
const LIMIT: u64 = 64 * 1024;

/// A small file that is open.
pub(crate) struct SmallFile {
    file: File,
    pub(crate) metadata: Metadata,
}

impl SmallFile {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        Ok(Self { file, metadata })
    }

    /// Reads the text. An error does not show it.
    pub(crate) fn read(self) -> Result<String, String> {
        let mut bytes = Vec::new();
        let read = self.file.take(LIMIT).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length == LIMIT) {
            return Err(format!("it has {LIMIT} bytes or more"));
        }
        decode(bytes).ok_or_else(|| "it is neither UTF-8 nor UTF-16".to_owned())
    }
}

/// Decodes UTF-8, or UTF-16, which PowerShell writes.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let units = |unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<_> = pairs.iter().copied().map(unit).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    match *bytes {
        // A byte order mark, or an ASCII character, which contains a zero byte in UTF-16.
        [0xff, 0xfe, ..] | [1..=127, 0, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, 1..=127, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// The text without surrounding whitespace, line breaks and byte order marks.
pub(crate) fn trimmed(text: &str) -> &str {
    // Two characters without a width: the byte order mark, and the zero-width space of web pages.
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// Why a text cannot be a secret value, and what to do. The message follows the name of the text and does
/// not show it.
pub(crate) fn mistake(text: &str) -> Option<&'static str> {
    if text.starts_with('{') {
        Some("looks like JSON; pass the value alone")
    } else if text.starts_with(['"', '\'', '`', '“', '‘']) {
        Some("begins with a quotation mark; pass the value alone, without quotation marks")
    } else if is_assignment(text) {
        Some("looks like NAME=VALUE; pass the value alone")
    } else {
        None
    }
}

/// Whether the text looks like a shell command that sets a variable. Equals signs at its end may be the
/// padding of Base64, so they do not count.
fn is_assignment(text: &str) -> bool {
    let words = ["export ", "set ", "$env:"];
    let text = words
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let Some((name, value)) = text.split_once('=') else {
        return false;
    };
    let name = name.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !name.is_empty()
        && name.chars().all(is_name)
        && !trimmed(value).trim_end_matches('=').is_empty()
}
