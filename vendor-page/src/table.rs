//! Rows and cells of a table, however the rendering separates them: tabs, Markdown's pipes with
//! or without the outer ones, or nothing at all.
//!
//! What a cell means is left to the reader of each table.

use std::borrow::Cow;

use crate::facts::Unread;
use crate::lines::PageLine;
use crate::outline::PagePart;
use crate::text::{collapse, without_markdown};

/// No table of the vendor is as wide; what lies beyond is one cell.
const MAX_CELLS: usize = 16;

/// A row with at least one cell that is not empty.
#[derive(Debug)]
pub(crate) struct TableRow<'a> {
    pub(crate) line: u32,
    /// The line of its second cell: further down where the cells stand one below the other.
    pub(crate) second_line: u32,
    /// The index of its line in the part.
    pub(crate) at: usize,
    /// A first cell that is empty belongs to a row that spans this one.
    pub(crate) cells: Vec<Cow<'a, str>>,
    /// Whether it is part of the table beyond doubt: it is not when a blank line parts it from the
    /// table.
    pub(crate) contiguous: bool,
    /// Whether a blank line stands right above it.
    pub(crate) after_blank: bool,
    /// Whether it is no prose near the table, so that one that cannot be read is worth a word.
    pub(crate) worth_telling: bool,
}

impl TableRow<'_> {
    /// The cells' text from the cell with this index on.
    pub(crate) fn text_from(&self, first: usize) -> String {
        let cells = self.cells.get(first..).unwrap_or_default();
        cells.join(" ").trim().to_owned()
    }

    pub(crate) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| cell)
    }

    /// Whether the rendering kept its cells apart.
    pub(crate) fn is_split(&self) -> bool {
        self.cells.len() > 1
    }

    /// Notes the row as one that could not be read, unless it is prose near the table.
    pub(crate) fn unread(&self, part: &PagePart<'_>, unread: &mut Vec<Unread>) {
        if let (Some(section), true) = (part.section, self.worth_telling) {
            unread.push(Unread {
                section,
                line: self.line,
            });
        }
    }
}

/// The rows of the table in this part, without its header.
pub(crate) fn rows<'a>(part: &PagePart<'a>) -> Vec<TableRow<'a>> {
    let rule = part.lines.iter().find(|line| is_rule(line.text));
    let telling = rule.or_else(|| part.lines.iter().find(|line| !line.is_blank()));
    let telling = telling.map_or("", |line| line.text.trim());
    let style = CellStyle {
        pipes: rule.is_some() || telling.contains('|'),
        outer: telling.starts_with('|'),
    };
    let mut rows = vec![];
    let mut headed = false;
    let mut contiguous = false;
    let mut after_blank = false;
    let mut indented = false;
    for (at, line) in part.lines.iter().enumerate() {
        if line.is_blank() {
            contiguous = false;
            after_blank = true;
            continue;
        }
        let after_blank = std::mem::take(&mut after_blank);
        if is_rule(line.text) {
            // What stands above it is the header, in whatever words, or prose.
            if !headed {
                rows.clear();
            }
            headed = true;
            contiguous = true;
            continue;
        }
        let mut cells = style.cells(line);
        if !headed && is_header(&cells) {
            rows.clear();
            headed = true;
            contiguous = true;
            indented = cells.first().is_some_and(|cell| cell.is_empty());
            continue;
        }
        if indented && cells.first().is_some_and(|cell| cell.is_empty()) {
            cells.remove(0);
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(TableRow {
                line: line.number,
                second_line: line.number,
                at,
                cells,
                contiguous,
                after_blank,
                worth_telling: contiguous,
            });
        }
    }
    rows
}

#[derive(Debug, Clone, Copy)]
struct CellStyle {
    pipes: bool,
    outer: bool,
}

impl CellStyle {
    fn cells<'a>(self, line: &PageLine<'a>) -> Vec<Cow<'a, str>> {
        let mut cells: Vec<_> = if self.pipes {
            let text = line.text.trim();
            let text = match text.strip_prefix('|') {
                Some(inner) if self.outer => inner,
                _ => text,
            };
            split_pipes(text)
        } else {
            let text = line.text.trim_end();
            let text = text.trim_start_matches(|c: char| c.is_whitespace() && c != '\t');
            text.splitn(MAX_CELLS, '\t').map(collapse).collect()
        };
        while cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        cells
    }
}

/// Cuts at the pipes that no backslash escapes.
fn split_pipes(text: &str) -> Vec<Cow<'_, str>> {
    let mut cells = vec![];
    let mut start = 0;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'|' && !escaped && cells.len() + 1 < MAX_CELLS {
            cells.push(text.get(start..at).unwrap_or_default());
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    cells.push(text.get(start..).unwrap_or_default());
    let plain = |cell| match without_markdown(cell) {
        Cow::Borrowed(cell) => collapse(cell),
        Cow::Owned(cell) => Cow::Owned(collapse(&cell).into_owned()),
    };
    cells.into_iter().map(plain).collect()
}

/// The line of dashes under a Markdown table's header.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.contains("--") && line.bytes().all(|b| b"-|: \t".contains(&b))
}

/// Whether these are the names of columns and nothing else. No field of an answer is written
/// with a capital, which keeps a row such as `codeStatus Code` apart.
fn is_header(cells: &[Cow<'_, str>]) -> bool {
    const FIRST: &str =
        "parameter param field name property key attribute statuscode responsecode code";
    const OTHERS: &str = "description name data statuscode code message meaning type required optional \
        example default value charging charge pricing price remark explanation length \
        note";
    if cells.iter().map(|cell| cell.len()).sum::<usize>() > 100 {
        return false;
    }
    let squashed: String = cells
        .iter()
        .flat_map(|cell| cell.split_whitespace())
        .collect();
    if !squashed.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let squashed = squashed.to_ascii_lowercase();
    let column = |text: &str, names: &str| {
        let mut names = names.split_whitespace();
        let rest = names.find_map(|name| text.strip_prefix(name));
        rest.map(|rest| rest.strip_prefix('s').unwrap_or(rest).len())
    };
    let Some(mut left) = column(&squashed, FIRST) else {
        return false;
    };
    while left > 0 {
        let rest = squashed.get(squashed.len() - left..).unwrap_or_default();
        match column(rest, OTHERS) {
            Some(less) => left = less,
            None => return false,
        }
    }
    true
}
