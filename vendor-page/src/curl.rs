//! The request example: a curl command, parsed as a shell would parse it. Slips that a shell would
//! reject are recorded and skipped.

use crate::body::PrintedBody;
use crate::facts::{Header, RequestExample, Sourced};
use crate::lines::PageLine;
use crate::outline::PagePart;
use crate::slip::{Slip, SlipKind};
use crate::text::collapse;

/// The maximum length of the command. A longer text is not an example.
const MAX_COMMAND: usize = 64 * 1024;

/// The curl command in this part.
pub(crate) fn read(part: &PagePart<'_>) -> Option<RequestExample> {
    let first = part.lines.iter().position(is_curl)?;
    let lines = part.lines.get(first..)?;
    let mut example = RequestExample {
        line: lines.first()?.number,
        ..RequestExample::default()
    };
    let command = CurlCommand::of(lines);
    let (words, used) = command.words();
    example.slips = command.slips(used);
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let (option, joined) = option(&word.text);
        let mut value = || match joined {
            "" => words.next(),
            joined => Some(ShellWord {
                text: joined.to_owned(),
                ..word.clone()
            }),
        };
        match option {
            "-X" | "--request" => {
                example.method = value().map(ShellWord::sourced);
            }
            "-H" | "--header" => {
                example.headers.extend(value().and_then(ShellWord::header));
            }
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--json" => {
                example.body = value().map(ShellWord::body);
            }
            "--url" => example.address = value().map(ShellWord::sourced),
            "" if example.address.is_none() && word.text.starts_with("http") => {
                if word.backslash {
                    example.slips.push(Slip {
                        kind: SlipKind::AddressRunsIntoBackslash,
                        line: word.line(),
                    });
                }
                example.address = Some(word.sourced());
            }
            _ => {}
        }
    }
    let glued = example.address.as_ref().map(|it| it.line);
    let runs_in = |slip: &Slip| slip.kind == SlipKind::AddressRunsIntoBackslash;
    if example.slips.iter().any(runs_in) {
        example
            .slips
            .retain(|slip| runs_in(slip) || Some(slip.line) != glued);
    }
    example.slips.sort_by_key(|slip| slip.line);
    Some(example)
}

fn is_curl(line: &PageLine<'_>) -> bool {
    let text = line
        .text
        .trim_start_matches(|c: char| c.is_whitespace() || "`$>".contains(c));
    text.strip_prefix("curl")
        .is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// An option and the value that is attached to it; no option for any other word.
fn option(word: &str) -> (&str, &str) {
    if word.starts_with("--") {
        return word.split_once('=').unwrap_or((word, ""));
    }
    ["-X", "-H", "-d"]
        .into_iter()
        .find_map(|option| Some((option, word.strip_prefix(option)?)))
        .unwrap_or(("", ""))
}

/// A word of the command without its quotes.
#[derive(Debug, Clone, Default)]
struct ShellWord {
    text: String,
    /// The numbers of the lines that the word spans.
    numbers: Vec<u32>,
    /// A backslash follows directly.
    backslash: bool,
    /// Its quote was never closed.
    open: bool,
}

impl ShellWord {
    fn line(&self) -> u32 {
        self.numbers.first().copied().unwrap_or_default()
    }

    fn sourced(self) -> Sourced {
        let line = self.line();
        let value = self.text.trim_matches(['<', '>']).to_owned();
        Sourced { value, line }
    }

    fn header(self) -> Option<Header> {
        let (name, value) = self.text.split_once(':')?;
        Some(Header {
            name: collapse(name).into_owned(),
            value: collapse(value).into_owned(),
            line: self.line(),
        })
    }

    fn body(self) -> PrintedBody {
        let last = self.numbers.last().copied().unwrap_or_default();
        if self.open {
            return PrintedBody::broken("the quote is not closed", self.line(), last);
        }
        PrintedBody::parse(&self.text, &self.numbers)
    }
}

/// The lines of the command.
struct CurlCommand<'a> {
    lines: Vec<(PageLine<'a>, LineEnd)>,
}

/// How a line of the command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    /// With a backslash: the command continues.
    Continued,
    /// With a backslash and a space.
    ContinuedBySpace,
    /// With neither.
    Plain,
}

