//! Facts as YAML, the same facts as the same bytes: a fact a line where it fits, bodies as
//! printed JSON, so that a change of the page is a small diff.
//!
//! Written by hand rather than by a library, because the form is the point. `yaml_read` reads it.

use std::fmt::{self, Display, Write as _};

use serde_json::Value;

use crate::facts::{
    Address, Body, Broken, Header, Parameter, RequestExample, ResponseCode, ResponseExample,
    ResponseField, Slip, Sourced, Unread, VendorPage,
};

const HEAD: &str = "\
# What the vendor's page states, fact by fact. Written by `cargo xtask import`: never edit it by
# hand. A `line` is the line of the saved page that a fact was read from.
";

/// Writes the facts as YAML.
#[must_use]
pub fn to_yaml(page: &VendorPage) -> String {
    let mut out = String::from(HEAD);
    // Writing to a string cannot fail.
    let _ = write_page(&mut out, page);
    out
}

fn write_page(out: &mut String, page: &VendorPage) -> fmt::Result {
    let VendorPage {
        title,
        request_example,
        addresses,
        header_parameters,
        request_parameters,
        response_fields,
        response_codes,
        response_examples,
        unread,
    } = page;
    if let Some(Sourced { value, line }) = title {
        let title = Flow::new(*line).text("value", value);
        writeln!(out, "title: {title}")?;
    }
    if let Some(example) = request_example {
        write_request_example(out, example)?;
    }
    write_list(out, "", "addresses", addresses.iter().map(address))?;
    let parameters = header_parameters.iter().map(parameter);
    write_list(out, "", "header_parameters", parameters)?;
    let parameters = request_parameters.iter().map(parameter);
    write_list(out, "", "request_parameters", parameters)?;
    write_list(
        out,
        "",
        "response_fields",
        response_fields.iter().map(field),
    )?;
    write_list(out, "", "response_codes", response_codes.iter().map(code))?;
    if !response_examples.is_empty() {
        writeln!(out, "response_examples:")?;
    }
    for ResponseExample { heading, body } in response_examples {
        writeln!(out, "  - heading: {}", Text(heading))?;
        write_body(out, "    ", body)?;
    }
    write_list(out, "", "unread", unread.iter().map(unread_row))
}

fn write_request_example(out: &mut String, example: &RequestExample) -> fmt::Result {
    let RequestExample {
        line,
        method,
        address,
        headers,
        body,
        slips,
    } = example;
    writeln!(out, "request_example:\n  line: {line}")?;
    for (name, fact) in [("method", method), ("address", address)] {
        if let Some(Sourced { value, line }) = fact {
            let fact = Flow::new(*line).text("value", value);
            writeln!(out, "  {name}: {fact}")?;
        }
    }
    let headers = headers.iter().map(|Header { name, value, line }| {
        Flow::new(*line).text("name", name).text("value", value)
    });
    write_list(out, "  ", "headers", headers)?;
    if let Some(body) = body {
        writeln!(out, "  body:")?;
        write_body(out, "    ", body)?;
    }
    let slips = slips
        .iter()
        .map(|Slip { kind, line }| Flow::new(*line).text("kind", kind.as_str()));
    write_list(out, "  ", "slips", slips)
}

fn address(address: &Address) -> Flow {
    let Address {
        url,
        method,
        media_type,
        line,
    } = address;
    Flow::new(*line)
        .text("url", url)
        .maybe("method", method.as_ref())
        .maybe("media_type", media_type.as_ref())
}

fn parameter(parameter: &Parameter) -> Flow {
    let Parameter {
        name,
        type_name,
        line,
    } = parameter;
    Flow::new(*line)
        .text("name", name)
        .maybe("type", type_name.as_ref())
}

fn field(field: &ResponseField) -> Flow {
    let ResponseField {
        name,
        max_length,
        deprecated,
        constant,
        members,
        line,
    } = field;
    let mut flow = Flow::new(*line).text("name", name);
    if let Some(length) = max_length {
        flow = flow.raw("max_length", length);
    }
    if *deprecated {
        flow = flow.raw("deprecated", true);
    }
    flow = flow.maybe("constant", constant.as_ref());
    if !members.is_empty() {
        let member = |it: &Sourced<String>| Flow::new(it.line).text("name", &it.value).to_string();
        let members: Vec<_> = members.iter().map(member).collect();
        flow = flow.raw("members", format_args!("[{}]", members.join(", ")));
    }
    flow
}

fn code(code: &ResponseCode) -> Flow {
    let ResponseCode {
        code,
        charge,
        message,
        line,
    } = code;
    Flow::new(*line)
        .text("code", code)
        .maybe("charge", charge.map(|it| it.as_str().to_owned()).as_ref())
        .raw("message", Quoted(message))
}

fn unread_row(Unread { section, line }: &Unread) -> Flow {
    Flow::new(*line).text("section", section.heading())
}

fn write_list(
    out: &mut String,
    indent: &str,
    name: &str,
    items: impl Iterator<Item = Flow>,
) -> fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_some() {
        writeln!(out, "{indent}{name}:")?;
    }
    items.try_for_each(|item| writeln!(out, "{indent}  - {item}"))
}

fn write_body(out: &mut String, indent: &str, body: &Body) -> fmt::Result {
    let Body { line, json } = body;
    writeln!(out, "{indent}line: {line}")?;
    match json {
        Ok(value) => {
            writeln!(out, "{indent}json: |")?;
            // A printed body spans lines but never holds an empty one.
            pretty(value)
                .lines()
                .try_for_each(|line| writeln!(out, "{indent}  {line}"))
        }
        Err(Broken { reason, line }) => {
            let broken = Flow::new(*line).text("reason", reason);
            writeln!(out, "{indent}broken: {broken}")
        }
    }
}

/// JSON printed over lines, with what YAML does not bear escaped.
fn pretty(value: &Value) -> String {
    escape(&format!("{value:#}"))
}

/// A mapping on one line; its fact's line comes last, where a change of it disturbs least.
struct Flow {
    text: String,
    line: u32,
}

impl Flow {
    fn new(line: u32) -> Self {
        Self {
            text: String::new(),
            line,
        }
    }

    fn raw(mut self, name: &str, value: impl Display) -> Self {
        let _ = write!(self.text, "{name}: {value}, ");
        self
    }

    fn text(self, name: &str, value: &str) -> Self {
        self.raw(name, Text(value))
    }

    fn maybe(self, name: &str, value: Option<&String>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }
}

impl Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{ {}line: {} }}", self.text, self.line)
    }
}

/// A string, plain where no reader of YAML can take it for anything else.
struct Text<'a>(&'a str);

impl Text<'_> {
    fn is_plain(&self) -> bool {
        // What YAML 1.1 reads as a boolean or null; `n` and `y` too.
        const WORDS: [&str; 10] = [
            "true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan",
        ];
        let text = self.0;
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
            && !text.contains(": ")
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_./: ".contains(&b))
            && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
    }
}

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_plain() {
            return f.write_str(self.0);
        }
        Quoted(self.0).fmt(f)
    }
}

/// A string in quotes: a JSON string is a double-quoted scalar.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escape(&Value::from(self.0).to_string()))
    }
}

/// Escapes what JSON prints as it is and YAML calls not printable, or takes for a line's end. In
/// JSON such characters stand in strings only.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            }
            _ => escaped.push(c),
        }
    }
    escaped
}
