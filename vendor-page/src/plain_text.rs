//! The lines of a page in plain text or Markdown. This module handles code fences and headings with
//! hashes. The readers of each part handle other markup.

use crate::headings;
use crate::limits::MAX_LINES;
use crate::lines::{LineSpan, PageText, offset};

pub(crate) fn read(text: String) -> PageText {
    let mut spans = Vec::new();
    let mut fenced = false;
    let mut start = 0;
    for (number, line) in (1_u32..).zip(text.split('\n')) {
        let end = start + line.len();
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        } else {
            // An unclosed fence ends at the start of the next section.
            fenced = fenced && headings::heading(line).is_none();
            spans.push(LineSpan {
                start: offset(start),
                end: offset(end),
                number,
                level: if fenced { 0 } else { level(line) },
                verbatim: fenced,
            });
            if spans.len() > MAX_LINES {
                break;
            }
        }
        start = end + 1;
    }
    PageText { text, spans }
}

fn level(line: &str) -> u8 {
    let hashes = line.bytes().take_while(|&b| b == b'#').count();
    let rest = line.get(hashes..).unwrap_or_default();
    match u8::try_from(hashes) {
        Ok(level @ 1..=6) if rest.starts_with(' ') => level,
        _ => 0,
    }
}
