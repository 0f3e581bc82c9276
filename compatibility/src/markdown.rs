//! The changes from one release to the next, as a section of a changelog.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::{
    change::{Change, Class, Kind, Said},
    compatibility::Compatibility,
    excerpt::excerpts,
};

impl Compatibility {
    /// A section of a changelog with the version as its heading: breaking changes, new features,
    /// and changes of wording.
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

/// Groups the changes by their effect, which is stated once above each group. Changes of wording
/// have no effect.
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

/// A change as one line. It has no full stop, because it may end with a quotation.
fn line(change: &Change) -> String {
    let subject = change.what(code);
    let mut letters = subject.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let subject: String = first.chain(letters).collect();

    let [was, is] = [&change.was, &change.is].map(|said| identifying(said.as_ref()));
    let [old, new] = excerpts([was, is]).map(|text| code(&text));
    let kind = change.kind.as_str();
    match (change.kind, was, is) {
        // The new wording is in the document.
        _ if change.class == Class::Patch => format!("{subject} {kind}"),
        (_, Some(_), Some(_)) => format!("{subject} {kind} from {old} to {new}"),
        (Kind::Added, None, Some(_)) => format!("{subject} {kind}: {new}"),
        (Kind::Gone, Some(_), None) => format!("{subject} {kind}; it was {old}"),
        (_, _, _) => format!("{subject} {kind}"),
    }
}

/// The part of a value that identifies it for readers; `None` if only the whole value would.
fn identifying(said: Option<&Said>) -> Option<&Json> {
    let value = &said?.value;
    let Json::Object(entries) = value else {
        return Some(value);
    };
    let mut keys = ["url", "summary", "description"].into_iter();
    keys.find_map(|key| entries.get(key))
}

/// A text as a Markdown code span, even if it contains backticks.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}
