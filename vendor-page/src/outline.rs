//! The page's sections: which lines are headings, also where a heading runs into the end of the
//! line before it, and which lines stand under each.
//!
//! A table of contents repeats the headings; its sections are empty and harmless, so a section
//! may come several times and in any order.

use crate::examples;
use crate::section::Section;
use crate::source::{Line, Source};

/// What a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading {
    Section(Section),
    /// Advice in prose, which holds no facts.
    Notes,
}

/// The lines under one heading.
#[derive(Debug, Default)]
pub(crate) struct Part<'a> {
    /// None before the first heading, in notes and under headings that we do not know.
    pub(crate) section: Option<Section>,
    pub(crate) lines: Vec<Line<'a>>,
    level: u8,
}

/// How headings may be spelled, without a final plural "s"; longer before their own prefixes.
const SPELLINGS: [(&str, Heading); 11] = [
    ("Request Example", Heading::Section(Section::RequestExample)),
    ("Request Url", Heading::Section(Section::RequestUrl)),
    ("Request URL", Heading::Section(Section::RequestUrl)),
    (
        "Request Header Parameter",
        Heading::Section(Section::RequestHeaderParameters),
    ),
    (
        "Request Header",
        Heading::Section(Section::RequestHeaderParameters),
    ),
    (
        "Request Parameter",
        Heading::Section(Section::RequestParameters),
    ),
    (
        "Response Description",
        Heading::Section(Section::ResponseDescription),
    ),
    ("Response Code", Heading::Section(Section::ResponseCode)),
    (
        "Response Example",
        Heading::Section(Section::ResponseExamples),
    ),
    ("Notes:", Heading::Notes),
    ("Note:", Heading::Notes),
];

/// Longer than any heading with its marks.
const MAX_HEADING: usize = 100;

/// The page, cut at its headings.
pub(crate) fn parts(source: &Source) -> Vec<Part<'_>> {
    let mut parts = vec![];
    let mut current = Part::default();
    for line in source.lines() {
        if let Some(heading) = heading(line.text) {
            parts.push(std::mem::replace(&mut current, part(heading, line.level)));
            continue;
        }
        if ends_section(&current, line) {
            parts.push(std::mem::take(&mut current));
        }
        let mut rest = line;
        while let Some((before, heading, after)) = run_in(rest) {
            current.lines.push(Line {
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

fn part<'a>(heading: Heading, level: u8) -> Part<'a> {
    Part {
        section: match heading {
            Heading::Section(section) => Some(section),
            Heading::Notes => None,
        },
        lines: vec![],
        level,
    }
}

/// A heading that we do not know ends the section that it does not stand below.
fn ends_section(current: &Part<'_>, line: Line<'_>) -> bool {
    let example = current.section == Some(Section::ResponseExamples)
        && examples::is_heading(&examples::heading_text(line.text));
    current.section.is_some() && line.level > 0 && line.level <= current.level && !example
}

/// The heading that the whole of a line is, marks and numbering aside.
pub(crate) fn heading(line: &str) -> Option<Heading> {
    if line.len() > MAX_HEADING || line.contains('"') {
        return None;
    }
    let text = line.split_once("](").map_or(line, |(text, _)| text);
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric())
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let singular = text.strip_suffix(['s', 'S']).unwrap_or(text);
    if ["note", "Note", "NOTE"].contains(&singular) {
        return Some(Heading::Notes);
    }
    SPELLINGS
        .iter()
        .find(|(name, _)| same_words(name, singular))
        .map(|&(_, heading)| heading)
}

fn same_words(a: &str, b: &str) -> bool {
    let mut b = b.split_whitespace();
    a.split(' ').all(|word| {
        b.next()
            .is_some_and(|other| word.eq_ignore_ascii_case(other))
    }) && b.next().is_none()
}

/// The first heading that runs into what stands before it, and the text on both sides.
fn run_in(line: Line<'_>) -> Option<(&str, Heading, &str)> {
    if line.verbatim {
        return None;
    }
    line.text.match_indices(['R', 'N']).find_map(|(at, _)| {
        let (before, from) = line.text.split_at_checked(at)?;
        let (heading, after) = SPELLINGS.iter().find_map(|&(name, heading)| {
            let after = from.strip_prefix(name)?;
            Some((heading, after))
        })?;
        let unmarked = before.trim_end_matches(['#', '*', ' ']);
        let marked = unmarked.len() < before.trim_end().len();
        let glued = !before.ends_with(char::is_whitespace);
        if !(glued || marked) {
            return None;
        }
        let after = after.strip_prefix('s').unwrap_or(after);
        let rest = after.trim_start_matches([':', '*']);
        let ends = rest.trim_start().is_empty()
            || rest.starts_with("http")
            || rest.starts_with("curl ")
            || heading == Heading::Notes
            // Two headings in a row run into each other.
            || (heading == Heading::Section(Section::ResponseExamples)
                && examples::is_heading(&examples::heading_text(rest)));
        ends.then_some((unmarked, heading, rest))
    })
}
