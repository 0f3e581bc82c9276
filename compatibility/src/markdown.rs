//! The changes from one release to the next, for those who read a list of changes.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::{
    change::{Change, Class, Kind, Said},
    compatibility::Compatibility,
    excerpt::excerpts,
};

impl Compatibility {
    /// A section of a list of changes, headed by the version: what breaks, what is new, and what
    /// is worded otherwise.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "## {}\n\nChanges since {}.\n",
            self.current.version, self.released.version
        );
        if self.changes.is_empty() {
            text.push_str("\nNone.\n");
        }
        for class in Class::ALL {
            let mut changes = self.changes.iter().filter(|change| change.class == class);
            let Some(first) = changes.next() else {
                continue;
            };
            let heading = match class {
                Class::Major => "Breaking",
                Class::Minor => "New",
                Class::Patch => "Wording",
            };
            _ = writeln!(text, "\n### {heading}");
            for (lead, changes) in grouped(std::iter::once(first).chain(changes)) {
                _ = writeln!(text, "{lead}");
                for change in changes {
                    _ = writeln!(text, "- {}", line(change));
                }
            }
        }
        text
    }
}

/// The changes by what they do to whom, which is said once before them. Other words do nothing.
fn grouped<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<(String, Vec<&'c Change>)> {
    let mut groups: Vec<(String, Vec<_>)> = Vec::new();
    for change in changes {
        let lead = match change.class {
            Class::Patch => String::new(),
            Class::Major | Class::Minor => {
                format!("\nFor {}: {}.\n", change.affected.as_str(), change.why)
            }
        };
        match groups.iter_mut().find(|(known, _)| *known == lead) {
            Some((_, group)) => group.push(change),
            None => groups.push((lead, vec![change])),
        }
    }
    groups
}

/// A change without a full stop at its end: what it quotes may have one.
fn line(change: &Change) -> String {
    let subject = change.what(code);
    let mut letters = subject.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let subject: String = first.chain(letters).collect();

    let [was, is] = [&change.was, &change.is].map(|said| telling(said.as_ref()));
    let [old, new] = excerpts([was, is]).map(|text| code(&text));
    let kind = change.kind.as_str();
    match (change.kind, was, is) {
        // The words themselves are in the document.
        _ if change.class == Class::Patch => format!("{subject} {kind}"),
        (_, Some(_), Some(_)) => format!("{subject} {kind} from {old} to {new}"),
        (Kind::Added, None, Some(_)) => format!("{subject} {kind}: {new}"),
        (Kind::Gone, Some(_), None) => format!("{subject} {kind}; it was {old}"),
        (_, _, _) => format!("{subject} {kind}"),
    }
}

/// What of a value tells people which one it is; nothing where only the whole would.
fn telling(said: Option<&Said>) -> Option<&Json> {
    let value = &said?.value;
    let Json::Object(entries) = value else {
        return Some(value);
    };
    let mut keys = ["url", "summary", "description"].into_iter();
    keys.find_map(|key| entries.get(key))
}

/// A text as code, whatever it contains.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}
