//! The sections of a page: the lines under each heading.
//!
//! A section may occur several times and in any order. The entries of a table of contents become
//! empty sections, which do no harm.

use crate::headings::{Heading, example_heading, heading, is_example_heading, run_in};
use crate::lines::{PageLine, PageText};
use crate::section::Section;

/// The lines under one heading.
#[derive(Debug, Default)]
pub(crate) struct PagePart<'a> {
    /// `None` before the first heading, in notes, and under unknown headings.
    pub(crate) section: Option<Section>,
    /// Whether the part has notes.
    pub(crate) is_notes: bool,
    pub(crate) lines: Vec<PageLine<'a>>,
    level: u8,
}

/// The page, split at its headings.
pub(crate) fn parts(page: &PageText) -> Vec<PagePart<'_>> {
    let mut parts = vec![];
    let mut current = PagePart::default();
    for line in page.lines() {
        if let Some(heading) = heading(line.text) {
            parts.push(std::mem::replace(&mut current, part(heading, line.level)));
            continue;
        }
        if ends_section(&current, line) {
            parts.push(std::mem::take(&mut current));
        }
        let mut rest = line;
        while let Some((before, heading, after)) = run_in(rest) {
            current.lines.push(PageLine {
                text: before,
                ..line
            });
            parts.push(std::mem::replace(&mut current, part(heading, 0)));
            rest.text = after;
        }
        if rest.text.len() == line.text.len() || !rest.is_blank() {
            current.lines.push(rest);
        }
    }
    parts.push(current);
    parts
}

fn part<'a>(heading: Heading, level: u8) -> PagePart<'a> {
    PagePart {
        section: match heading {
            Heading::Opens(section) => Some(section),
            Heading::Notes => None,
        },
        is_notes: heading == Heading::Notes,
        lines: vec![],
        level,
    }
}

/// An unknown heading ends the section, except if it is a subheading of that section.
fn ends_section(current: &PagePart<'_>, line: PageLine<'_>) -> bool {
    let example = current.section == Some(Section::ResponseExamples)
        && is_example_heading(&example_heading(line.text));
    let known = current.section.is_some() || current.is_notes;
    known && line.level > 0 && line.level <= current.level && !example
}
