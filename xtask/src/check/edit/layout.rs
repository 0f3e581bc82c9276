//! Edits of YAML as text: by the places that the tree knows, and by the indentation of the lines.

use std::ops::Range;

use face_search_enroll_contract::{
    Position,
    yaml::{Node, Value},
};

use super::{
    change::{Change, Edit},
    path::{Found, Step, starts},
};

impl Edit {
    /// The text with the edit made; none where there is no such place, or a layout that is not known.
    /// `tree` is that of the text.
    pub(crate) fn apply(&self, text: &str, tree: &Node) -> Option<String> {
        spliced(text, [self.splice(text, tree)?])
    }

    fn splice(&self, text: &str, tree: &Node) -> Option<Splice> {
        let source = Source(text);
        match &self.change {
            Change::Set(value) => source.set(Found::by(tree, &self.at)?, value),
            Change::Rename(key) => source.rename(Found::by(tree, &self.at)?, key),
            Change::Remove => source.remove(tree, &self.at),
            Change::Insert(lines) => source.insert(tree, &self.at, lines),
        }
    }

    /// Whether both can be made at once.
    fn is_apart(&self, other: &Self, tree: &Node) -> bool {
        match (&self.change, &other.change) {
            (Change::Insert(_), Change::Insert(_)) if self.at == other.at => {
                Found::by(tree, &self.at).is_some()
            }
            // The last one takes along what held both.
            (Change::Remove, Change::Remove) => {
                self.at.split_last().map(|it| it.1) != other.at.split_last().map(|it| it.1)
            }
            _ => self.at != other.at,
        }
    }
}

/// The text with all edits made; none where they are not apart from each other.
pub(crate) fn at_once(text: &str, tree: &Node, edits: &[&Edit]) -> Option<String> {
    let mut before = edits.iter().enumerate();
    let apart = before.all(|(index, edit)| {
        let mut others = edits.iter().take(index);
        others.all(|other| edit.is_apart(other, tree))
    });
    let splices = edits.iter().map(|edit| edit.splice(text, tree));
    let mut splices = splices.collect::<Option<Vec<_>>>().filter(|_| apart)?;
    splices.sort_by_key(|(range, _)| range.start);
    spliced(text, splices)
}

/// The text with splices that stand one after the other.
fn spliced(text: &str, splices: impl IntoIterator<Item = Splice>) -> Option<String> {
    let mut new = String::new();
    let mut end = 0;
    for (range, instead) in splices {
        new.push_str(text.get(end..range.start)?);
        new.push_str(&instead);
        end = range.end;
    }
    new.push_str(text.get(end..)?);
    Some(new)
}

/// What stands in place of what.
type Splice = (Range<usize>, String);

struct Source<'t>(&'t str);

