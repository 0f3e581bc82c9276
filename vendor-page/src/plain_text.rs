//! The lines of a page in plain text or Markdown: fences and headings with hashes are seen here, all
//! other marks are left to the readers of what they mark.

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
            // A fence that was never closed ends where the next section begins.
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
