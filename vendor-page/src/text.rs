//! Cleans up text: unusual spaces, runs of spaces, and Markdown's markup.

use std::borrow::Cow;

/// The plain form of a character. Unusual spaces become spaces, and zero-width characters are
/// removed.
pub(crate) fn plain(c: char) -> Option<char> {
    match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        _ => Some(c),
    }
}

/// A trimmed text in which each run of white space is one space.
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

/// A text without Markdown's escapes, and without markup around the whole text.
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
