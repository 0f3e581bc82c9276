//! The example of a signature in the description of a parameter: `name: value` for each input, the
//! concatenated inputs, and the result.
//!
//! The example may take one line or several. A name in lower case is an input. Other labels are
//! prose, so the values under them are identified by their place and form.

use crate::facts::{SignatureExample, SignatureInput, Sourced};
use crate::lines::PageLine;
use crate::names;
use crate::outline::PagePart;
use crate::text::without_markdown;

/// The maximum number of words in a label. Earlier words belong to something else.
const MAX_LABEL: usize = 8;

/// The maximum length of an input or result.
const MAX_VALUE: usize = 512;

/// The maximum number of inputs.
const MAX_INPUTS: usize = 16;

/// The example and its lines.
pub(crate) struct SignatureBlock {
    pub(crate) example: SignatureExample,
    /// The indices of its first and last line in the part.
    first: usize,
    last: usize,
    /// Whether the first line starts with the first input.
    opens: bool,
}

impl SignatureBlock {
    /// Whether a whole line is part of the example.
    pub(crate) fn holds(&self, at: usize) -> bool {
        let first = self.first + usize::from(!self.opens);
        (first..=self.last).contains(&at)
    }

    /// Whether the example starts in a line or directly below it.
    pub(crate) fn follows(&self, at: usize, part: &PagePart<'_>) -> bool {
        let between = part.lines.get(at + 1..self.first);
        at == self.first || between.is_some_and(|lines| lines.iter().all(PageLine::is_blank))
    }
}

/// The first example in this part.
pub(crate) fn find(part: &PagePart<'_>) -> Option<SignatureBlock> {
    let mut reader = SignatureReader::default();
    let mut pairs = PairReader::default();
    for (at, line) in part.lines.iter().enumerate() {
        let text = without_markdown(line.text);
        pairs.opens = true;
        for word in text.split_whitespace() {
            let Some(pair) = pairs.word(word) else {
                continue;
            };
            if reader.pair(pair, at, line.number) {
                return reader.block();
            }
        }
    }
    reader.block()
}

/// A label and its value.
struct Pair {
    /// The last word of the label.
    name: String,
    /// The number of words in the label, including all words since the previous value.
    words: usize,
    value: String,
    /// Whether the label is at the start of its line.
    opens: bool,
}

/// Combines words into pairs of label and value.
#[derive(Default)]
struct PairReader {
    words: usize,
    label: Option<String>,
    /// Whether the line has no words so far.
    opens: bool,
    label_opens: bool,
}

impl PairReader {
    fn word(&mut self, word: &str) -> Option<Pair> {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            return None;
        }
        let opens = std::mem::take(&mut self.opens);
        if let Some(label) = word.strip_suffix(':') {
            self.words += 1;
            self.label = Some(label.to_owned());
            self.label_opens = opens;
            return None;
        }
        if let Some(name) = self.label.take() {
            return self.pair(name, word, self.label_opens);
        }
        self.words += 1;
        let (name, value) = word.split_once(':')?;
        (!value.starts_with('/')).then(|| self.pair(name.to_owned(), value, opens))?
    }

    fn pair(&mut self, name: String, value: &str, opens: bool) -> Option<Pair> {
        let words = std::mem::take(&mut self.words);
        let value = value.trim_matches(|c| ",;.`\"'|".contains(c));
        (!value.is_empty() && value.len() <= MAX_VALUE).then(|| Pair {
            name,
            words,
            value: value.to_owned(),
            opens,
        })
    }
}

/// Combines pairs into an example.
#[derive(Default)]
struct SignatureReader {
    example: SignatureExample,
    first: usize,
    last: usize,
    opens: bool,
}

impl SignatureReader {
    /// Takes a pair, and returns whether the example ends before it or with it.
    fn pair(&mut self, pair: Pair, at: usize, line: u32) -> bool {
        let inputs = self.example.inputs.len();
        let follows = inputs > 0 && pair.words <= MAX_LABEL;
        let input = names::is_name(&pair.name)
            && pair.name.starts_with(|c: char| c.is_ascii_lowercase())
            && (inputs == 0 || pair.words == 1);
        if input || !follows {
            if self.is_whole() {
                return true;
            }
            if !follows || inputs >= MAX_INPUTS {
                *self = Self::default();
            }
        }
        if input {
            if self.example.inputs.is_empty() {
                (self.first, self.opens) = (at, pair.opens);
            }
            self.example.inputs.push(SignatureInput {
                name: pair.name,
                value: pair.value,
                line,
            });
        } else if inputs < 2 || !follows {
            *self = Self::default();
        } else {
            let value = pair.value;
            let combined = self.example.combined.is_none() && !is_digest(&value)
                || value == self.example.combination();
            if !combined && !is_digest(&value) {
                return self.is_whole();
            }
            let statement = Some(Sourced { value, line });
            if combined {
                self.example.combined = statement;
            } else {
                self.example.result = statement;
            }
        }
        self.last = at;
        self.example.result.is_some()
    }

    fn is_whole(&self) -> bool {
        let SignatureExample {
            inputs,
            combined,
            result,
        } = &self.example;
        inputs.len() > 1 && (combined.is_some() || result.is_some())
    }

    fn block(self) -> Option<SignatureBlock> {
        self.is_whole().then_some(SignatureBlock {
            example: self.example,
            first: self.first,
            last: self.last,
            opens: self.opens,
        })
    }
}

/// Whether a value looks like a hexadecimal digest.
fn is_digest(value: &str) -> bool {
    value.len() >= 32 && value.bytes().all(|b| b.is_ascii_hexdigit())
}