impl Source<'_> {
    fn set(&self, found: Found<'_>, value: &str) -> Option<Splice> {
        if let Some(range) = self.inline(found) {
            return Some((range, value.to_owned()));
        }
        // The value goes on in the lines below its key.
        let key = self.key(found)?;
        let colon = self.0.get(key.end..)?.find(':')? + key.end + 1;
        let (_, last) = self.lines(found);
        let end = self.start_of(last)? + self.line(last)?.len();
        Some((colon..end, format!(" {value}")))
    }

    fn rename(&self, found: Found<'_>, key: &str) -> Option<Splice> {
        Some((self.key(found)?, key.to_owned()))
    }

    fn remove(&self, root: &Node, path: &[Step]) -> Option<Splice> {
        let found = Found::by(root, path)?;
        let parent = found.parent?;
        if starts(parent).len() == 1 && path.len() > 1 {
            return self.remove(root, path.get(..path.len() - 1)?);
        }
        if !self.is_flow(parent) {
            let (first, last) = self.lines(found);
            let mut range = self.start_of(first)?..self.start_of(last + 1)?;
            let is_blank = |number: usize| self.line(number).is_some_and(|it| it.trim().is_empty());
            // One blank line between what stood above and below.
            if first > 1 && is_blank(first - 1) && is_blank(last + 1) {
                range.end = self.start_of(last + 2)?;
            }
            return Some((range, String::new()));
        }
        let start = self.offset(found.start())?;
        let end = self.inline(found)?.end;
        let rest = self.0.get(end..)?;
        if let Some(next) = rest.trim_start().strip_prefix(',') {
            let next = next.trim_start();
            return Some((start..self.0.len() - next.len(), String::new()));
        }
        let before = self.0.get(..start)?.trim_end();
        let before = before.strip_suffix(',').unwrap_or(before);
        Some((before.len()..end, String::new()))
    }

    fn insert(&self, root: &Node, path: &[Step], lines: &[String]) -> Option<Splice> {
        let found = match Found::by(root, path) {
            Some(found) if !matches!(found.node.value, Value::Null) => found,
            Some(_) if path.is_empty() => {
                let end = self.0.len();
                let lines: Vec<_> = lines.iter().map(|line| format!("{line}\n")).collect();
                return Some((end..end, lines.concat()));
            }
            _ => {
                let (Step::Key(key), above) = path.split_last()? else {
                    return None;
                };
                let inner = lines.iter().map(|line| format!("  {line}"));
                let lines: Vec<_> = std::iter::once(format!("{key}:")).chain(inner).collect();
                return self.insert(root, above, &lines);
            }
        };
        if self.is_flow(found.node) {
            let [line] = lines else {
                // A list without items at the root, as `[]`, becomes one of lines.
                let is_empty = path.is_empty() && starts(found.node).is_empty();
                let range = self.inline(found).filter(|_| is_empty)?;
                return Some((range, lines.join("\n")));
            };
            let end = self.inline(found)?.end - 1;
            let inner = self.0.get(..end)?.trim_end();
            let line = line.strip_prefix("- ").unwrap_or(line);
            let joint = if starts(found.node).is_empty() {
                ""
            } else {
                ", "
            };
            return Some((inner.len()..inner.len(), format!("{joint}{line}")));
        }
        let entries = starts(found.node);
        let last = *entries.last()?;
        let (first, end) = self.block(last, found.node);
        let apart = entries.len() > 1 && self.line(first.checked_sub(1)?)?.trim().is_empty();
        let indent = self.column(last, found.node) - 1;
        let lines = lines.iter().map(|line| format!("{:indent$}{line}\n", ""));
        let blank = apart.then(|| "\n".to_owned());
        let mut new: String = blank.into_iter().chain(lines).collect();
        let at = self.start_of(end + 1)?;
        if !self.0.get(..at)?.ends_with('\n') {
            new.insert(0, '\n');
        }
        Some((at..at, new))
    }

    fn is_flow(&self, node: &Node) -> bool {
        let at = self.offset(node.at).and_then(|at| self.0.get(at..));
        matches!(node.value, Value::Map(_) | Value::List(_))
            && at.is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// The value, where it stands in the line of its key and is a scalar, or within brackets.
    fn inline(&self, found: Found<'_>) -> Option<Range<usize>> {
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

    fn key(&self, found: Found<'_>) -> Option<Range<usize>> {
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

    /// The first and the last line of an entry.
    fn lines(&self, found: Found<'_>) -> (usize, usize) {
        match found.parent {
            Some(parent) => self.block(found.start(), parent),
            None => (1, self.0.lines().count()),
        }
    }

    /// The first and the last line of the entry of `parent` that starts at `at`: what is indented more
    /// belongs to it, and so does a list below its key that is indented the same.
    fn block(&self, at: Position, parent: &Node) -> (usize, usize) {
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

    /// The column of an entry, from 1: that of its key or of its dash.
    fn column(&self, at: Position, parent: &Node) -> usize {
        match &parent.value {
            Value::List(_) => {
                let line = self.line(at.line).unwrap_or_default();
                line.len() - line.trim_start().len() + 1
            }
            _ => at.column,
        }
    }

    fn line(&self, number: usize) -> Option<&str> {
        self.0.lines().nth(number.checked_sub(1)?)
    }

    /// Where a line starts, in bytes; the end of the text for the one after the last.
    fn start_of(&self, number: usize) -> Option<usize> {
        let above = self.0.split_inclusive('\n').take(number.checked_sub(1)?);
        Some(above.map(str::len).sum())
    }

    fn offset(&self, at: Position) -> Option<usize> {
        let line = self.line(at.line)?;
        let before = line.chars().take(at.column.checked_sub(1)?);
        Some(self.start_of(at.line)? + before.map(char::len_utf8).sum::<usize>())
    }
}

/// The length of the text in quotes at the start.
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

/// The length of what stands in brackets at the start.
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
