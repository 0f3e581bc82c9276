//! Reads the YAML that `yaml` writes back into facts. Anything else in it is an error with its
//! place: the file is written by a program, so what it does not know is a mistake.

use std::fmt;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::facts::{
    Address, Body, Broken, Charge, Header, Parameter, RequestExample, ResponseCode,
    ResponseExample, ResponseField, Slip, SlipKind, Sourced, Unread, VendorPage,
};
use crate::section::Section;

/// Why a file of facts cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct YamlError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.reason)
    }
}

impl std::error::Error for YamlError {}

/// Reads a file of facts.
///
/// # Errors
///
/// [`YamlError`] where the text is no YAML or not what [`to_yaml`](crate::to_yaml) writes.
pub fn from_yaml(text: &str) -> Result<VendorPage, YamlError> {
    let documents = MarkedYaml::load_from_str(text).map_err(|error| YamlError {
        line: error.marker().line(),
        column: error.marker().col() + 1,
        reason: error.info().to_owned(),
    })?;
    let [root] = documents.as_slice() else {
        return Err(YamlError {
            line: 1,
            column: 1,
            reason: "expected one document".to_owned(),
        });
    };
    page(root)
}

type Node<'a> = MarkedYaml<'a>;
type Read<T> = Result<T, YamlError>;

