//! A JSON body as the page prints it; one that is broken is a fact as well.

use crate::facts::{Body, Broken};

/// Parses a body whose lines have these numbers.
pub(crate) fn parse(text: &str, numbers: &[u32]) -> Body {
    let line = numbers.first().copied().unwrap_or_default();
    match serde_json::from_str(text.trim()) {
        Ok(json) => Body {
            line,
            json: Ok(json),
        },
        Err(error) => {
            let at = numbers.get(error.line().saturating_sub(1));
            let reason = error.to_string();
            // The line and column within the body would be read as the page's.
            let reason = reason.split_once(" at line ").map_or(&*reason, |it| it.0);
            broken(reason.to_owned(), line, at.copied().unwrap_or(line))
        }
    }
}

pub(crate) fn broken(reason: String, line: u32, at: u32) -> Body {
    Body {
        line,
        json: Err(Broken { reason, line: at }),
    }
}
