//! Rows and cells of a table. The rendering may separate cells by tabs, by Markdown's pipes with or
//! without outer pipes, or not at all.
//!
//! The reader of each table interprets the cells.

use std::borrow::Cow;

use crate::facts::Unread;
use crate::lines::PageLine;
use crate::outline::PagePart;
use crate::text::{collapse, without_markdown};

/// The maximum number of cells in a row. The rest of a row is one cell.
const MAX_CELLS: usize = 16;

/// A row with at least one cell that is not empty.
#[derive(Debug)]
pub(crate) struct TableRow<'a> {
    pub(crate) line: u32,
    /// The line of the second cell. It is further down if the cells are below each other.
    pub(crate) second_line: u32,
    /// The index of its line in the part.
    pub(crate) at: usize,
    /// The first cell is empty because a cell from above spans this row.
    pub(crate) cells: Vec<Cow<'a, str>>,
    /// Whether it clearly is part of the table. It is not after a blank line.
    pub(crate) contiguous: bool,
    /// Whether a blank line is directly above it.
    pub(crate) after_blank: bool,
    /// Whether it is not prose near the table, so that an unreadable row must be reported.
    pub(crate) worth_telling: bool,
}

impl TableRow<'_> {
    /// The text of the cells from this index on.
    pub(crate) fn text_from(&self, first: usize) -> String {
        let cells = self.cells.get(first..).unwrap_or_default();
        cells.join(" ").trim().to_owned()
    }

    pub(crate) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| cell)
    }

    /// Whether the rendering separated the cells.
    pub(crate) fn is_split(&self) -> bool {
        self.cells.len() > 1
    }

    /// Records the row as unread, except if it may be prose near the table.
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
            // Everything above it is the header, whatever its words, or prose.
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

/// Splits at the pipes that are not escaped.
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

/// The line of dashes below the header of a Markdown table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.contains("--") && line.bytes().all(|b| b"-|: \t".contains(&b))
}

/// Whether these are only names of columns. The names of fields do not start with a capital, which
/// distinguishes a row such as `codeStatus Code`.
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
