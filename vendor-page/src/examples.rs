//! Response examples: headings and JSON bodies, and the names that bodies use.
//!
//! A body that is broken is a fact as well. It ends at the next heading or where the next body
//! begins, so that it takes no other with it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::facts::{Body, Broken, RequestExample, ResponseExample};
use crate::outline::Part;
use crate::read::MAX_FACTS;
use crate::source::{Line, without_markdown};

/// How much JSON is parsed of one page: bodies are short, and values take far more memory than
/// their text.
const MAX_JSON: usize = 1024 * 1024;

/// Longer than any heading.
const MAX_HEADING: usize = 100;

/// The names in bodies, with which glued cells can be told apart.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Members of the body, and headers.
    pub(crate) names: BTreeSet<String>,
    /// The members of each member that is an object, or an array of objects.
    pub(crate) children: BTreeMap<String, BTreeSet<String>>,
    /// The members that are seen with a value that has no members.
    pub(crate) scalars: BTreeSet<String>,
}

impl Keys {
    pub(crate) fn of_request(example: Option<&RequestExample>) -> Self {
        let mut keys = Self::default();
        if let Some(example) = example {
            keys.names
                .extend(example.headers.iter().map(|it| it.name.clone()));
            if let Some(Ok(body)) = example.body.as_ref().map(|body| &body.json) {
                keys.add(body);
            }
        }
        keys
    }

    pub(crate) fn of_responses(examples: &[ResponseExample]) -> Self {
        let mut keys = Self::default();
        for example in examples {
            if let Ok(body) = &example.body.json {
                keys.add(body);
            }
        }
        keys
    }

    fn add(&mut self, body: &Value) {
        for (name, value) in body.as_object().into_iter().flatten() {
            self.names.insert(name.clone());
            let objects = match value {
                Value::Null => continue,
                Value::Object(_) => std::slice::from_ref(value),
                Value::Array(items) => items.as_slice(),
                Value::Bool(_) | Value::Number(_) | Value::String(_) => &[],
            };
            let members = objects.iter().filter_map(Value::as_object).flatten();
            let members: Vec<_> = members.map(|(name, _)| name.clone()).collect();
            if members.is_empty() && !value.is_object() {
                self.scalars.insert(name.clone());
            } else {
                self.children
                    .entry(name.clone())
                    .or_default()
                    .extend(members);
            }
        }
    }
}

/// Whether there is any body in a part.
pub(crate) fn any(part: &Part<'_>) -> bool {
    let opens = |line: &Line<'_>| line.text.trim_start().starts_with('{');
    part.lines.iter().any(opens)
}

/// The bodies of these parts, each with the heading that it stands under.
pub(crate) fn read<'a>(parts: impl Iterator<Item = &'a Part<'a>>) -> Vec<ResponseExample> {
    let mut reader = Reader::default();
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

/// The text of a heading over an example, marks aside.
pub(crate) fn heading_text(line: &str) -> String {
    let line = line.trim_start();
    if line.len() > MAX_HEADING {
        return String::new();
    }
    without_markdown(line.trim_matches(|c: char| c.is_whitespace() || "#*:`".contains(c)))
        .into_owned()
}

/// Whether a line is a heading over an example: `NAME Response`, or a bare code.
pub(crate) fn is_heading(text: &str) -> bool {
    let named = ["Response", "Responses", "Example", "Examples"]
        .iter()
        .any(|word| {
            text.strip_suffix(word)
                .is_some_and(|name| name.is_empty() || name.ends_with(' '))
        });
    let code = text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    (named && !text.starts_with(['"', '{', '}'])) || code
}

#[derive(Debug, Default)]
struct Reader {
    examples: Vec<ResponseExample>,
    heading: Option<String>,
    /// The nearest line of text, for a page whose headings have another form.
    nearest: String,
    open: Option<Open>,
    parsed: usize,
}

/// A body whose end has not been seen.
#[derive(Debug, Default)]
struct Open {
    text: String,
    /// The number of each of its lines.
    numbers: Vec<u32>,
    depth: usize,
    /// Where a further body may begin if this one is broken: offset in `text`, index of line.
    restarts: Vec<(usize, usize)>,
    indent: usize,
}

impl Reader {
    fn line(&mut self, line: Line<'_>) {
        let heading = heading_text(line.text);
        let is_heading = line.level > 0 || is_heading(&heading);
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
                let mut open = Open {
                    indent,
                    ..Open::default()
                };
                open.numbers.push(line.number);
                self.open = Some(open);
                rest = text;
                continue;
            }
            self.outside(text, line.number);
            match text.find('{') {
                // `SUCCESS Response{`: the body ran into its heading.
                Some(at) if at <= MAX_HEADING => {
                    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
                    if !self::is_heading(&heading_text(before)) {
                        return;
                    }
                    self.heading = Some(heading_text(before));
                    rest = after;
                }
                _ => return,
            }
        }
    }

    /// Text between bodies.
    fn outside(&mut self, text: &str, line: u32) {
        let heading = heading_text(text);
        if text.starts_with(['}', ']']) {
            // A brace too many belongs to the body before it.
            if let Some(last) = self.examples.last_mut()
                && last.body.json.is_ok()
            {
                last.body.json = Err(Broken {
                    reason: "characters follow the end of the body".to_owned(),
                    line,
                });
            }
        } else if is_heading(&heading) {
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
                broken("too long to be an example".to_owned(), line, line)
            } else {
                parse(text, numbers)
            };
            self.examples.push(ResponseExample {
                heading: heading.clone(),
                body,
            });
        }
    }
}

impl Open {
    fn new_line(&mut self, line: Line<'_>) {
        self.text.push('\n');
        let text = line.text.trim_start();
        if text.starts_with('{') && line.text.len() - text.len() <= self.indent {
            self.restarts.push((self.text.len(), self.numbers.len()));
        }
        self.numbers.push(line.number);
    }

    /// Takes what belongs to the body; what follows it, if it ends here.
    fn take<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        // A string cannot go on in the next line: a missing quote harms one line only.
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

/// Parses a body whose lines have these numbers.
pub(crate) fn parse(text: &str, numbers: &[u32]) -> Body {
    let line = numbers.first().copied().unwrap_or_default();
    match serde_json::from_str(text.trim()) {
        Ok(json) => Body {
            line,
            json: Ok(json),
        },
        Err(error) => {
            let at = numbers.get(error.line().saturating_sub(1));
            let reason = error.to_string();
            // The line and column within the body would be read as the page's.
            let reason = reason.split_once(" at line ").map_or(&*reason, |it| it.0);
            broken(reason.to_owned(), line, at.copied().unwrap_or(line))
        }
    }
}

pub(crate) fn broken(reason: String, line: u32, at: u32) -> Body {
    Body {
        line,
        json: Err(Broken { reason, line: at }),
    }
}
