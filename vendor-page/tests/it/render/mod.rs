//! Renders facts as a page, in every form that saving or copying may give. All prose is invented.

mod html;

use std::fmt::Write as _;

use face_search_enroll_vendor_page::{
    Parameter, ResponseField, SignatureExample, SlipKind, VendorPage,
};
use serde_json::Value;

/// The only broken body in these tests: a comma is missing.
pub(crate) const BROKEN: &str = "{\n    \"code\": \"X\"\n    \"message\": \"Y\"\n}";

/// A form of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rendering {
    /// Plain text without separators between cells.
    Glued,
    /// Plain text with each description in its own paragraph below the name.
    Stacked,
    /// Pasted from a browser: tabs between cells, spanned cells dropped.
    Tabs,
    /// Pasted from a browser, with empty spanned cells.
    TabsSpanned,
    /// Markdown with outer pipes. Spanned cells are empty, and the charge has a column.
    Markdown,
    /// Markdown without outer pipes. Spanned cells are dropped.
    BareMarkdown,
    /// Markdown without blank lines or line breaks before headings.
    Squeezed,
    /// Plain text without separators, blank lines or line breaks before headings.
    SqueezedGlued,
    /// A saved page with navigation and scripts.
    Html,
    /// A saved page on one line, with code outside `pre`.
    MinifiedHtml,
}

impl Rendering {
    pub(crate) const ALL: [Self; 10] = [
        Self::Glued,
        Self::Stacked,
        Self::Tabs,
        Self::TabsSpanned,
        Self::Markdown,
        Self::BareMarkdown,
        Self::Squeezed,
        Self::SqueezedGlued,
        Self::Html,
        Self::MinifiedHtml,
    ];
}

pub(crate) fn render(page: &VendorPage, rendering: Rendering) -> String {
    let blocks = blocks(page);
    match rendering {
        Rendering::Html => html::page(&blocks, "\n"),
        Rendering::MinifiedHtml => html::page(&blocks, ""),
        _ => text(&blocks, rendering),
    }
}

enum Block {
    Title(String),
    Heading(String),
    /// The heading of an example.
    SubHeading(String),
    Prose(&'static str),
    Lines(Vec<String>),
    Curl(Vec<String>),
    Json(String),
    /// A header and rows. The cell above spans an absent cell.
    Table {
        header: &'static [&'static str],
        rows: Vec<Vec<Option<String>>>,
        /// Whether the names are distinguishable from prose if each has its own line.
        stackable: bool,
    },
}

