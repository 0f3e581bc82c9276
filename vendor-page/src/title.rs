//! The title of the page, which is the only fact without a heading above it.

use crate::facts::Sourced;
use crate::outline::PagePart;
use crate::text::{collapse, without_markdown};

/// The breadcrumb above the title. Some renderings lose the space between them.
const CRUMB: &str = "Documentation";

/// The maximum length of a title.
const MAX_TITLE: usize = 120;

/// The title, from the parts of the page before the first fact.
pub(crate) fn read(above: &[PagePart<'_>]) -> Option<Sourced> {
    let mut best: Option<(u8, Sourced)> = None;
    for line in above.iter().flat_map(|part| &part.lines) {
        let Some(text) = candidate(line.text) else {
            continue;
        };
        let rank = match line.level {
            1 => 2,
            _ if text.ends_with(" API") => 1,
            _ => 0,
        };
        // The candidate closest to the facts wins, because navigation is further up.
        if best.as_ref().is_none_or(|(other, _)| *other <= rank) {
            best = Some((
                rank,
                Sourced {
                    value: text,
                    line: line.number,
                },
            ));
        }
    }
    best.map(|(_, title)| title)
}

fn candidate(line: &str) -> Option<String> {
    let text = line.trim();
    if text.is_empty() || text.len() > MAX_TITLE {
        return None;
    }
    let text = match text.strip_prefix(CRUMB) {
        Some(rest) if !rest.starts_with(|c: char| c.is_lowercase()) => rest,
        _ => text,
    };
    let text = without_markdown(text.trim_start_matches(['#', ' ', '\t']));
    let text = collapse(text.trim_start_matches(['>', '/', ' ']));
    let sentence = text.ends_with(['.', '!', '?', ':', ';', ',']);
    let named = text.starts_with(|c: char| c.is_alphanumeric());
    (named && !sentence).then(|| text.into_owned())
}
