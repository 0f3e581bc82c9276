//! Finds the parts of a YAML document in its text, by the positions in the tree and the indentation of the
//! lines.

use std::ops::Range;

use face_search_enroll_contract::{
    Position,
    yaml::{Node, Value},
};

use super::path::Found;

/// The text of a document.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Text<'_> {
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        let at = self.offset(node.at).and_then(|at| self.0.get(at..));
        matches!(node.value, Value::Map(_) | Value::List(_))
            && at.is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// The range of the value, if it is a scalar on the line of its key, or in brackets.
    pub(super) fn inline(&self, found: Found<'_>) -> Option<Range<usize>> {
        let Found { key, node, parent } = found;
        let start = self.offset(node.at)?;
        let rest = self.0.get(start..)?;
        let in_flow = parent.is_some_and(|parent| self.is_flow(parent));
        let length = match rest.chars().next()? {
            '{' | '[' if self.is_flow(node) => closed(rest)?,
            '\'' | '"' => quotes(rest)?,
            _ if matches!(node.value, Value::Map(_) | Value::List(_) | Value::Null) => return None,
            _ if key.is_some_and(|key| key.at.line != node.at.line) => return None,
            _ => {
                let end = rest.find('\n').unwrap_or(rest.len());
                let line = rest.get(..end)?;
                let end = line.find(" #").unwrap_or(line.len());
                let end = match line.find([',', '}', ']']).filter(|_| in_flow) {
                    Some(flow) => flow.min(end),
                    None => end,
                };
                line.get(..end)?.trim_end().len()
            }
        };
        let (_, last) = self.lines(found);
        let is_one_line = in_flow || self.is_flow(node) || last == node.at.line;
        is_one_line.then(|| start..start + length)
    }

    pub(super) fn key(&self, found: Found<'_>) -> Option<Range<usize>> {
        let start = self.offset(found.key?.at)?;
        let rest = self.0.get(start..)?;
        let length = if rest.starts_with(['\'', '"']) {
            quotes(rest)?
        } else {
            let line = rest.lines().next()?;
            line.find(": ")
                .or_else(|| line.strip_suffix(':').map(str::len))?
        };
        Some(start..start + length)
    }

    /// The first and last line of an entry.
    pub(super) fn lines(&self, found: Found<'_>) -> (usize, usize) {
        match found.parent {
            Some(parent) => self.block(found.start(), parent),
            None => (1, self.0.lines().count()),
        }
    }

    /// The first and last line of the entry of `parent` that starts at `at`. Lines with more indentation belong
    /// to it, and so does a list below its key with the same indentation.
    pub(super) fn block(&self, at: Position, parent: &Node) -> (usize, usize) {
        let column = self.column(at, parent);
        let is_key = matches!(parent.value, Value::Map(_));
        let mut last = at.line;
        for (index, line) in self.0.lines().enumerate().skip(at.line) {
            let text = line.trim_start();
            let indent = line.len() - text.len();
            if text.is_empty() || (text.starts_with('#') && indent < column) {
                continue;
            }
            let is_list = is_key && indent + 1 == column && text.starts_with("- ");
            if indent < column && !is_list {
                break;
            }
            last = index + 1;
        }
        (at.line, last)
    }

    /// The column of an entry's key or dash, from 1.
    pub(super) fn column(&self, at: Position, parent: &Node) -> usize {
        match &parent.value {
            Value::List(_) => {
                let line = self.line(at.line).unwrap_or_default();
                line.len() - line.trim_start().len() + 1
            }
            _ => at.column,
        }
    }

    pub(super) fn line(&self, number: usize) -> Option<&str> {
        self.0.lines().nth(number.checked_sub(1)?)
    }

    /// The byte offset of a line; for the line after the last one, the end of the text.
    pub(super) fn start_of(&self, number: usize) -> Option<usize> {
        let above = self.0.split_inclusive('\n').take(number.checked_sub(1)?);
        Some(above.map(str::len).sum())
    }

    pub(super) fn offset(&self, at: Position) -> Option<usize> {
        let line = self.line(at.line)?;
        let before = line.chars().take(at.column.checked_sub(1)?);
        Some(self.start_of(at.line)? + before.map(char::len_utf8).sum::<usize>())
    }
}

/// The length of the quoted text at the start.
fn quotes(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, quote) = chars.next()?;
    let mut chars = chars.peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let doubled = quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == quote);
            if !doubled {
                return Some(at + 1);
            }
            chars.next();
        }
    }
    None
}

/// The length of the bracketed text at the start.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut starts_value = true;
    while let Some(c) = text.get(at..)?.chars().next() {
        match c {
            '\'' | '"' if starts_value => {
                at += quotes(text.get(at..)?)?;
                starts_value = false;
                continue;
            }
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        starts_value = "{[,:".contains(c) || (c.is_whitespace() && starts_value);
        at += c.len_utf8();
        if depth == 0 {
            return Some(at);
        }
    }
    None
}