/// A page without headers has the second form that the vendor uses: the curl command below the
/// parameters, its address last, and strings in double quotes.
fn is_second_form(page: &VendorPage) -> bool {
    page.header_parameters.is_empty()
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn blocks(page: &VendorPage) -> Vec<Block> {
    let mut blocks = vec![Block::Prose("Documentation")];
    if let Some(title) = &page.title {
        blocks.push(Block::Title(title.value.clone()));
    }
    blocks.push(Block::Prose(
        "Puts one face where later searches will look.",
    ));
    let example = |title: &str| {
        let curl = page.request_example.as_ref().map(|_| curl(page));
        curl.map(|curl| [heading(title), Block::Curl(curl)])
    };
    if !is_second_form(page) {
        blocks.extend(example("Request Example:").into_iter().flatten());
    }
    if !page.addresses.is_empty() {
        blocks.push(heading("Request Url"));
        let lines = page.addresses.iter().flat_map(|it| {
            let method = it.method.clone().unwrap_or_default();
            let media = it.media_type.as_ref().map(|it| format!(" ({it})"));
            [it.url.clone(), method + &media.unwrap_or_default()]
        });
        blocks.push(Block::Lines(lines.collect()));
    }
    if !is_second_form(page) && !page.notes.is_empty() {
        blocks.push(heading("Notes:"));
        blocks.push(Block::Prose(
            "• A tunnel may help where the network is slow, see https://example.com",
        ));
    }
    blocks.extend(parameters(page));
    if is_second_form(page) {
        if !page.notes.is_empty() {
            blocks.push(heading("Note:"));
            blocks.push(Block::Prose(
                "• accessKey and secretKey: ask whoever runs the account\n• timestamp is the same in both",
            ));
        }
        blocks.extend(example("Code Sample").into_iter().flatten());
    }
    blocks.extend(answer(page));
    blocks
}

fn parameters(page: &VendorPage) -> Vec<Block> {
    let mut blocks = vec![];
    let tables = [
        ("Request Header Parameters", &page.header_parameters, None),
        (
            "Request Parameters",
            &page.request_parameters,
            page.signature_example.as_ref(),
        ),
    ];
    for (title, parameters, signature) in tables {
        if parameters.is_empty() {
            continue;
        }
        blocks.push(heading(title));
        let signed = parameters.iter().position(|it| it.name == "signature");
        let signed = signed.unwrap_or(parameters.len() - 1);
        let row = |(at, it): (usize, &Parameter)| {
            let signature = signature.filter(|_| at == signed);
            let description = parameter_description(it) + &signature_lines(signature);
            vec![Some(it.name.clone()), Some(description)]
        };
        blocks.push(Block::Table {
            header: &["Parameter", "Description"],
            rows: parameters.iter().enumerate().map(row).collect(),
            stackable: true,
        });
    }
    blocks
}

fn parameter_description(parameter: &Parameter) -> String {
    let mut text = parameter.type_name.clone().unwrap_or_default();
    if parameter.optional {
        text += " optional";
    }
    match parameter.digits {
        Some(digits) => write!(text, " {digits}-digit-wide value to send along").unwrap(),
        None => text += " Value to send along",
    }
    for (word, number) in [
        (" defaults to", parameter.default),
        (", minimum", parameter.minimum),
        (", maximum", parameter.maximum),
    ] {
        if let Some(number) = number {
            write!(text, "{word} {number} units").unwrap();
        }
    }
    text
}

/// The example of a signature, below the text of the description.
fn signature_lines(example: Option<&SignatureExample>) -> String {
    let Some(example) = example else {
        return String::new();
    };
    let mut text = ", made like this\ne.g.".to_owned();
    for input in &example.inputs {
        write!(text, "\n{}: {}", input.name, input.value).unwrap();
    }
    if let Some(combined) = &example.combined {
        write!(text, "\nTogether: {}", combined.value).unwrap();
    }
    if let Some(result) = &example.result {
        write!(text, "\nDigest of these together: {}", result.value).unwrap();
    }
    text
}

fn answer(page: &VendorPage) -> Vec<Block> {
    let mut blocks = vec![];
    if !page.response_fields.is_empty() {
        blocks.push(heading("Response Description"));
        let shown = |name: &str| {
            let mut bodies = page.response_examples.iter().map(|it| &it.body.json);
            name.contains(|c: char| c.is_ascii_uppercase())
                || bodies.any(|body| body.as_ref().is_ok_and(|body| body.get(name).is_some()))
        };
        blocks.push(Block::Table {
            header: &["Parameter", "Description"],
            rows: page.response_fields.iter().flat_map(field_rows).collect(),
            stackable: page.response_fields.iter().all(|it| shown(&it.name)),
        });
    }
    if !page.response_codes.is_empty() {
        blocks.push(heading("Response Code"));
        blocks.push(Block::Table {
            header: &["Status Code", "Message"],
            rows: code_rows(page),
            stackable: false,
        });
    }
    if !page.response_examples.is_empty() {
        blocks.push(heading("Response Examples"));
        let mut above = "";
        for (at, example) in page.response_examples.iter().enumerate() {
            if example.heading != above {
                blocks.push(Block::SubHeading(example.heading.clone()));
            }
            above = &example.heading;
            blocks.push(Block::Json(match &example.body.json {
                Ok(value) => json(value, at),
                Err(_) => BROKEN.to_owned(),
            }));
        }
    }
    blocks
}

fn curl(page: &VendorPage) -> Vec<String> {
    let example = page.request_example.as_ref().unwrap();
    let slip = example
        .slips
        .iter()
        .any(|it| it.kind == SlipKind::AddressRunsIntoBackslash);
    let gap = if slip { "" } else { " " };
    let second = is_second_form(page);
    let mut command = "curl".to_owned();
    if let Some(method) = &example.method {
        write!(command, " -X {}", method.value).unwrap();
    }
    let mut words = vec![];
    for header in &example.headers {
        let header = format!("{}: {}", header.name, header.value);
        words.push(if second {
            format!("-H \"{}\" ", header.replace('"', "\\\""))
        } else {
            format!(" -H '{header}' ")
        });
    }
    let body = example.body.as_ref().map(|it| it.json.as_ref().unwrap());
    words.extend(body.map(|body| format!(" -d '{body}' ")));
    let address = example.address.as_ref().map(|it| it.value.as_str());
    if let Some(address) = address {
        if second && !slip {
            words.push(format!("\"{address}\""));
        } else {
            words.insert(0, format!(" {address}{gap}"));
        }
    }
    words.insert(0, command + " ");
    let last = words.len() - 1;
    let ends = words.iter().enumerate().map(|(at, word)| {
        if at == last {
            word.trim_end().to_owned()
        } else {
            format!("{word}\\")
        }
    });
    ends.collect()
}

fn field_rows(field: &ResponseField) -> Vec<Vec<Option<String>>> {
    let mut members = field.members.iter();
    let description = match (&field.constant, field.max_length, members.next()) {
        (Some(constant), _, _) => format!("Deprecated: always {constant}"),
        (None, Some(length), _) => format!("Handle of it, with a max length of {length}"),
        (None, None, Some(member)) => format!("{} echo of what was asked", member.name),
        (None, None, None) if field.deprecated => "Deprecated and of no use".to_owned(),
        (None, None, None) => "Outcome in a word".to_owned(),
    };
    let mut rows = vec![vec![Some(field.name.clone()), Some(description)]];
    rows.extend(members.map(|it| vec![None, Some(format!("{} one more part", it.name))]));
    rows
}

fn code_rows(page: &VendorPage) -> Vec<Vec<Option<String>>> {
    let mut above = "";
    let charged = page.response_codes.iter().any(|it| it.charge.is_some());
    let rows = page.response_codes.iter().map(|it| {
        let code = (it.code != above).then(|| it.code.clone());
        above = &it.code;
        let charge = it.charge.map_or("", |it| it.as_str()).to_owned();
        let mut row = vec![code];
        row.extend(charged.then_some(Some(charge)));
        row.push(Some(it.message.clone()));
        row
    });
    rows.collect()
}

/// JSON in one of the layouts that pages use: formatted, without spaces, or with a narrow indent.
fn json(value: &Value, layout: usize) -> String {
    match layout % 3 {
        0 => format!("{value:#}"),
        1 => value.to_string(),
        _ => format!("{value:#}").replace("\n  ", "\n "),
    }
}

fn text(blocks: &[Block], rendering: Rendering) -> String {
    use Rendering::{BareMarkdown, Markdown, Squeezed, SqueezedGlued};
    let squeezed = matches!(rendering, Squeezed | SqueezedGlued);
    let markdown = matches!(rendering, Markdown | BareMarkdown | Squeezed);
    let mut out = String::new();
    for block in blocks {
        let run_in = squeezed
            && matches!(
                block,
                Block::Title(_) | Block::Heading(_) | Block::SubHeading(_)
            );
        if run_in {
            out.truncate(out.trim_end_matches('\n').len());
        } else if !squeezed && !out.is_empty() {
            out.push('\n');
        }
        let hashes = |n: usize| {
            if markdown && !squeezed {
                "#".repeat(n) + " "
            } else {
                String::new()
            }
        };
        match block {
            Block::Title(title) => writeln!(out, "{}{title}", hashes(1)).unwrap(),
            Block::Heading(text) => writeln!(out, "{}{text}", hashes(2)).unwrap(),
            Block::SubHeading(text) => {
                let text = if markdown {
                    text.replace('_', "\\_")
                } else {
                    text.clone()
                };
                writeln!(out, "{}{text}", hashes(3)).unwrap();
            }
            Block::Prose(text) => writeln!(out, "{text}").unwrap(),
            Block::Lines(lines) if squeezed => {
                // No line break before an address, as in `POST (application/json)https://`.
                for pair in lines.chunks(2) {
                    write!(out, "{}", pair.join("\n")).unwrap();
                }
                out.push('\n');
            }
            Block::Lines(lines) => {
                for line in lines {
                    writeln!(out, "{line}").unwrap();
                }
            }
            Block::Curl(lines) => code(&mut out, &lines.join("\n"), "bash", markdown && !squeezed),
            Block::Json(text) => code(&mut out, text, "json", markdown && !squeezed),
            Block::Table {
                rows, stackable, ..
            } if *stackable && rendering == Rendering::Stacked => {
                stack(&mut out, rows);
            }
            Block::Table { header, rows, .. } => table(&mut out, header, rows, rendering),
        }
    }
    out
}

fn code(out: &mut String, text: &str, language: &str, fenced: bool) {
    if fenced {
        writeln!(out, "```{language}\n{text}\n```").unwrap();
    } else {
        writeln!(out, "{text}").unwrap();
    }
}

/// Each cell as a paragraph, below a header without separators.
fn stack(out: &mut String, rows: &[Vec<Option<String>>]) {
    writeln!(out, "ParameterDescription").unwrap();
    for cell in rows.iter().flatten().flatten() {
        writeln!(out, "\n{cell}").unwrap();
    }
}

fn table(out: &mut String, header: &[&str], rows: &[Vec<Option<String>>], rendering: Rendering) {
    let escape = |cell: &String| {
        cell.replace('\\', "\\\\")
            .replace('|', "\\|")
            .replace('_', "\\_")
            .replace('\n', "<br>")
    };
    let present =
        |row: &[Option<String>]| -> Vec<String> { row.iter().flatten().cloned().collect() };
    let spanned = |row: &[Option<String>]| -> Vec<String> {
        row.iter()
            .map(|cell| cell.clone().unwrap_or_default())
            .collect()
    };
    match rendering {
        Rendering::Glued | Rendering::Stacked | Rendering::SqueezedGlued => {
            writeln!(out, "{}", header.concat()).unwrap();
            for (at, row) in rows.iter().enumerate() {
                // With or without a space between charge and message.
                let mut cells = present(row);
                if row.len() == 3 && at % 2 == 0 {
                    let charge = cells.len() - 2;
                    cells[charge].push(' ');
                }
                writeln!(out, "{}", cells.concat()).unwrap();
            }
        }
        Rendering::Tabs | Rendering::TabsSpanned => {
            writeln!(out, "{}", header.join("\t")).unwrap();
            for row in rows {
                let row = if rendering == Rendering::Tabs {
                    present(row)
                } else {
                    spanned(row)
                };
                writeln!(out, "{}", row.join("\t")).unwrap();
            }
        }
        Rendering::Markdown => {
            let width = rows.iter().map(Vec::len).max().unwrap_or(2);
            let mut header = header.to_vec();
            header.resize(width, "");
            writeln!(out, "| {} |", header.join(" | ")).unwrap();
            writeln!(out, "|{}", " --- |".repeat(width)).unwrap();
            for row in rows {
                let row: Vec<_> = spanned(row).iter().map(escape).collect();
                writeln!(out, "| {} |", row.join(" | ")).unwrap();
            }
        }
        Rendering::BareMarkdown | Rendering::Squeezed => {
            writeln!(out, "{}\n--- | ---", header.join(" | ")).unwrap();
            for row in rows {
                let mut row: Vec<_> = present(row).iter().map(escape).collect();
                if let Some(message) = row.pop_if(|_| rows[0].len() == 3) {
                    write!(row.last_mut().unwrap(), " {message}").unwrap();
                }
                writeln!(out, "{}", row.join(" | ")).unwrap();
            }
        }
        Rendering::Html | Rendering::MinifiedHtml => unreachable!("HTML has tables of its own"),
    }
}
