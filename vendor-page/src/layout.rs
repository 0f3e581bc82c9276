//! How HTML elements become lines: a block becomes a line, cells are separated by tabs, code keeps
//! its line breaks, and scripts, styles and navigation are dropped.

use crate::lines::{LineSpan, PageText, offset};
use crate::text::plain;

/// A start tag with the attributes that are used.
#[derive(Debug, Default)]
pub(crate) struct StartTag {
    pub(crate) name: String,
    pub(crate) rows: u16,
    pub(crate) columns: u16,
}

/// Elements that are dropped with their content.
const DROPPED: [&str; 13] = [
    "script", "style", "template", "svg", "noscript", "nav", "footer", "aside", "button", "select",
    "textarea", "title", "iframe",
];

/// Elements that do not break a line.
const INLINE: [&str; 27] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "img", "input", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
    "wbr",
];

/// The maximum number of columns. Further columns are not separated.
const MAX_COLUMNS: usize = 16;

#[derive(Debug, Default)]
pub(crate) struct LineBuilder {
    page: PageText,
    /// The start of the current line, and its number once it has text.
    start: usize,
    line: Option<u32>,
    /// The number of the current line in the file.
    pub(crate) number: u32,
    level: u8,
    pre: bool,
    /// The dropped element that is open, and its nesting depth.
    dropped: Option<(String, u32)>,
    tables: u32,
    in_cell: bool,
    column: usize,
    /// For each column, the number of further rows that a cell from above spans.
    spans: [u16; MAX_COLUMNS],
}

impl LineBuilder {
    /// The number of lines so far.
    pub(crate) fn lines(&self) -> usize {
        self.page.spans.len()
    }

    pub(crate) fn start(&mut self, tag: &StartTag) {
        let name = tag.name.as_str();
        if let Some((dropped, depth)) = &mut self.dropped {
            *depth += u32::from(dropped == name);
            return;
        }
        if DROPPED.contains(&name) {
            self.dropped = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "table" => {
                self.tables += 1;
                self.boundary();
                if self.tables == 1 {
                    self.spans = [0; MAX_COLUMNS];
                }
            }
            "tr" if self.tables == 1 => {
                self.end_row();
                self.column = 0;
            }
            "td" | "th" if self.tables == 1 => self.start_cell(tag),
            "thead" | "tbody" | "tfoot" | "colgroup" | "col" => {}
            "br" => self.line_break(),
            "pre" => {
                self.boundary();
                self.pre = !self.in_cell;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                // A heading in a cell means that the table is only used for layout.
                self.tables = 0;
                self.end_cell();
                self.boundary();
                self.level = name.as_bytes().get(1).map_or(0, |digit| digit - b'0');
            }
            _ if INLINE.contains(&name) => {}
            _ => self.boundary(),
        }
    }

    pub(crate) fn end(&mut self, name: &str) {
        if let Some((dropped, depth)) = &mut self.dropped {
            if dropped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.dropped = None;
                }
            }
            return;
        }
        match name {
            "table" => {
                if self.tables == 1 {
                    self.end_row();
                }
                self.tables = self.tables.saturating_sub(1);
                self.boundary();
            }
            "tr" if self.tables == 1 => self.end_row(),
            "td" | "th" if self.tables == 1 => self.end_cell(),
            "pre" => {
                self.boundary();
                self.pre = false;
            }
            "thead" | "tbody" | "tfoot" | "colgroup" | "br" => {}
            _ if INLINE.contains(&name) => {}
            _ => {
                self.boundary();
                self.level = 0;
            }
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        if self.dropped.is_some() {
            return;
        }
        for c in text.chars() {
            if c == '\n' && self.pre {
                self.line_break();
                self.number = self.number.saturating_add(1);
                continue;
            }
            let Some(c) = plain(c) else { continue };
            if c.is_whitespace() && !self.pre {
                self.space();
                self.number = self.number.saturating_add(u32::from(c == '\n'));
                continue;
            }
            if !c.is_whitespace() {
                self.line.get_or_insert(self.number);
            }
            self.page.text.push(c);
        }
    }

    /// Collapses white space, and drops it at the start of a line or cell.
    fn space(&mut self) {
        let written = self.page.text.get(self.start..).unwrap_or_default();
        if !written.is_empty() && !written.ends_with([' ', '\t']) {
            self.page.text.push(' ');
        }
    }

    /// The edge of a block: a blank line, or only a space within a cell.
    fn boundary(&mut self) {
        if self.in_cell {
            self.space();
            return;
        }
        self.end_line();
        if !self.pre && self.tables == 0 {
            self.blank_line();
        }
    }

    fn line_break(&mut self) {
        if self.in_cell {
            self.space();
        } else if self.line.is_some() {
            self.end_line();
        } else {
            self.blank_line();
        }
    }

    fn start_cell(&mut self, tag: &StartTag) {
        self.end_cell();
        // Cells that span rows from above leave the first cells of this row empty.
        while let Some(span) = self.spans.get_mut(self.column)
            && *span > 0
        {
            *span -= 1;
            self.column += 1;
            self.page.text.push('\t');
        }
        let width = usize::from(tag.columns.max(1));
        let end = (self.column + width).min(MAX_COLUMNS);
        for span in self.spans.get_mut(self.column..end).unwrap_or_default() {
            *span = tag.rows.saturating_sub(1);
        }
        self.column = end;
        self.in_cell = true;
    }

    fn end_cell(&mut self) {
        if self.in_cell {
            self.in_cell = false;
            self.page.text.push('\t');
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.end_line();
        // Count down the columns that this row did not reach, too.
        for span in self.spans.get_mut(self.column..).unwrap_or_default() {
            *span = span.saturating_sub(1);
        }
        self.column = MAX_COLUMNS;
    }

    /// Ends the line if it has text.
    fn end_line(&mut self) {
        let Some(number) = self.line.take() else {
            self.page.text.truncate(self.start);
            return;
        };
        self.mark(number, self.level);
    }

    /// Ends the line and adds a blank line. Several blank lines are written as one.
    fn blank_line(&mut self) {
        self.end_line();
        let last = self.page.spans.last();
        if last.is_some_and(|span| span.start < span.end) {
            self.mark(self.number, 0);
        }
    }

    fn mark(&mut self, number: u32, level: u8) {
        let end = self.page.text.len();
        self.page.spans.push(LineSpan {
            start: offset(self.start),
            end: offset(end),
            number,
            level,
            verbatim: self.pre,
        });
        self.start = end;
    }

    pub(crate) fn finish(mut self) -> PageText {
        self.end_cell();
        self.end_line();
        self.page
    }
}
