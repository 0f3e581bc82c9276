//! Text of files and variables that hold a secret or two, as editors, shells and other tools write it.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::Path,
};

/// More than any secret has, in bytes.
const LIMIT: u64 = 64 * 1024;

/// A small file, opened.
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

    /// Its text, which is not shown where it cannot be read.
    pub(crate) fn read(self) -> Result<String, String> {
        let mut bytes = Vec::new();
        let read = self.file.take(LIMIT).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length == LIMIT) {
            return Err("it is larger than what it is to hold".to_owned());
        }
        decode(bytes).ok_or_else(|| "it is neither UTF-8 nor UTF-16".to_owned())
    }
}

/// UTF-8, or UTF-16, which PowerShell writes.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let units = |unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<_> = pairs.iter().copied().map(unit).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    match *bytes {
        // A byte order mark, or a first character of ASCII, which has a zero byte.
        [0xff, 0xfe, ..] | [1..=127, 0, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, 1..=127, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// Without the blanks, line breaks and byte order marks around it.
pub(crate) fn trimmed(text: &str) -> &str {
    // Two that have no width: a byte order mark, and one that is copied along from web pages.
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// What a text looks like that is no secret by itself, and the way out, as what follows its name. It
/// does not show the text.
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

/// Whether it begins as a line of a shell does that sets a variable. What encodes bytes may end with
/// equals signs, which begin no value.
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
