//! A page as a flat list of statements: the name of each fact and its value.

use serde_json::Value;

use crate::body::{Broken, PrintedBody};
use crate::facts::{
    Parameter, PrintedCharge, RequestExample, ResponseField, SignatureExample, VendorPage,
};

/// A statement about a fact. Several may have the same name, such as the messages of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The name of the fact.
    pub fact: String,
    /// What the page states about it.
    pub value: String,
    /// The line of the page.
    pub line: u32,
    /// The key to find the fact on another page: its name, in lower case if the case does not
    /// matter.
    pub(crate) key: String,
    /// The list that the fact belongs to, and its key in that list.
    pub(crate) listed: Option<(&'static str, String)>,
}

impl Statement {
    fn new(fact: impl Into<String>, value: impl Into<String>, line: u32) -> Self {
        let fact = fact.into();
        Self {
            key: fact.clone(),
            fact,
            value: value.into(),
            line,
            listed: None,
        }
    }

    /// For a header: its name is not case-sensitive (RFC 9110, section 5.1).
    fn in_any_case(self) -> Self {
        let listed = self.listed;
        Self {
            key: self.key.to_ascii_lowercase(),
            listed: listed.map(|(list, known_by)| (list, known_by.to_ascii_lowercase())),
            ..self
        }
    }

    fn listed(self, list: &'static str, known_by: impl Into<String>) -> Self {
        let listed = Some((list, known_by.into()));
        Self { listed, ..self }
    }
}

/// The statements of a page, in its order.
pub(crate) fn statements(page: &VendorPage) -> Vec<Statement> {
    let mut all = vec![];
    let title = page.title.iter();
    all.extend(title.map(|it| Statement::new("title", &it.value, it.line)));
    all.extend(page.request_example.iter().flat_map(request_example));
    all.extend(page.addresses.iter().map(|it| {
        let method = it.method.as_deref().unwrap_or("no method");
        let media_type = it.media_type.as_deref().unwrap_or("no media type");
        let value = format!("{method} ({media_type})");
        Statement::new(format!("address {}", it.url), value, it.line).listed("addresses", &it.url)
    }));
    let notes = page.notes.iter();
    all.extend(
        notes.map(|it| Statement::new("note", format!("words of digest {}", it.digest), it.line)),
    );
    let headers = page.header_parameters.iter();
    all.extend(
        headers.map(|it| parameter("header parameter", "header parameters", it).in_any_case()),
    );
    let parameters = page.request_parameters.iter();
    all.extend(parameters.map(|it| parameter("request parameter", "request parameters", it)));
    all.extend(page.signature_example.iter().flat_map(signature_example));
    all.extend(page.response_fields.iter().flat_map(response_field));
    all.extend(page.response_codes.iter().map(|it| {
        let charge = it.charge.map_or("no charge", PrintedCharge::as_str);
        let value = format!("{charge}, `{}`", it.message);
        Statement::new(format!("response code {}", it.code), value, it.line)
            .listed("response codes", format!("{} {}", it.code, it.message))
    }));
    all.extend(page.response_examples.iter().map(|it| {
        let statement = body(format!("response example `{}`", it.heading), &it.body);
        let known_by = format!("{} {}", it.heading, statement.value);
        statement.listed("response examples", known_by)
    }));
    let unread = page.unread.iter();
    all.extend(unread.map(|it| Statement::new("unread row", it.section.heading(), it.line)));
    all
}

fn request_example(example: &RequestExample) -> Vec<Statement> {
    let named = [("method", &example.method), ("address", &example.address)];
    let named = named.into_iter().filter_map(|(name, fact)| {
        let fact = fact.as_ref()?;
        let name = format!("request example {name}");
        Some(Statement::new(name, &fact.value, fact.line))
    });
    let headers = example.headers.iter().map(|it| {
        let name = format!("request example header {}", it.name);
        Statement::new(name, &it.value, it.line).in_any_case()
    });
    let printed = example.body.iter();
    let printed = printed.map(|it| body("request example body".to_owned(), it));
    let slips = example.slips.iter();
    let slips = slips.map(|it| Statement::new("request example slip", it.kind.as_str(), it.line));
    named.chain(headers).chain(printed).chain(slips).collect()
}

fn parameter(kind: &str, list: &'static str, parameter: &Parameter) -> Statement {
    let Parameter {
        name,
        type_name,
        optional,
        default,
        minimum,
        maximum,
        digits,
        line,
    } = parameter;
    let mut states = vec![type_name.as_deref().unwrap_or("no type").to_owned()];
    states.extend(optional.then(|| "optional".to_owned()));
    states.extend(default.map(|it| format!("default {it}")));
    states.extend(minimum.map(|it| format!("minimum {it}")));
    states.extend(maximum.map(|it| format!("maximum {it}")));
    states.extend(digits.map(|it| format!("{it} digits")));
    Statement::new(format!("{kind} {name}"), states.join(", "), *line).listed(list, name)
}

fn signature_example(example: &SignatureExample) -> Vec<Statement> {
    let SignatureExample {
        inputs,
        combined,
        result,
    } = example;
    let inputs = inputs.iter().map(|it| {
        let fact = format!("signature example input {}", it.name);
        Statement::new(fact, &it.value, it.line).listed("signature example inputs", &it.name)
    });
    let combined = combined.iter().map(|it| {
        let wrong = if example.combines() == Some(false) {
            " (not what the inputs make)"
        } else {
            ""
        };
        let value = format!("{}{wrong}", it.value);
        Statement::new("signature example combined", value, it.line)
    });
    let result = result.iter();
    let result = result.map(|it| Statement::new("signature example result", &it.value, it.line));
    inputs.chain(combined).chain(result).collect()
}

fn response_field(field: &ResponseField) -> Vec<Statement> {
    let ResponseField {
        name,
        other_reading,
        max_length,
        deprecated,
        constant,
        members,
        line,
    } = field;
    let mut states = vec![];
    states.extend(
        other_reading
            .as_ref()
            .map(|it| format!("a guess: may be {it}")),
    );
    states.extend(max_length.map(|length| format!("at most {length} characters")));
    states.extend(deprecated.then(|| "deprecated".to_owned()));
    states.extend(constant.as_ref().map(|it| format!("always {it}")));
    if states.is_empty() {
        states.push("no more stated".to_owned());
    }
    let fact = format!("response field {name}");
    let members = members
        .iter()
        .map(|it| Statement::new(format!("{fact}.{}", it.name), "a member", it.line));
    let field = Statement::new(&fact, states.join(", "), *line).listed("response fields", name);
    [field].into_iter().chain(members).collect()
}

fn body(fact: String, PrintedBody { line, json }: &PrintedBody) -> Statement {
    let value = match json {
        Ok(value) => Value::to_string(value),
        Err(Broken { reason, line: _ }) => format!("broken: {reason}"),
    };
    Statement::new(fact, value, *line)
}
