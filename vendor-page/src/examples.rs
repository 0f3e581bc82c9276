//! Response examples: headings and JSON bodies.
//!
//! A broken body is a fact too. It ends at the next heading or at the start of the next body, so
//! that the next body is not lost.

use crate::body::{Broken, PrintedBody};
use crate::facts::ResponseExample;
use crate::headings::{MAX_HEADING, example_heading, is_example_heading};
use crate::limits::MAX_FACTS;
use crate::lines::PageLine;
use crate::outline::PagePart;

/// The maximum size of JSON on one page. Bodies are short, and parsed values take much more memory
/// than their text.
const MAX_JSON: usize = 1024 * 1024;

/// Whether a part contains a body.
pub(crate) fn any(part: &PagePart<'_>) -> bool {
    let opens = |line: &PageLine<'_>| line.text.trim_start().starts_with('{');
    part.lines.iter().any(opens)
}

/// The bodies in these parts, each with its heading.
pub(crate) fn read<'a>(parts: impl Iterator<Item = &'a PagePart<'a>>) -> Vec<ResponseExample> {
    let mut reader = ExampleReader::default();
    for part in parts {
        reader.heading = None;
        reader.nearest.clear();
        for line in &part.lines {
            reader.line(*line);
        }
        reader.close();
    }
    reader.examples
}

#[derive(Debug, Default)]
struct ExampleReader {
    examples: Vec<ResponseExample>,
    heading: Option<String>,
    /// The nearest line of text, for a page with headings of another form.
    nearest: String,
    open: Option<OpenBody>,
    parsed: usize,
}

/// A body whose end has not been reached.
#[derive(Debug, Default)]
struct OpenBody {
    text: String,
    /// The numbers of its lines.
    numbers: Vec<u32>,
    depth: usize,
    /// Where another body may start if this one is broken: the offset in `text` and the index of
    /// the line.
    restarts: Vec<(usize, usize)>,
    indent: usize,
}

impl ExampleReader {
    fn line(&mut self, line: PageLine<'_>) {
        let heading = example_heading(line.text);
        let is_heading = line.level > 0 || is_example_heading(&heading);
        if is_heading && !heading.is_empty() {
            self.close();
            self.heading = Some(heading);
            return;
        }
        let mut rest = line.text.trim_end();
        if let Some(open) = &mut self.open {
            open.new_line(line);
        }
        while self.examples.len() <= MAX_FACTS {
            if let Some(open) = &mut self.open {
                let Some(after) = open.take(rest) else {
                    return;
                };
                rest = after;
                self.close();
            }
            let text = rest.trim_start();
            if text.starts_with('{') {
                let indent = line.text.len() - line.text.trim_start().len();
                let mut open = OpenBody {
                    indent,
                    ..OpenBody::default()
                };
                open.numbers.push(line.number);
                self.open = Some(open);
                rest = text;
                continue;
            }
            self.outside(text, line.number);
            match text.find('{') {
                // `SUCCESS Response{`: the line break between heading and body was lost.
                Some(at) if at <= MAX_HEADING => {
                    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
                    if !is_example_heading(&example_heading(before)) {
                        return;
                    }
                    self.heading = Some(example_heading(before));
                    rest = after;
                }
                _ => return,
            }
        }
    }

    /// Text between bodies.
    fn outside(&mut self, text: &str, line: u32) {
        let heading = example_heading(text);
        if text.starts_with(['}', ']']) {
            // An extra brace belongs to the body before it.
            if let Some(last) = self.examples.last_mut()
                && last.body.json.is_ok()
            {
                last.body.json = Err(Broken {
                    reason: "characters follow the end of the body".to_owned(),
                    line,
                });
            }
        } else if is_example_heading(&heading) {
            self.heading = Some(heading);
        } else if heading.contains(char::is_alphabetic) && !heading.contains(['{', '}']) {
            self.nearest = heading;
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let heading = self.heading.clone().unwrap_or_else(|| self.nearest.clone());
        let mut starts = vec![(0, 0)];
        if open.depth > 0 {
            starts.extend(&open.restarts);
        }
        let ends = starts.iter().skip(1).map(|&(offset, _)| offset);
        let ends: Vec<_> = ends.chain([open.text.len()]).collect();
        for (&(start, first), end) in starts.iter().zip(ends) {
            let text = open.text.get(start..end).unwrap_or_default();
            let numbers = open.numbers.get(first..).unwrap_or_default();
            self.parsed = self.parsed.saturating_add(text.len());
            let body = if self.parsed > MAX_JSON {
                let line = numbers.first().copied().unwrap_or_default();
                PrintedBody::broken("too long to be an example", line, line)
            } else {
                PrintedBody::parse(text, numbers)
            };
            self.examples.push(ResponseExample {
                heading: heading.clone(),
                body,
            });
        }
    }
}

impl OpenBody {
    fn new_line(&mut self, line: PageLine<'_>) {
        self.text.push('\n');
        let text = line.text.trim_start();
        if text.starts_with('{') && line.text.len() - text.len() <= self.indent {
            self.restarts.push((self.text.len(), self.numbers.len()));
        }
        self.numbers.push(line.number);
    }

    /// Consumes the text that belongs to the body. Returns the rest if the body ends here.
    fn take<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        // A string cannot continue in the next line, so a missing quote damages only one line.
        let mut in_string = false;
        let mut escaped = false;
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' if !in_string => self.depth += 1,
                b'}' if !in_string => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        let (body, after) = text.split_at_checked(at + 1)?;
                        self.text.push_str(body);
                        return Some(after);
                    }
                }
                _ => {}
            }
        }
        self.text.push_str(text);
        None
    }
}
