//! The table of codes: code, charge and message, with or without separators between them.
//!
//! A code may be new, so it is recognised by its form: the capitals before `free` or `pay`, or
//! before the message in a table without charges. A row without a code belongs to the code above
//! it. A row that can be read in more than one way is not read, and is reported as unread.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::facts::{PrintedCharge, ResponseCode, ResponseExample, Unread};
use crate::outline::PagePart;
use crate::table::{self, TableRow};

/// The maximum length of a message.
const MAX_MESSAGE: usize = 120;

/// A word in capitals with this many letters is a code, even without other evidence.
const MIN_CODE: usize = 4;

/// The codes and messages in the example bodies of the page. They help to split text without
/// separators.
#[derive(Debug, Default)]
pub(crate) struct KnownCodes {
    codes: BTreeSet<String>,
    messages: BTreeSet<String>,
    /// A code followed by its message, without a separator.
    glued: BTreeSet<String>,
}

impl KnownCodes {
    pub(crate) fn of(examples: &[ResponseExample]) -> Self {
        let mut known = Self::default();
        for example in examples {
            let Ok(body) = &example.body.json else {
                continue;
            };
            let text = |name| body.get(name).and_then(Value::as_str);
            let Some(code) = text("code").filter(|code| is_code(code)) else {
                continue;
            };
            known.codes.insert(code.to_owned());
            if let Some(message) = text("message") {
                known.messages.insert(message.to_owned());
                known.glued.insert(format!("{code}{message}"));
            }
        }
        known
    }
}

/// The rows of the table in this part.
pub(crate) fn read(
    part: &PagePart<'_>,
    known: &KnownCodes,
    unread: &mut Vec<Unread>,
) -> Vec<ResponseCode> {
    let rows = table::rows(part);
    let texts: Vec<_> = rows.iter().map(|row| row.text_from(0)).collect();
    let charged = |text: &String| split_code(text).is_some_and(|(_, rest)| charge(rest).is_some());
    let table = CodeTable {
        known,
        charged: texts.iter().any(charged),
        cells_apart: rows
            .iter()
            .any(|row| row.is_split() && is_code(row.cell(0))),
    };
    let mut codes: Vec<ResponseCode> = vec![];
    // An unread row may have a code that the rows below it belong to.
    let mut code_above = None;
    let mut stops = false;
    for (row, text) in rows.iter().zip(&texts) {
        let read = table.split(row, text, stops).and_then(|split| {
            let code = match split.code {
                "" => code_above.clone()?,
                code => code.to_owned(),
            };
            Some(ResponseCode {
                code,
                charge: split.charge,
                message: split.message.to_owned(),
                line: row.line,
            })
        });
        if let Some(code) = read {
            code_above = Some(code.code.clone());
            stops |= ends_sentence(&code.message);
            codes.push(code);
        } else {
            if row.worth_telling && leading_capitals(text).len() > 1 {
                code_above = None;
            }
            row.unread(part, unread);
        }
    }
    codes
}

/// What is known about a table before its rows are read.
#[derive(Clone, Copy)]
struct CodeTable<'k> {
    known: &'k KnownCodes,
    /// At least one row states a charge.
    charged: bool,
    /// The rendering separates code and message.
    cells_apart: bool,
}

/// The code, charge and message of a row. The code is empty if the row belongs to the code above.
#[derive(Clone, Copy)]
struct CodeRow<'a> {
    code: &'a str,
    charge: Option<PrintedCharge>,
    message: &'a str,
}

impl<'a> CodeRow<'a> {
    fn without_charge((code, message): (&'a str, &'a str)) -> Self {
        Self {
            code,
            charge: None,
            message,
        }
    }
}

