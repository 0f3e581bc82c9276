//! A page as lines of plain text, each with the number that it has in the file.
//!
//! Where the lines come from is for `plain_text` and `html`; what they mean, for `outline`.

/// A line of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageLine<'a> {
    pub(crate) number: u32,
    /// 1 to 6 where the rendering marks it as a heading.
    pub(crate) level: u8,
    /// It stands in a code block: nothing in it is markup.
    pub(crate) verbatim: bool,
    pub(crate) text: &'a str,
}

impl PageLine<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Where a line stands in [`PageText::text`]: 16 bytes rather than a string of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineSpan {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) number: u32,
    pub(crate) level: u8,
    pub(crate) verbatim: bool,
}

/// The page's text and its lines.
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

/// An offset within a page, which is far below 4 GiB.
pub(crate) fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
