//! Turns the bytes of a page into lines, for every rendering.

use crate::limits::MAX_LINES;
use crate::lines::PageText;
use crate::text::plain;
use crate::unreadable::Reason;
use crate::{html, plain_text};

/// The lines of a page. A page over the limit is an error.
pub(crate) fn lines(bytes: &[u8]) -> Result<PageText, Reason> {
    let text = decode(bytes)?;
    let page = if html::is_html(&text) {
        html::read(&text)
    } else {
        plain_text::read(text)
    };
    if page.spans.len() > MAX_LINES {
        return Err(Reason::TooLarge);
    }
    Ok(page)
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
