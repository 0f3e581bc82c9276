//! What is between the columns of a CSV file, as its first line tells.

use super::{
    cells::cells,
    column::{self, IdColumn},
    lines::Line,
};

/// What programs write between columns.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What Excel says of it in a line of its own, such as `sep=;`.
pub(crate) fn told(line: &Line) -> Option<u8> {
    let text = line.bytes.trim_ascii_start();
    let text = text.strip_prefix(b"\"").unwrap_or(text);
    let (name, rest) = text.split_at_checked(b"sep=".len())?;
    match rest {
        [delimiter] | [delimiter, b'"'] if name.eq_ignore_ascii_case(b"sep=") => Some(*delimiter),
        _ => None,
    }
}

/// The delimiter by the first line, where nobody has named it. `usual` is that of the file's name.
pub(crate) fn found(first: &Line, usual: u8, column: Option<&IdColumn>) -> Result<u8, String> {
    let mut there = there(first);
    // The usual one is looked at first.
    there.sort_by_key(|(delimiter, _)| *delimiter != usual);
    if let Some(IdColumn::Number(_)) = column {
        return match *there {
            [] => Ok(usual),
            [(delimiter, _)] => Ok(delimiter),
            [(b'\t', _), ..] if usual == b'\t' => Ok(usual),
            [(one, _), (other, _), ..] => Err(format!(
                "its first line has both {} and {}; pass --delimiter with the one that is between the columns",
                shown(one),
                shown(other)
            )),
        };
    }
    let mut those = there.iter().map(|(delimiter, _)| *delimiter);
    let has_column =
        |delimiter: &u8| column::find(column, &cells(*delimiter, &first.bytes)).is_ok();
    let named = those.find(has_column);
    // Its columns are named in the error.
    let most = there.iter().rev().max_by_key(|(_, count)| *count);
    Ok(named
        .or(most.map(|(delimiter, _)| *delimiter))
        .unwrap_or(usual))
}

/// Refuses a delimiter that is not in the first line while another one is: its columns would be sent
/// as one id.
pub(crate) fn check(first: &Line, delimiter: u8) -> Result<(), String> {
    match *there(first) {
        [(other, _), ..] if !first.bytes.contains(&delimiter) => Err(format!(
            "its first line has {}, and no {}; pass --delimiter with the one that is between the columns",
            shown(other),
            shown(delimiter)
        )),
        _ => Ok(()),
    }
}

/// What may be between the columns of a line, and how often it is there outside quotes.
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

/// As `--delimiter` takes it, in quotes: punctuation that stands in a sentence.
pub(crate) fn shown(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "'\\t'".to_owned(),
        _ => format!("'{}'", char::from(delimiter)),
    }
}