impl<'a> CurlCommand<'a> {
    fn of(lines: &[PageLine<'a>]) -> Self {
        let mut taken = vec![];
        let mut length = 0;
        for line in lines.iter().filter(|line| !line.is_blank()) {
            length += line.text.len();
            if length > MAX_COMMAND {
                break;
            }
            let trimmed = line.text.trim_end();
            let end = if !trimmed.ends_with('\\') {
                LineEnd::Plain
            } else if trimmed.len() < line.text.len() {
                LineEnd::ContinuedBySpace
            } else {
                LineEnd::Continued
            };
            taken.push((*line, end));
        }
        Self { lines: taken }
    }

    /// The slips at the ends of all lines but the last.
    fn slips(&self, used: usize) -> Vec<Slip> {
        let used = self.lines.get(..used).unwrap_or_default();
        // If every line ends with a space, the rendering added it.
        let spaces = used.iter().any(|(_, end)| *end == LineEnd::Continued);
        let slip = |kind, line: &PageLine<'_>| Slip {
            kind,
            line: line.number,
        };
        let mut slips = vec![];
        for (at, (line, end)) in used.iter().enumerate() {
            let next = used.get(at + 1);
            match end {
                LineEnd::ContinuedBySpace if spaces => {
                    slips.push(slip(SlipKind::SpaceAfterBackslash, line));
                }
                LineEnd::Plain if next.is_some_and(|(next, _)| is_argument(next)) => {
                    slips.push(slip(SlipKind::LineNotContinued, line));
                }
                LineEnd::Continued | LineEnd::ContinuedBySpace | LineEnd::Plain => {}
            }
        }
        slips
    }

    /// The words up to the end of the command, and the number of lines.
    fn words(&self) -> (Vec<ShellWord>, usize) {
        let mut words = vec![];
        let mut used = 0;
        let mut word: Option<ShellWord> = None;
        let mut quote: Option<char> = None;
        for (at, (line, end)) in self.lines.iter().enumerate() {
            used = at + 1;
            if let (Some(word), Some(_)) = (&mut word, quote) {
                word.text.push('\n');
                word.numbers.push(line.number);
            }
            let mut chars = line.text.trim_end().chars().peekable();
            while let Some(c) = chars.next() {
                let ends = c.is_whitespace() && quote.is_none();
                if ends {
                    words.extend(word.take());
                    continue;
                }
                if c == '\\' && quote.is_none() && chars.peek().is_none_or(|c| c.is_whitespace()) {
                    if let Some(word) = &mut word {
                        word.backslash = true;
                    }
                    continue;
                }
                let word = word.get_or_insert_with(|| ShellWord {
                    numbers: vec![line.number],
                    ..ShellWord::default()
                });
                match c {
                    '\'' | '"' if quote == Some(c) => quote = None,
                    '\'' | '"' if quote.is_none() => quote = Some(c),
                    '\\' if quote != Some('\'') => {
                        let escaped = chars.peek().copied();
                        let special = |c| quote.is_none() || "\"\\$`".contains(c);
                        match escaped {
                            Some(c) if special(c) => word.text.extend(chars.next()),
                            _ => word.text.push(c),
                        }
                    }
                    _ => word.text.push(c),
                }
            }
            if quote.is_some() {
                continue;
            }
            words.extend(word.take());
            let next = self.lines.get(at + 1);
            if *end == LineEnd::Plain && !next.is_some_and(|(next, _)| is_argument(next)) {
                break;
            }
        }
        words.extend(word.map(|word| ShellWord { open: true, ..word }));
        (words, used)
    }
}

/// Whether a line can only be a continuation of the command.
fn is_argument(line: &PageLine<'_>) -> bool {
    let text = line.text.trim_start();
    text.starts_with("-H ")
        || text.starts_with("-d ")
        || text.starts_with("-X ")
        || text.starts_with("--")
        || text.trim_start_matches(['"', '\'']).starts_with("http")
}
