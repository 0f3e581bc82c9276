//! Headings of sections and of examples. A heading of a section is also found if the line break
//! before it was lost.

use crate::lines::PageLine;
use crate::section::Section;
use crate::text::without_markdown;

use Heading::{Notes, Opens};

/// What a heading starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading {
    Opens(Section),
    /// Advice in prose, without facts.
    Notes,
}

/// The spellings of headings without a plural "s". A longer spelling comes before its own prefix.
const SPELLINGS: [(&str, Heading); 12] = [
    ("Request Example", Opens(Section::RequestExample)),
    ("Code Sample", Opens(Section::RequestExample)),
    ("Request Url", Opens(Section::RequestUrl)),
    ("Request URL", Opens(Section::RequestUrl)),
    (
        "Request Header Parameter",
        Opens(Section::RequestHeaderParameters),
    ),
    ("Request Header", Opens(Section::RequestHeaderParameters)),
    ("Request Parameter", Opens(Section::RequestParameters)),
    ("Response Description", Opens(Section::ResponseDescription)),
    ("Response Code", Opens(Section::ResponseCode)),
    ("Response Example", Opens(Section::ResponseExamples)),
    ("Notes:", Notes),
    ("Note:", Notes),
];

/// The maximum length of a heading with its markup.
const MAX_LINE: usize = 100;

/// The maximum length of the heading of an example.
pub(crate) const MAX_HEADING: usize = 100;

/// The heading, if the whole line is one apart from markup and numbering.
pub(crate) fn heading(line: &str) -> Option<Heading> {
    if line.len() > MAX_LINE || line.contains('"') {
        return None;
    }
    let text = line.split_once("](").map_or(line, |(text, _)| text);
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric())
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let singular = text.strip_suffix(['s', 'S']).unwrap_or(text);
    if ["note", "Note", "NOTE"].contains(&singular) {
        return Some(Notes);
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

/// The first heading without a line break before it, and the text on both sides.
pub(crate) fn run_in(line: PageLine<'_>) -> Option<(&str, Heading, &str)> {
    if line.verbatim {
        return None;
    }
    line.text
        .match_indices(['C', 'R', 'N'])
        .find_map(|(at, _)| {
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
            || heading == Notes
            // Two consecutive headings without a line break between them.
            || (heading == Opens(Section::ResponseExamples)
                && is_example_heading(&example_heading(rest)));
            ends.then_some((unmarked, heading, rest))
        })
}

/// The text of the heading of an example, without markup.
pub(crate) fn example_heading(line: &str) -> String {
    let line = line.trim_start();
    if line.len() > MAX_HEADING {
        return String::new();
    }
    without_markdown(line.trim_matches(|c: char| c.is_whitespace() || "#*:`".contains(c)))
        .into_owned()
}

/// Whether a line is the heading of an example: `NAME Response`, or only a code.
pub(crate) fn is_example_heading(text: &str) -> bool {
    let named = ["Response", "Responses", "Example", "Examples"]
        .iter()
        .any(|word| {
            text.strip_suffix(word)
                .is_some_and(|name| name.is_empty() || name.ends_with(' '))
        });
    let code = text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    (named && !text.starts_with(['"', '{', '}'])) || code
}
