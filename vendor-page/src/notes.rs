//! Notes: advice in prose. Only a digest of the words is kept, so that a change is noticed.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::facts::Note;
use crate::lines::PageLine;
use crate::outline::PagePart;

/// The number of bytes of the digest that are kept.
const BYTES: usize = 8;

/// The notes, one for each heading of notes.
pub(crate) fn read(parts: &[PagePart<'_>]) -> Vec<Note> {
    let notes = parts.iter().filter(|part| part.is_notes);
    notes.filter_map(note).collect()
}

fn note(part: &PagePart<'_>) -> Option<Note> {
    let mut digest = Sha256::new();
    let mut first = None;
    for line in &part.lines {
        let words = words(line);
        if !words.is_empty() {
            first.get_or_insert(line.number);
            digest.update(words);
        }
    }
    let mut hex = String::new();
    for byte in digest.finalize().iter().take(BYTES) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Some(Note {
        digest: hex,
        line: first?,
    })
}

/// The letters and digits of a line. Everything else, such as list numbers and link targets,
/// depends on how the page was saved.
fn words(line: &PageLine<'_>) -> String {
    let text = line.text.trim_start();
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let text = match text.get(number..) {
        Some(rest) if number > 0 && rest.starts_with(['.', ')']) => rest,
        _ => text,
    };
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("](") {
        words.push_str(before);
        rest = link.split_once(')').map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    words.retain(char::is_alphanumeric);
    words
}
