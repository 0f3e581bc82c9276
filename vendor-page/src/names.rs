//! Names in cells without separators: where the name ends and the description starts.
//!
//! A name that the bodies of the page use decides. Otherwise the letters decide: a name is in
//! lowerCamelCase, and a description starts with a capital.

use std::collections::BTreeSet;

/// The maximum length of the name of a member or header.
const MAX_NAME: usize = 64;

/// Whether a text is only a name.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= MAX_NAME
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// Whether a text is a name in lowerCamelCase with an inner capital, which no English word has.
pub(crate) fn is_camel(text: &str) -> bool {
    is_name(text)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains(|c: char| c.is_ascii_uppercase())
}

/// Whether a name contains a character that no English word has.
fn is_marked(name: &str) -> bool {
    name.bytes()
        .skip(1)
        .any(|b| b.is_ascii_uppercase() || b"_-".contains(&b))
}

/// The known names at the start of a text, the longest first.
pub(crate) fn known<'a>(text: &'a str, names: &BTreeSet<String>) -> impl Iterator<Item = &'a str> {
    let longest = text.len().min(MAX_NAME);
    (1..=longest).rev().filter_map(move |end| {
        let name = text.get(..end)?;
        names.contains(name).then_some(name)
    })
}

/// The part of the first word before its last inner capital: `requestTimeServer time` gives
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

/// The name at the start of a text, decided only by its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guess<'a> {
    pub(crate) name: &'a str,
    /// Another possible name.
    pub(crate) other: Option<&'a str>,
}

/// The name before the last inner capital, or a longer one if the rest does not start with a word.
/// `faceIdid of it` could be `face` and `Idid of it`, but more likely is `faceId` and `id of it`.
pub(crate) fn guess(text: &str) -> Option<Guess<'_>> {
    let name = before_last_hump(text)?;
    let tail = first_word(text).get(name.len()..)?;
    let longer = end_of_name(name, tail).and_then(|end| text.get(..name.len() + end));
    Some(Guess {
        name: longer.unwrap_or(name),
        other: longer.map(|_| name),
    })
}

/// Common endings of names.
const ENDINGS: [&str; 9] = [
    "Id", "Url", "Code", "Type", "Name", "Key", "Time", "Date", "List",
];

/// Words that start like such an ending.
const WORDS: &str = "Identity Identifier Identifies Identification Ideal Idle Urls Codes Coded \
    Types Typed Names Named Namely Keys Keyword Keywords Times Timed Timely Timeout Timestamp \
    Timezone Dates Dated Lists Listed";

/// Common first words of descriptions in lower case.
const OPENERS: [&str; 5] = ["the", "this", "which", "whether", "unique"];

/// How many characters of the word after a name may belong to the name.
fn end_of_name(name: &str, word: &str) -> Option<usize> {
    let in_lower_case = |rest: &str| rest.len() > 1 && rest.bytes().all(|b| b.is_ascii_lowercase());
    let split = |end: usize| {
        let (end_of_name, rest) = word.split_at_checked(end)?;
        in_lower_case(rest).then_some((end_of_name, rest))
    };
    let is_ending = |text: &str| ENDINGS.iter().any(|it| it.eq_ignore_ascii_case(text));
    // `faceIDid of it`: the last inner capital is within the last word of the name.
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

/// The letters, digits and underscores at the start of a text, at most as long as two names.
fn first_word(text: &str) -> &str {
    let end = text
        .bytes()
        .take(2 * MAX_NAME)
        .take_while(|&b| b.is_ascii_alphanumeric() || b == b'_')
        .count();
    text.get(..end).unwrap_or_default()
}

/// The names of types on the vendor's pages, and other likely ones.
const TYPES: &str = "string integer number boolean object array file int long float double decimal \
    bool list map binary datetime date timestamp enum image json text base64";

/// The type at the start of a text, with its brackets: `string`, `string[]`, `array<string>`.
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
        // `stringThe id`: a description with a capital follows without a separator.
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

/// Splits a text such as `signatureIdstring which ...` into name and type.
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
        // With a space between, accept only what prose would not contain. Otherwise, `a string`
        // would be a parameter.
        .or_else(|| typed(word).filter(|(name, _)| is_marked(name)))
        // Use the last type in the word, because a name may contain the name of a type.
        .or_else(|| (1..word).rev().find_map(typed))
        .or_else(|| {
            Some((
                known(text, names).find(|name| stands_apart(text, name))?,
                None,
            ))
        })
}

/// Whether a description with a capital directly follows the name at the start of a text, which
/// does not occur in prose.
pub(crate) fn runs_on(text: &str, name: &str) -> bool {
    let rest = text.get(name.len()..).unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether the name at the start of a text is not part of a sentence or of another name.
fn stands_apart(text: &str, name: &str) -> bool {
    let rest = text.get(name.len()..).unwrap_or_default();
    rest.is_empty() || rest.starts_with(char::is_whitespace) || runs_on(text, name)
}
