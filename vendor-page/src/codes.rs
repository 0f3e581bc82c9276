//! The table of codes: code, charge and message, glued together or apart.
//!
//! A code may be new, so it is told by its form, the capitals before `free` or `pay`. A row
//! without one continues the code above it.

use crate::facts::{PrintedCharge, ResponseCode, Unread};
use crate::outline::PagePart;
use crate::table::{self, TableRow};

/// The rows in the table of this part.
pub(crate) fn read(part: &PagePart<'_>, unread: &mut Vec<Unread>) -> Vec<ResponseCode> {
    let mut codes: Vec<ResponseCode> = vec![];
    for row in table::rows(part) {
        let text = row.text_from(0);
        let read = split(&row, &text).and_then(|(code, charge, message)| {
            let code = match code {
                "" => codes.last()?.code.clone(),
                code => code.to_owned(),
            };
            Some(ResponseCode {
                code,
                charge,
                message: message.to_owned(),
                line: row.line,
            })
        });
        match read {
            Some(code) => codes.push(code),
            None => row.unread(part, unread),
        }
    }
    codes
}

/// Code, charge and message of a row whose cells make this text. The code is empty where the row
/// continues the one above.
fn split<'a>(
    row: &TableRow<'_>,
    text: &'a str,
) -> Option<(&'a str, Option<PrintedCharge>, &'a str)> {
    let end = text
        .find(|c: char| !matches!(c, 'A'..='Z' | '0'..='9' | '_'))
        .unwrap_or(text.len());
    let (code, rest) = text.split_at_checked(end)?;
    if let Some((charge, message)) = charge(rest.trim_start()) {
        return Some((code, Some(charge), message.trim_start()));
    }
    // The page may stop to name a charge; then only the form can tell a code from prose.
    if row.is_split() {
        let spanned = row.cell(0).is_empty();
        return (spanned || (row.cell(0) == code && is_code(code))).then(|| {
            if spanned {
                ("", None, text)
            } else {
                (code, None, rest.trim_start())
            }
        });
    }
    // `NEW_CODEMessage`: the last capital begins the message.
    let (code, message) = text.split_at_checked(end.checked_sub(1)?)?;
    let glued = rest.starts_with(|c: char| c.is_ascii_lowercase());
    (glued && is_code(code)).then_some((code, None, message))
}

fn is_code(text: &str) -> bool {
    text.len() > 1 && text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The charge that a text begins with, and what follows.
fn charge(text: &str) -> Option<(PrintedCharge, &str)> {
    // Words that begin like a charge: a message that was wrapped may begin with one.
    const WORDS: [&str; 8] = [
        "freedom", "freely", "freeze", "payable", "paying", "payload", "payment", "payer",
    ];
    if WORDS.iter().any(|word| text.starts_with(word)) {
        return None;
    }
    [PrintedCharge::Free, PrintedCharge::Pay]
        .into_iter()
        .find_map(|charge| {
            let word = charge.as_str();
            let (head, rest) = text.split_at_checked(word.len())?;
            let capital = head.starts_with(|c: char| c.is_ascii_uppercase());
            let apart = !rest.starts_with(|c: char| c.is_alphanumeric());
            // `Free` is a charge only where it stands alone: a message may begin with a capital.
            (head == word || (capital && apart && head.eq_ignore_ascii_case(word)))
                .then_some((charge, rest))
        })
}
