//! Detects the delimiter of a CSV file from its first line.

use super::{
    cells::cells,
    column::{self, IdColumn},
    lines::Line,
};

/// The delimiters that programs write.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter that a first line such as `sep=;` names. Excel writes such lines.
pub(crate) fn told(line: &Line) -> Option<u8> {
    let text = line.bytes.trim_ascii_start();
    let text = text.strip_prefix(b"\"").unwrap_or(text);
    let (name, rest) = text.split_at_checked(b"sep=".len())?;
    match rest {
        [delimiter] | [delimiter, b'"'] if name.eq_ignore_ascii_case(b"sep=") => Some(*delimiter),
        _ => None,
    }
}

/// Detects the delimiter from the first line. `usual` is the one that the name of the file suggests.
pub(crate) fn found(first: &Line, usual: u8, column: Option<&IdColumn>) -> Result<u8, String> {
    let mut there = there(first);
    // The usual one comes first.
    there.sort_by_key(|(delimiter, _)| *delimiter != usual);
    if let Some(IdColumn::Number(_)) = column {
        return match *there {
            [] => Ok(usual),
            [(delimiter, _)] => Ok(delimiter),
            [(b'\t', _), ..] if usual == b'\t' => Ok(usual),
            [(one, _), (other, _), ..] => Err(format!(
                "the first line contains both {} and {}; pass --delimiter with the character between the columns",
                shown(one),
                shown(other)
            )),
        };
    }
    let mut those = there.iter().map(|(delimiter, _)| *delimiter);
    let has_column =
        |delimiter: &u8| column::find(column, &cells(*delimiter, &first.bytes)).is_ok();
    let named = those.find(has_column);
    // The error lists the columns that the most frequent delimiter gives.
    let most = there.iter().rev().max_by_key(|(_, count)| *count);
    Ok(named
        .or(most.map(|(delimiter, _)| *delimiter))
        .unwrap_or(usual))
}

/// Refuses a delimiter that is missing in the first line while another one is there: the whole line would
/// be sent as one id.
pub(crate) fn check(first: &Line, delimiter: u8) -> Result<(), String> {
    match *there(first) {
        [(other, _), ..] if !first.bytes.contains(&delimiter) => Err(format!(
            "the first line contains {} but no {}; pass --delimiter with the character between the columns",
            shown(other),
            shown(delimiter)
        )),
        _ => Ok(()),
    }
}

/// The possible delimiters in a line, and how often each occurs outside quotes.
fn there(line: &Line) -> Vec<(u8, usize)> {
    let mut quoted = false;
    let mut counts = DELIMITERS.map(|delimiter| (delimiter, 0));
    for byte in &line.bytes {
        quoted ^= *byte == b'"';
        let known = counts.iter_mut().find(|(known, _)| known == byte);
        if let Some((_, count)) = known.filter(|_| !quoted) {
            *count += 1;
        }
    }
    let counts = counts.into_iter();
    counts.filter(|(_, count)| *count > 0).collect()
}

/// A delimiter as messages show it: `';'`, or `'\t'` for a tab.
pub(crate) fn shown(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "'\\t'".to_owned(),
        _ => format!("'{}'", char::from(delimiter)),
    }
}
