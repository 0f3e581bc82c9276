//! The text of an id, and what other programs make of it.
//!
//! Ids are opaque: what looks damaged is sent as it is, and told.

/// The words that programs write where there is no value, in lower case.
const NO_VALUES: [&str; 12] = [
    "null",
    "(null)",
    "<null>",
    "\\n",
    "nil",
    "none",
    "nan",
    "na",
    "n/a",
    "<na>",
    "#na",
    "undefined",
];

/// Invisible characters: joiners and spaces without a width, directions, and marks that say nothing.
const INVISIBLE: [(char, char); 5] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
];

/// Quotes as they are typed, and as programs set them.
const QUOTES: [char; 11] = [
    '"', '\'', '`', '\u{b4}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}',
    '\u{201e}', '\u{ab}',
];

/// Whether it is nothing but letters, digits, hyphens and underscores, as nearly all ids are: nobody
/// should wait for a closer look at millions of them.
pub(crate) fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // Without an early end it looks at many bytes at a time.
    text.bytes().fold(true, |all, byte| all & is_plain(byte))
}

/// Without what surrounds it and is no part of it: blanks, and the byte order marks of files that were
/// put one after the other.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

/// Whether it is what a program writes where there is no value.
pub(crate) fn stands_for_nothing(id: &str) -> bool {
    const LONGEST: usize = "undefined".len();
    is_spreadsheet_error(id.as_bytes())
        || id.len() <= LONGEST && NO_VALUES.iter().any(|word| id.eq_ignore_ascii_case(word))
}

/// Whether it is an error as a spreadsheet shows it: `#N/A`, `#VALUE!`, `#NAME?`.
pub(crate) fn is_spreadsheet_error(text: &[u8]) -> bool {
    let Some(name) = text.strip_prefix(b"#") else {
        return false;
    };
    let (end, begin) = match name.split_last() {
        Some((b'!' | b'?', begin)) => (true, begin),
        _ => (false, name),
    };
    let is_name = |byte: &u8| byte.is_ascii_uppercase() || matches!(byte, b'/' | b'_' | b'0');
    !begin.is_empty()
        && begin.iter().all(is_name)
        && (end || begin == b"N/A" || begin == b"GETTING_DATA")
}

/// What seems to have happened to an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    Rounded,
    Formula,
    Quoted,
    Invisible,
    Shortened,
    More,
}

impl Damage {
    pub(crate) fn of(id: &str) -> Option<Self> {
        if is_plain(id) {
            return (id.contains('-') && is_rounded(id)).then_some(Self::Rounded);
        }
        let mut letters = id.chars();
        let (first, last) = (letters.next()?, letters.next_back());
        if first == '=' {
            return Some(Self::Formula);
        }
        if QUOTES.contains(&first) || last.is_some_and(|last| QUOTES.contains(&last)) {
            return Some(Self::Quoted);
        }
        if !id.is_ascii() && id.chars().any(is_invisible) {
            return Some(Self::Invisible);
        }
        if id.ends_with('\u{2026}') || id.ends_with("...") {
            return Some(Self::Shortened);
        }
        if id.contains([' ', ',', ';', '|', '\u{a0}']) {
            return Some(Self::More);
        }
        is_rounded(id).then_some(Self::Rounded)
    }

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Rounded => "a spreadsheet has taken it for a number; format its column as text",
            Self::Formula => "it is a formula; write the id alone",
            Self::Quoted => "it has a quote at one end; write the id alone",
            Self::Invisible => "it has invisible characters; type them away",
            Self::Shortened => "its end was left out; copy the whole of it",
            Self::More => "there seems to be more than an id; write the id alone",
        }
    }
}

fn is_invisible(letter: char) -> bool {
    INVISIBLE
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&letter))
}

/// Whether it is a number as a spreadsheet shows one that is too long for it: `1.23E+15`. Without the
/// sign it may be an id: `123e15`.
fn is_rounded(id: &str) -> bool {
    let all_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((number, power)) = id.split_once(['E', 'e']) else {
        return false;
    };
    let number = number.strip_prefix('-').unwrap_or(number);
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    all_digits(whole) && all_digits(part) && power.strip_prefix(['+', '-']).is_some_and(all_digits)
}
