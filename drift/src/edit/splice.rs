//! Edits of YAML as text, by the positions in the tree and the indentation of the lines.

use std::ops::Range;

use face_search_enroll_contract::yaml::{Node, Value};

use super::{
    change::{Change, Edit},
    path::{Found, Step, starts},
    text::Text,
};

impl Edit {
    /// The text after the edit. None if the place does not exist or the layout is unknown. `tree` is the
    /// parsed text.
    pub(crate) fn apply(&self, text: &str, tree: &Node) -> Option<String> {
        spliced(text, [self.splice(text, tree)?])
    }

    fn splice(&self, text: &str, tree: &Node) -> Option<Splice> {
        let source = Text(text);
        match &self.change {
            Change::Set(value) => source.set(Found::by(tree, &self.at)?, value),
            Change::Rename(key) => source.rename(Found::by(tree, &self.at)?, key),
            Change::Remove => source.remove(tree, &self.at),
            Change::Insert(lines) => source.insert(tree, &self.at, lines),
        }
    }

    /// Whether both edits can be made at once.
    fn is_apart(&self, other: &Self, tree: &Node) -> bool {
        match (&self.change, &other.change) {
            (Change::Insert(_), Change::Insert(_)) if self.at == other.at => {
                Found::by(tree, &self.at).is_some()
            }
            // The last entry removes the mapping or list around it.
            (Change::Remove, Change::Remove) => {
                self.at.split_last().map(|it| it.1) != other.at.split_last().map(|it| it.1)
            }
            _ => self.at != other.at,
        }
    }
}

/// The text after all edits. None if they overlap.
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

/// The text with splices applied, which are sorted and do not overlap.
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

/// A range of the text, and its replacement.
type Splice = (Range<usize>, String);

impl Text<'_> {
    fn set(&self, found: Found<'_>, value: &str) -> Option<Splice> {
        if let Some(range) = self.inline(found) {
            return Some((range, value.to_owned()));
        }
        // The value continues on the lines below its key.
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
            // Keep one blank line between the entries above and below.
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
                // An empty list at the root, `[]`, becomes a block list.
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
}
