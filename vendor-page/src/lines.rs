//! A page as lines of plain text, each with its line number in the file.
//!
//! `plain_text` and `html` produce the lines, and `outline` interprets them.

/// A line of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageLine<'a> {
    pub(crate) number: u32,
    /// The level of a heading, 1 to 6, if the rendering marks one.
    pub(crate) level: u8,
    /// Whether it is in a code block, where nothing is markup.
    pub(crate) verbatim: bool,
    pub(crate) text: &'a str,
}

impl PageLine<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The position of a line in [`PageText::text`]. It takes 16 bytes, less than a string.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineSpan {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) number: u32,
    pub(crate) level: u8,
    pub(crate) verbatim: bool,
}

/// The text of a page and its lines.
#[derive(Debug, Default)]
pub(crate) struct PageText {
    pub(crate) text: String,
    pub(crate) spans: Vec<LineSpan>,
}

impl PageText {
    pub(crate) fn lines(&self) -> impl Iterator<Item = PageLine<'_>> {
        self.spans.iter().map(|span| PageLine {
            number: span.number,
            level: span.level,
            verbatim: span.verbatim,
            text: self
                .text
                .get(span.start as usize..span.end as usize)
                .unwrap_or_default(),
        })
    }
}

/// An offset in a page. The size limit is far below 4 GiB.
pub(crate) fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
