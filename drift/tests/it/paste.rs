//! Pasting what a check suggests, as a person does: by file, line and lines.

use face_search_enroll_drift::Hunk;

/// A line with what a person writes in it: `number` tells their names apart.
pub(crate) fn filled_in(line: &str, number: usize) -> String {
    let country = ["AQ", "BV", "GS", "HM"][number % 4];
    line.replace("country: NAME-1", &format!("country: {country}"))
        .replace("code: NAME-1", &format!("code: name{number}"))
        .replace("NAME-", &format!("Name{number}x"))
        .replace("summary: SUMMARY", "summary: What is known of it.")
        .replace("action: ACTION", "action: Read it.")
        .replace("why: WHY", "why: The page says two things.")
}

/// The text with the lines of hunks in their places. Their numbers are those of `text`.
pub(crate) fn paste<'h>(text: &str, hunks: impl IntoIterator<Item = &'h Hunk>) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut hunks: Vec<_> = hunks.into_iter().collect();
    // From below, so that the numbers above stay.
    hunks.sort_by_key(|hunk| hunk.line);
    for hunk in hunks.into_iter().rev() {
        let from = hunk.line - 1;
        lines.splice(from..from + hunk.taken, hunk.lines.iter().cloned());
    }
    lines.join("\n") + "\n"
}