fn page(node: &Node<'_>) -> Read<VendorPage> {
    let mut page = VendorPage::default();
    each(node, |name, value| {
        match name {
            "title" => page.title = Some(sourced(value, "value")?),
            "request_example" => page.request_example = Some(request_example(value)?),
            "addresses" => page.addresses = list(value, address)?,
            "header_parameters" => page.header_parameters = list(value, parameter)?,
            "request_parameters" => page.request_parameters = list(value, parameter)?,
            "response_fields" => page.response_fields = list(value, field)?,
            "response_codes" => page.response_codes = list(value, code)?,
            "response_examples" => page.response_examples = list(value, example)?,
            "unread" => page.unread = list(value, unread)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(page)
}

fn request_example(node: &Node<'_>) -> Read<RequestExample> {
    let mut example = RequestExample::default();
    each(node, |name, value| {
        match name {
            "line" => example.line = number(value)?,
            "method" => example.method = Some(sourced(value, "value")?),
            "address" => example.address = Some(sourced(value, "value")?),
            "headers" => example.headers = list(value, header)?,
            "body" => {
                let mut reading = BodyReading::default();
                each(value, |name, value| reading.member(name, value))?;
                example.body = Some(reading.body(value)?);
            }
            "slips" => example.slips = list(value, slip)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(example)
}

fn header(node: &Node<'_>) -> Read<Header> {
    let mut header = Header::default();
    each(node, |name, value| {
        match name {
            "name" => header.name = string(value)?,
            "value" => header.value = string(value)?,
            "line" => header.line = number(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(header)
}

fn slip(node: &Node<'_>) -> Read<Slip> {
    let Sourced { value, line } = sourced(node, "kind")?;
    let kind = SlipKind::ALL.into_iter().find(|it| it.as_str() == value);
    let kind = kind.ok_or_else(|| error(node, format!("unknown kind of slip `{value}`")))?;
    Ok(Slip { kind, line })
}

fn address(node: &Node<'_>) -> Read<Address> {
    let mut address = Address::default();
    each(node, |name, value| {
        match name {
            "url" => address.url = string(value)?,
            "method" => address.method = Some(string(value)?),
            "media_type" => address.media_type = Some(string(value)?),
            "line" => address.line = number(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(address)
}

fn parameter(node: &Node<'_>) -> Read<Parameter> {
    let mut parameter = Parameter::default();
    each(node, |name, value| {
        match name {
            "name" => parameter.name = string(value)?,
            "type" => parameter.type_name = Some(string(value)?),
            "line" => parameter.line = number(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(parameter)
}

fn field(node: &Node<'_>) -> Read<ResponseField> {
    let mut field = ResponseField::default();
    each(node, |name, value| {
        match name {
            "name" => field.name = string(value)?,
            "max_length" => field.max_length = Some(number(value)?),
            "deprecated" => {
                field.deprecated = value
                    .data
                    .as_bool()
                    .ok_or_else(|| error(value, "expected true or false"))?;
            }
            "constant" => field.constant = Some(string(value)?),
            "members" => field.members = list(value, |node| sourced(node, "name"))?,
            "line" => field.line = number(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(field)
}

fn code(node: &Node<'_>) -> Read<ResponseCode> {
    let mut code = ResponseCode::default();
    each(node, |name, value| {
        match name {
            "code" => code.code = string(value)?,
            "charge" => {
                code.charge = Some(match string(value)?.as_str() {
                    "free" => Charge::Free,
                    "pay" => Charge::Pay,
                    _ => return Err(error(value, "expected free or pay")),
                });
            }
            "message" => code.message = string(value)?,
            "line" => code.line = number(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(code)
}

fn example(node: &Node<'_>) -> Read<ResponseExample> {
    let mut heading = String::new();
    let mut reading = BodyReading::default();
    each(node, |name, value| {
        if name == "heading" {
            heading = string(value)?;
            return Ok(true);
        }
        reading.member(name, value)
    })?;
    let body = reading.body(node)?;
    Ok(ResponseExample { heading, body })
}

fn unread(node: &Node<'_>) -> Read<Unread> {
    let Sourced { value, line } = sourced(node, "section")?;
    let section = Section::ALL.into_iter().find(|it| it.heading() == value);
    let section = section.ok_or_else(|| error(node, format!("unknown section `{value}`")))?;
    Ok(Unread { section, line })
}

/// A body whose members are read one by one, alone or among those of an example.
#[derive(Debug, Default)]
struct BodyReading {
    line: u32,
    json: Option<Result<serde_json::Value, Broken>>,
}

impl BodyReading {
    fn member(&mut self, name: &str, node: &Node<'_>) -> Read<bool> {
        match name {
            "line" => self.line = number(node)?,
            "json" => {
                let json = serde_json::from_str(&string(node)?);
                let json = json.map_err(|e| error(node, format!("the body is no JSON: {e}")))?;
                self.json = Some(Ok(json));
            }
            "broken" => {
                let Sourced { value, line } = sourced(node, "reason")?;
                let reason = value;
                self.json = Some(Err(Broken { reason, line }));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn body(self, node: &Node<'_>) -> Read<Body> {
        let json = self
            .json
            .ok_or_else(|| error(node, "the body has neither `json` nor `broken`"))?;
        let line = self.line;
        Ok(Body { line, json })
    }
}

/// A mapping of one text and its line.
fn sourced(node: &Node<'_>, key: &str) -> Read<Sourced<String>> {
    let mut value = None;
    let mut line = 0;
    each(node, |name, node| {
        if name == key {
            value = Some(string(node)?);
        } else if name == "line" {
            line = number(node)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    })?;
    let value = value.ok_or_else(|| error(node, format!("`{key}` is missing")))?;
    Ok(Sourced { value, line })
}

/// Calls for each member of a mapping; the call says whether it knows the name.
fn each(node: &Node<'_>, mut member: impl FnMut(&str, &Node<'_>) -> Read<bool>) -> Read<()> {
    let mapping = node.data.as_mapping();
    for (key, value) in mapping.ok_or_else(|| error(node, "expected a mapping"))? {
        let name = string(key)?;
        if !member(&name, value)? {
            return Err(error(key, format!("unknown name `{name}`")));
        }
    }
    Ok(())
}

fn list<T>(node: &Node<'_>, item: impl FnMut(&Node<'_>) -> Read<T>) -> Read<Vec<T>> {
    let items = node.data.as_vec();
    let items = items.ok_or_else(|| error(node, "expected a list"))?;
    items.iter().map(item).collect()
}

fn string(node: &Node<'_>) -> Read<String> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => Ok(text.clone().into_owned()),
        _ => Err(error(node, "expected a text")),
    }
}

fn number(node: &Node<'_>) -> Read<u32> {
    let number = node.data.as_integer().and_then(|n| u32::try_from(n).ok());
    number.ok_or_else(|| error(node, "expected a whole number"))
}

fn error(node: &Node<'_>, reason: impl Into<String>) -> YamlError {
    YamlError {
        line: node.span.start.line(),
        column: node.span.start.col() + 1,
        reason: reason.into(),
    }
}
