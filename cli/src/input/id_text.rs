//! The text of an id, and the damage that other programs do to it.
//!
//! Ids are opaque, so an id that looks damaged is sent unchanged, and reported.

/// The words that programs write for a missing value, in lower case.
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

/// Invisible characters: zero-width joiners and spaces, direction marks and similar.
const INVISIBLE: [(char, char); 5] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
];

/// Straight and typographic quotation marks.
const QUOTES: [char; 11] = [
    '"', '\'', '`', '\u{b4}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}',
    '\u{201e}', '\u{ab}',
];

/// Whether the text has only letters, digits, hyphens and underscores. Nearly all ids do, and this fast
/// check saves a closer look at millions of them.
pub(crate) fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // Without an early exit, the compiler can check many bytes at a time.
    text.bytes().fold(true, |all, byte| all & is_plain(byte))
}

/// The text without surrounding whitespace and byte order marks. The latter occur where files were
/// concatenated.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

/// Whether the text is one that programs write for a missing value.
pub(crate) fn stands_for_nothing(id: &str) -> bool {
    const LONGEST: usize = "undefined".len();
    is_spreadsheet_error(id.as_bytes())
        || id.len() <= LONGEST && NO_VALUES.iter().any(|word| id.eq_ignore_ascii_case(word))
}

/// Whether the text is an error value of a spreadsheet: `#N/A`, `#VALUE!`, `#NAME?`.
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
            Self::Rounded => {
                "a spreadsheet turned it into a number; format the column as text and enter the id again"
            }
            Self::Formula => "it is a spreadsheet formula; write the id alone",
            Self::Quoted => "it begins or ends with a quotation mark; write the id alone",
            Self::Invisible => "it contains invisible characters; delete them",
            Self::Shortened => "its end was cut off; copy the whole id",
            Self::More => "it contains a space or a separator; write the id alone",
        }
    }
}

fn is_invisible(letter: char) -> bool {
    INVISIBLE
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&letter))
}

/// Whether the text is a long number in the form that spreadsheets show: `1.23E+15`. Without the sign it
/// may be an id: `123e15`.
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