impl CodeTable<'_> {
    /// Splits a row with this text. `stops` says that a message above ends with a full stop.
    fn split<'a>(&self, row: &TableRow<'_>, text: &'a str, stops: bool) -> Option<CodeRow<'a>> {
        let code = leading_capitals(text);
        let rest = text.get(code.len()..)?;
        if let Some((charge, message)) = charge(rest.trim_start()) {
            return Some(CodeRow {
                code,
                charge: Some(charge),
                message: message.trim_start(),
            });
        }
        // Without a charge, only the form distinguishes a code from prose.
        if row.is_split() {
            let spanned = row.cell(0).is_empty();
            let whole = row.cell(0) == code && is_code(code);
            let (code, message) = if spanned { ("", text) } else { (code, rest) };
            let split = CodeRow::without_charge((code, message.trim_start()));
            return (spanned || whole).then_some(split);
        }
        let continued = || self.is_message(row, text, stops).then_some(("", text));
        let split = match (self.charged, self.cells_apart) {
            (true, _) => before_last_capital(text).filter(|(code, _)| is_code(code)),
            (false, true) => continued(),
            (false, false) => self.unglue(text).or_else(continued),
        };
        split.map(CodeRow::without_charge)
    }

    /// Splits a code from the message that follows without a separator.
    fn unglue<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        if self.known.messages.contains(text) {
            return None;
        }
        let codes = &self.known.codes;
        if self.known.glued.contains(text) {
            let cuts = codes.iter().filter_map(|code| text.strip_prefix(&**code));
            let message = cuts.min_by_key(|message| message.len())?;
            return text.split_at_checked(text.len() - message.len());
        }
        let likely = |code: &str| code.len() >= MIN_CODE || codes.contains(code);
        before_last_capital(text)
            .or_else(|| before_acronym(text))
            .filter(|(code, _)| likely(code) && !code.ends_with('_'))
    }

    /// Whether the text of a row without a code is a message of the code above.
    fn is_message(&self, row: &TableRow<'_>, text: &str, stops: bool) -> bool {
        let written_alike = begins_sentence(text)
            && text.chars().count() <= MAX_MESSAGE
            && text.contains(char::is_lowercase)
            && (stops || !ends_sentence(text));
        self.known.messages.contains(text) || (row.contiguous && written_alike)
    }
}

/// Words in capitals that a message may start with.
const ACRONYMS: [&str; 5] = ["HTTPS", "HTTP", "JSON", "API", "URL"];

/// Whether a text starts like a message, and not with something that may be a code.
fn begins_sentence(text: &str) -> bool {
    let capitals = leading_capitals(text);
    let first = text.split_whitespace().next().unwrap_or_default();
    let joined = first.contains('_') || first.split('-').skip(1).any(begins_with_capital);
    begins_with_capital(text) && !joined && (capitals.len() < 2 || ACRONYMS.contains(&capitals))
}

fn begins_with_capital(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ':', ';'])
}

/// The capitals, digits and underscores at the start of a text.
fn leading_capitals(text: &str) -> &str {
    let end = text
        .find(|c: char| !matches!(c, 'A'..='Z' | '0'..='9' | '_'))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The code at the start of a text, and the rest.
fn split_code(text: &str) -> Option<(&str, &str)> {
    let code = leading_capitals(text);
    let rest = text.get(code.len()..)?.trim_start();
    is_code(code).then_some((code, rest))
}

fn is_code(text: &str) -> bool {
    text.len() > 1 && begins_with_capital(text) && leading_capitals(text).len() == text.len()
}

/// `NEW_CODEMessage`: the last capital is the start of the message.
fn before_last_capital(text: &str) -> Option<(&str, &str)> {
    let capitals = leading_capitals(text).len();
    let rest = text.get(capitals..)?;
    let glued = rest.starts_with(|c: char| c.is_ascii_lowercase());
    let (code, message) = text.split_at_checked(capitals.checked_sub(1)?)?;
    (glued && is_code(code)).then_some((code, message))
}

/// `NEW_CODEHTTP 400`, `NEW_CODEOK`: a message may also start with a word in capitals.
fn before_acronym(text: &str) -> Option<(&str, &str)> {
    let capitals = leading_capitals(text);
    let rest = text.get(capitals.len()..)?;
    let code = if rest.is_empty() {
        capitals.strip_suffix("OK")
    } else if rest.starts_with(' ') {
        ACRONYMS.iter().find_map(|it| capitals.strip_suffix(it))
    } else {
        None
    }?;
    is_code(code).then(|| text.split_at_checked(code.len()))?
}

/// The charge at the start of a text, and the rest.
fn charge(text: &str) -> Option<(PrintedCharge, &str)> {
    // Words that start like a charge. A wrapped message may start with one of them.
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
            // `Free` is a charge only as a separate word, because a message may start with a
            // capital.
            (head == word || (capital && apart && head.eq_ignore_ascii_case(word)))
                .then_some((charge, rest))
        })
}
