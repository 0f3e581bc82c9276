//! What a description states in words: lengths, limits, and whether something is optional. Other
//! prose is skipped, and a number counts only next to such a word.

/// The words of a description, as printed.
pub(crate) struct DescriptionWords<'a>(Vec<DescriptionWord<'a>>);

#[derive(Clone, Copy)]
struct DescriptionWord<'a> {
    text: &'a str,
    /// The first word, or a word after more than a space.
    opens: bool,
}

/// Words that may come between `default`, `minimum` or `maximum` and the number.
const LINKS: [&str; 9] = [
    "to", "is", "are", "of", "value", "as", "be", "being", "equals",
];

/// Units of a number that is not a limit of a value.
const OTHER_UNITS: [&str; 14] = [
    "character",
    "characters",
    "chars",
    "letters",
    "byte",
    "bytes",
    "kb",
    "mb",
    "gb",
    "digit",
    "digits",
    "times",
    "requests",
    "calls",
];

impl<'a> DescriptionWords<'a> {
    /// Descriptions are short, so the rest is ignored.
    const MAX: usize = 200;

    pub(crate) fn of(description: &'a str) -> Self {
        let mut words = vec![];
        let mut rest = description;
        while words.len() < Self::MAX {
            let start = rest.find(is_word).unwrap_or(rest.len());
            let (gap, from) = rest.split_at_checked(start).unwrap_or_default();
            let (text, after) = from.split_at_checked(word_end(from)).unwrap_or_default();
            if text.is_empty() {
                break;
            }
            let opens = words.is_empty() || gap.contains(|c: char| !c.is_whitespace());
            words.push(DescriptionWord { text, opens });
            rest = after;
        }
        Self(words)
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|it| it.text.eq_ignore_ascii_case(word))
    }

    /// Whether `optional` refers to the parameter: it starts the description or is between
    /// punctuation, as in `(optional)`. In `an optional header`, it refers to something else.
    pub(crate) fn optional(&self) -> bool {
        self.0.iter().enumerate().any(|(at, word)| {
            let alone = word.opens && self.0.get(at + 1).is_none_or(|next| next.opens);
            word.text.eq_ignore_ascii_case("optional") && (at == 0 || alone)
        })
    }

    /// `defaults to 3600`, `default: 3600`, `3600 seconds by default`.
    pub(crate) fn default(&self) -> Option<u64> {
        self.number_after(&["default", "defaults"])
            .or_else(|| self.number_before_by_default())
    }

    /// `minimum 60`, `at least 60`, `between 60 and 86400`.
    pub(crate) fn minimum(&self) -> Option<u64> {
        self.number_after(&["min", "minimum", "least"])
            .or_else(|| Some(self.between()?.0))
    }

    /// `maximum 86400`, `at most 86400`, `between 60 and 86400`.
    pub(crate) fn maximum(&self) -> Option<u64> {
        self.number_after(&["max", "maximum", "most"])
            .or_else(|| Some(self.between()?.1))
    }

    /// `13-digit`, `13 digits`; not `at most 13 digits`.
    pub(crate) fn digits(&self) -> Option<u32> {
        const LIMITS: [&str; 9] = [
            "most", "max", "maximum", "least", "min", "minimum", "to", "than", "or",
        ];
        self.0.iter().enumerate().find_map(|(at, count)| {
            let counted = is_one_of(self.text(at + 1), &["digit", "digits"]);
            let limited = is_one_of(self.text(at.wrapping_sub(1)), &LIMITS);
            (counted && !limited).then(|| count.text.parse().ok())?
        })
    }

    /// `max length of 64`, `length (max): 64`, `at most 64 characters`.
    pub(crate) fn max_length(&self) -> Option<u32> {
        let limits = ["max", "maximum", "maximal", "most", "to", "than"];
        let units = ["characters", "character", "chars", "bytes"];
        self.0.iter().enumerate().find_map(|(at, word)| {
            let number = word.text.parse().ok()?;
            let before = self.0.get(at.saturating_sub(4)..at)?;
            let unit = is_one_of(self.text(at + 1), &units);
            let near = |words: &[&str]| before.iter().any(|it| is_one_of(it.text, words));
            ((unit || near(&["length", "size"])) && near(&limits)).then_some(number)
        })
    }

    /// `always FREE`, `always return FREE`: a word in capitals, or a JSON literal.
    pub(crate) fn constant(&self) -> Option<String> {
        let mut words = self.0.iter().map(|it| it.text);
        words.find(|word| word.eq_ignore_ascii_case("always"))?;
        let value = words.take(4).find(|word| {
            let capitals = word
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
            capitals || ["true", "false", "null"].contains(word)
        })?;
        Some(value.to_owned())
    }

    fn text(&self, at: usize) -> &'a str {
        self.0.get(at).map_or("", |it| it.text)
    }

    /// The number after one of these words. Only linking words may come between.
    fn number_after(&self, names: &[&str]) -> Option<u64> {
        let words = self.0.iter().enumerate();
        let mut found = words.filter(|(_, word)| is_one_of(word.text, names));
        found.find_map(|(at, _)| {
            let links = self.0.iter().skip(at + 1).take(3);
            let links = links.take_while(|word| is_one_of(word.text, &LINKS));
            self.limit(at + 1 + links.count())
        })
    }

    fn number_before_by_default(&self) -> Option<u64> {
        let at = self.0.windows(2).position(|words| {
            let [by, default] = words else { return false };
            by.text.eq_ignore_ascii_case("by") && default.text.eq_ignore_ascii_case("default")
        })?;
        // A unit may come between.
        let near = [at.checked_sub(1), at.checked_sub(2)];
        near.into_iter().flatten().find_map(|at| self.limit(at))
    }

    fn between(&self) -> Option<(u64, u64)> {
        let mut named = self.0.iter().enumerate();
        named.find_map(|(at, word)| {
            let and = is_one_of(self.text(at + 2), &["and", "to"]);
            let between = is_one_of(word.text, &["between", "from"]) && and;
            between.then_some((self.limit(at + 1)?, self.limit(at + 3)?))
        })
    }

    /// The number at this place, if it does not count characters or similar units.
    fn limit(&self, at: usize) -> Option<u64> {
        let number = number(self.text(at))?;
        (!is_one_of(self.text(at + 1), &OTHER_UNITS)).then_some(number)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The end of the first word of a text. A comma or point between digits is part of the word.
fn word_end(text: &str) -> usize {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let within = matches!(c, ',' | '.') && before.is_ascii_digit() && next.is_ascii_digit();
        if !(is_word(c) || within) {
            return at;
        }
        before = c;
    }
    text.len()
}

/// `3600`, `86,400`; not `1.5` and not `60,90`.
fn number(word: &str) -> Option<u64> {
    let mut groups = word.split(',');
    let first = groups.next()?;
    let grouped = word.contains(',');
    let whole = groups.all(|group| group.len() == 3) && !(grouped && first.len() > 3);
    whole.then(|| word.replace(',', "").parse().ok())?
}

fn is_one_of(word: &str, names: &[&str]) -> bool {
    names.iter().any(|name| word.eq_ignore_ascii_case(name))
}
