//! A page as lines of plain text with the number that each has in the file, whatever the
//! rendering: decoding, and the front end for text and Markdown. HTML has its own, in `html`.
//!
//! What the lines mean is left to `outline` and the readers behind it.

use std::borrow::Cow;

use crate::html;
use crate::outline;
use crate::read::Reason;

/// More lines than any page has; keeps memory bounded by a number rather than by luck.
pub(crate) const MAX_LINES: usize = 200_000;

/// A line of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) number: u32,
    /// 1 to 6 where the rendering marks it as a heading.
    pub(crate) level: u8,
    /// It stands in a code block: nothing in it is markup.
    pub(crate) verbatim: bool,
    pub(crate) text: &'a str,
}

impl Line<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Where a line stands in [`Source::text`]: 16 bytes rather than a string of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) number: u32,
    pub(crate) level: u8,
    pub(crate) verbatim: bool,
}

/// The page's text and its lines.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
}

impl Source {
    /// Reads a page that is no larger than the limit.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Reason> {
        let text = decode(bytes)?;
        let source = if html::is_html(&text) {
            html::read(&text)
        } else {
            read_text(text)
        };
        if source.marks.len() > MAX_LINES {
            return Err(Reason::TooLarge);
        }
        Ok(source)
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.marks.iter().map(|mark| Line {
            number: mark.number,
            level: mark.level,
            verbatim: mark.verbatim,
            text: self
                .text
                .get(mark.start as usize..mark.end as usize)
                .unwrap_or_default(),
        })
    }
}

/// What a character becomes in plain text: odd spaces are spaces, and what has no width is gone.
pub(crate) fn plain(c: char) -> Option<char> {
    match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        _ => Some(c),
    }
}

fn decode(bytes: &[u8]) -> Result<String, Reason> {
    let text = str::from_utf8(bytes).map_err(|error| Reason::NotUtf8 {
        offset: error.valid_up_to(),
    })?;
    if let Some(offset) = text.find('\0') {
        return Err(Reason::Binary { offset });
    }
    let mut decoded = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => decoded.push('\n'),
            _ => decoded.extend(plain(c)),
        }
    }
    if decoded.trim().is_empty() {
        return Err(Reason::Empty);
    }
    Ok(decoded)
}

fn read_text(text: String) -> Source {
    let mut marks = Vec::new();
    let mut fenced = false;
    let mut start = 0;
    for (number, line) in (1_u32..).zip(text.split('\n')) {
        let end = start + line.len();
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        } else {
            // A fence that was never closed ends where the next section begins.
            fenced = fenced && outline::heading(line).is_none();
            marks.push(Mark {
                start: offset(start),
                end: offset(end),
                number,
                level: if fenced { 0 } else { level(line) },
                verbatim: fenced,
            });
            if marks.len() > MAX_LINES {
                break;
            }
        }
        start = end + 1;
    }
    Source { text, marks }
}

/// An offset within a page, which is far below 4 GiB.
pub(crate) fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn level(line: &str) -> u8 {
    let hashes = line.bytes().take_while(|&b| b == b'#').count();
    let rest = line.get(hashes..).unwrap_or_default();
    match u8::try_from(hashes) {
        Ok(level @ 1..=6) if rest.starts_with(' ') => level,
        _ => 0,
    }
}

/// A text with its runs of white space made single spaces, trimmed.
pub(crate) fn collapse(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let mut last = 'x';
    let single = text.chars().all(|c| {
        let fine = !c.is_whitespace() || (c == ' ' && last != ' ');
        last = c;
        fine
    });
    if single {
        return Cow::Borrowed(text);
    }
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    Cow::Owned(collapsed)
}

/// A text without Markdown's escapes and without the marks around the whole of it.
pub(crate) fn without_markdown(text: &str) -> Cow<'_, str> {
    let mut inner = text.trim();
    for mark in ["`", "**", "__"] {
        if let Some(unwrapped) = inner
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
            && !unwrapped.contains(mark)
        {
            inner = unwrapped.trim();
        }
    }
    if !inner.contains(['\\', '<']) {
        return Cow::Borrowed(inner);
    }
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            plain.extend(chars.next());
        } else {
            plain.push(c);
        }
    }
    for line_break in ["<br>", "<br/>", "<br />"] {
        if plain.contains(line_break) {
            plain = plain.replace(line_break, " ");
        }
    }
    Cow::Owned(plain)
}
