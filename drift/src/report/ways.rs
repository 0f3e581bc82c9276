//! The ways to settle a finding, for people: what each does, and the lines to paste.

use crate::{
    edit::Hunk,
    finding::{Finding, Way},
};

impl Way {
    /// What others notice, for the brackets.
    fn effect(&self) -> String {
        let Some(class) = self.class else {
            return "callers do not notice it".to_owned();
        };
        let notices = self.notices.join("; ");
        match (class, self.notices.as_slice()) {
            (_, []) => class.as_str().to_owned(),
            _ => format!("{}: {notices}", class.as_str()),
        }
    }
}

/// A line of the report.
pub(super) enum Line {
    /// About an edit.
    Says(String),
    /// A line to paste, with the indentation of its file.
    Paste(String),
}

/// The ways, each with its edits.
pub(super) fn lines(finding: &Finding) -> Vec<Line> {
    let mut lines = Vec::new();
    let is_numbered = finding.ways.len() > 1;
    for (way, number) in finding.ways.iter().zip(1..) {
        let number = if is_numbered {
            format!("{number}. ")
        } else {
            String::new()
        };
        lines.push(Line::Says(format!(
            "{number}{} ({})",
            way.what,
            way.effect()
        )));
        for hunk in &way.hunks {
            lines.push(Line::Says(at(hunk)));
            lines.extend(hunk.lines.iter().cloned().map(Line::Paste));
        }
    }
    lines
}

/// Where the lines of an edit belong.
fn at(hunk: &Hunk) -> String {
    let Hunk {
        file,
        line,
        taken,
        lines,
    } = hunk;
    if *taken == 0 {
        return format!("{file}:{}: add below", line - 1);
    }
    let what = if lines.is_empty() {
        "remove"
    } else {
        "replace with"
    };
    match taken {
        1 => format!("{file}:{line}: {what}"),
        _ => format!("{file}:{line} to {}: {what}", line + taken - 1),
    }
}
