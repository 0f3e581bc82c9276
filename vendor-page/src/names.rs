//! Names in glued cells: where a name ends and its description begins.
//!
//! Names that the page's own bodies use settle it. Otherwise the letters must: a name is written
//! in lowerCamelCase and a description begins with a capital.

use std::collections::BTreeSet;

/// Longer than any name of a member or header.
const MAX_NAME: usize = 64;

/// Whether a text is a name and nothing else.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= MAX_NAME
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// Whether a text is a name in lowerCamelCase with a hump, as no English word is.
pub(crate) fn is_camel(text: &str) -> bool {
    is_name(text)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains(|c: char| c.is_ascii_uppercase())
}

/// Whether a name has a sign within that no English word has.
fn is_marked(name: &str) -> bool {
    name.bytes()
        .skip(1)
        .any(|b| b.is_ascii_uppercase() || b"_-".contains(&b))
}

/// The known names that a text begins with, the longest first.
pub(crate) fn known<'a>(text: &'a str, names: &BTreeSet<String>) -> impl Iterator<Item = &'a str> {
    let longest = text.len().min(MAX_NAME);
    (1..=longest).rev().filter_map(move |end| {
        let name = text.get(..end)?;
        names.contains(name).then_some(name)
    })
}

/// The name before the last hump of a text's first word: `requestTimeServer time` gives
/// `requestTime`.
pub(crate) fn before_last_hump(text: &str) -> Option<&str> {
    let word = first_word(text);
    let bytes = word.as_bytes();
    let is_hump = |&at: &usize| {
        let upper = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_uppercase);
        let lower = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_lowercase);
        upper(at) && (!upper(at - 1) || lower(at + 1))
    };
    let at = (1..word.len()).rev().find(is_hump)?;
    let name = word.get(..at)?;
    (is_name(name) && name.starts_with(|c: char| c.is_ascii_lowercase())).then_some(name)
}

/// A name that a text begins with, by its letters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guess<'a> {
    pub(crate) name: &'a str,
    /// Another name that the letters may be read as.
    pub(crate) other: Option<&'a str>,
}

/// The name before the last hump; or a longer one, where the word behind it is none by itself:
/// `faceIdid of it` is `face` and `Idid of it`, or rather `faceId` and `id of it`.
pub(crate) fn guess(text: &str) -> Option<Guess<'_>> {
    let name = before_last_hump(text)?;
    let tail = first_word(text).get(name.len()..)?;
    let longer = end_of_name(name, tail).and_then(|end| text.get(..name.len() + end));
    Some(Guess {
        name: longer.unwrap_or(name),
        other: longer.map(|_| name),
    })
}

/// What names often end in.
const ENDINGS: [&str; 9] = [
    "Id", "Url", "Code", "Type", "Name", "Key", "Time", "Date", "List",
];

/// Words that begin like such an ending.
const WORDS: &str = "Identity Identifier Identifies Identification Ideal Idle Urls Codes Coded \
    Types Typed Names Named Namely Keys Keyword Keywords Times Timed Timely Timeout Timestamp \
    Timezone Dates Dated Lists Listed";

/// What descriptions in lower case often begin with.
const OPENERS: [&str; 5] = ["the", "this", "which", "whether", "unique"];

/// How much of the word behind a name may belong to the name.
fn end_of_name(name: &str, word: &str) -> Option<usize> {
    let in_lower_case = |rest: &str| rest.len() > 1 && rest.bytes().all(|b| b.is_ascii_lowercase());
    let split = |end: usize| {
        let (end_of_name, rest) = word.split_at_checked(end)?;
        in_lower_case(rest).then_some((end_of_name, rest))
    };
    let is_ending = |text: &str| ENDINGS.iter().any(|it| it.eq_ignore_ascii_case(text));
    // `faceIDid of it`: the last hump is within a name's last word.
    let within = name.ends_with(|c: char| c.is_ascii_uppercase());
    let acronym =
        split(1).filter(|(_, rest)| within && (is_ending(rest) || OPENERS.contains(rest)));
    if acronym.is_some() {
        return Some(1);
    }
    let opens = |end: &usize| {
        split(*end)
            .is_some_and(|(last, rest)| OPENERS.contains(&rest) || last.eq_ignore_ascii_case(rest))
    };
    let ends = || {
        let is_word = WORDS.split_whitespace().any(|it| it == word);
        let mut ends = ENDINGS
            .iter()
            .filter(|it| !is_word && word.starts_with(**it));
        ends.find_map(|it| split(it.len()).map(|_| it.len()))
    };
    (2..word.len()).find(opens).or_else(ends)
}

/// The letters, digits and underscores that a text begins with, no more than two names of them.
fn first_word(text: &str) -> &str {
    let end = text
        .bytes()
        .take(2 * MAX_NAME)
        .take_while(|&b| b.is_ascii_alphanumeric() || b == b'_')
        .count();
    text.get(..end).unwrap_or_default()
}

/// The words for types that the vendor's pages use, and the likely ones.
const TYPES: &str = "string integer number boolean object array file int long float double decimal \
    bool list map binary datetime date timestamp enum image json text base64";

/// The type that a text begins with, with what brackets follow it: `string`, `string[]`,
/// `array<string>`.
pub(crate) fn leading_type(text: &str) -> Option<&str> {
    let letters = text
        .bytes()
        .take(MAX_NAME)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let word = text.get(..letters)?;
    let types = || TYPES.split_whitespace();
    let is_type = |word: &str| types().any(|name| name.eq_ignore_ascii_case(word));
    let length = if is_type(word) {
        letters
    } else {
        // `stringThe id`: a description with a capital runs into it.
        let starts = |name: &&str| {
            word.strip_prefix(*name)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
        };
        types().filter(starts).map(str::len).max()?
    };
    let rest = text.get(length..)?;
    let close = match rest.chars().next() {
        Some('[') => ']',
        Some('<') => '>',
        _ => return text.get(..length),
    };
    let brackets = rest
        .bytes()
        .take(MAX_NAME)
        .position(|b| b == close as u8)
        .map_or(0, |at| at + 1);
    text.get(..length + brackets)
}

/// Cuts a text such as `signatureIdstring which ...` into the name and the type.
pub(crate) fn name_and_type<'a>(
    text: &'a str,
    names: &BTreeSet<String>,
) -> Option<(&'a str, Option<&'a str>)> {
    let typed = |end: usize| {
        let name = text.get(..end)?;
        let type_name = leading_type(text.get(end..)?.trim_start())?;
        is_name(name).then_some((name, Some(type_name)))
    };
    let word = text
        .bytes()
        .take(2 * MAX_NAME)
        .take_while(|b| !b.is_ascii_whitespace())
        .count();
    known(text, names)
        .find_map(|name| typed(name.len()))
        // Apart by a space: only what no prose would say, or `a string` were a parameter.
        .or_else(|| typed(word).filter(|(name, _)| is_marked(name)))
        // The last place where a type ends the word is the one: a name may hold a type's word.
        .or_else(|| (1..word).rev().find_map(typed))
        .or_else(|| {
            Some((
                known(text, names).find(|name| stands_apart(text, name))?,
                None,
            ))
        })
}

/// Whether a description with a capital runs into the name that a text begins with, as no prose does.
pub(crate) fn runs_on(text: &str, name: &str) -> bool {
    let rest = text.get(name.len()..).unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether a name that a text begins with is not part of a sentence or of another name.
fn stands_apart(text: &str, name: &str) -> bool {
    let rest = text.get(name.len()..).unwrap_or_default();
    rest.is_empty() || rest.starts_with(char::is_whitespace) || runs_on(text, name)
}
