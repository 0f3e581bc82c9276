//! The facts that the vendor's page states, as types. Each fact has the line that it came from,
//! counted from 1 in the rendering that was read.
//!
//! Only facts are kept: names, addresses, codes, wire messages and bodies. The prose of the page is
//! not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::body::{Broken, JsonText, PrintedBody, WrittenBody};
use crate::section::Section;
use crate::slip::Slip;

/// The facts of one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VendorPage {
    /// The title of the page.
    pub title: Option<Sourced>,
    /// The curl command that shows a request.
    pub request_example: Option<RequestExample>,
    /// Every address of the endpoint, in the order of the page.
    pub addresses: Vec<Address>,
    /// The notes on the page.
    pub notes: Vec<Note>,
    /// The headers that a request carries.
    pub header_parameters: Vec<Parameter>,
    /// The members of the body of the request.
    pub request_parameters: Vec<Parameter>,
    /// An example of how a signature is computed.
    pub signature_example: Option<SignatureExample>,
    /// The members of an answer.
    pub response_fields: Vec<ResponseField>,
    /// Every row of the table of codes.
    pub response_codes: Vec<ResponseCode>,
    /// Every example body, in the order of the page.
    pub response_examples: Vec<ResponseExample>,
    /// Rows of tables that could not be read.
    pub unread: Vec<Unread>,
}

/// A value and its line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    /// The value.
    pub value: String,
    /// The line of the page.
    pub line: u32,
}

/// The curl command that shows a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestExample {
    /// The line of the word `curl`.
    pub line: u32,
    /// The method, if the command has one.
    pub method: Option<Sourced>,
    /// The address.
    pub address: Option<Sourced>,
    /// The headers in order.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Option<PrintedBody>,
    /// Why the command does not run as printed.
    pub slips: Vec<Slip>,
}

/// A header of the request example.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The name of the header.
    pub name: String,
    /// The value. For a token, it is the placeholder on the page.
    pub value: String,
    /// The line of the page.
    pub line: u32,
}

/// An address, and what to send there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// The address.
    pub url: String,
    /// The method.
    pub method: Option<String>,
    /// The media type of the body.
    pub media_type: Option<String>,
    /// The line of the page.
    pub line: u32,
}

/// A note on the page: advice in prose. Only its words count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// A digest of the words of the note. It changes if any word changes.
    pub digest: String,
    /// The line of the page.
    pub line: u32,
}

/// A parameter of the request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The name of the parameter.
    pub name: String,
    /// The type, as the page calls it.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// Whether the page says that the parameter is optional.
    #[serde(default)]
    pub optional: bool,
    /// The default, if it is a number.
    pub default: Option<u64>,
    /// The minimum.
    pub minimum: Option<u64>,
    /// The maximum.
    pub maximum: Option<u64>,
    /// The number of digits.
    pub digits: Option<u32>,
    /// The line of the page.
    pub line: u32,
}

/// An example of how a signature is computed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignatureExample {
    /// The inputs in the order of the page.
    pub inputs: Vec<SignatureInput>,
    /// The concatenated inputs, as the page prints them.
    pub combined: Option<Sourced>,
    /// The signature that the page prints.
    pub result: Option<Sourced>,
}

/// An input of a signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureInput {
    /// The name of the input.
    pub name: String,
    /// The value of the input in the example.
    pub value: String,
    /// The line of the page.
    pub line: u32,
}

impl SignatureExample {
    /// The values of the inputs in order, without separators.
    #[must_use]
    pub fn combination(&self) -> String {
        self.inputs.iter().map(|it| it.value.as_str()).collect()
    }

    /// Whether the printed combination matches the inputs; `None` if the page prints none.
    #[must_use]
    pub fn combines(&self) -> Option<bool> {
        let combined = self.combined.as_ref()?;
        Some(combined.value == self.combination())
    }
}

/// A member of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResponseField {
    /// The name of the member.
    pub name: String,
    /// Another possible name, if the text has no separator between name and description.
    pub other_reading: Option<String>,
    /// The maximum length, if the page states one.
    pub max_length: Option<u32>,
    /// Whether the page calls it deprecated.
    pub deprecated: bool,
    /// The constant value, if the page states one.
    pub constant: Option<String>,
    /// The members of the field, if it is an object.
    pub members: Vec<Member>,
    /// The line of the page.
    pub line: u32,
}

/// A member of an object in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The name of the member.
    pub name: String,
    /// The line of the page.
    pub line: u32,
}

/// A row of the table of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseCode {
    /// The code. A row without a code has the code of the row above.
    pub code: String,
    /// Whether such an answer is charged.
    pub charge: Option<PrintedCharge>,
    /// The message as it is sent.
    pub message: String,
    /// The line of the page.
    pub line: u32,
}

/// Whether an answer is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrintedCharge {
    /// It is free.
    Free,
    /// It is charged.
    Pay,
}

/// A response example. Several may have the same heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "WrittenExample")]
pub struct ResponseExample {
    /// The heading of the example, or an empty string.
    pub heading: String,
    /// The body.
    #[serde(flatten)]
    pub body: PrintedBody,
}

/// A row of a table that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// The section of the row.
    pub section: Section,
    /// The line of the page.
    pub line: u32,
}

impl PrintedCharge {
    /// The word on the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pay => "pay",
        }
    }
}

/// An example as it is written to the file of facts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenExample {
    heading: String,
    line: u32,
    json: Option<JsonText>,
    broken: Option<Broken>,
}

impl TryFrom<WrittenExample> for ResponseExample {
    type Error = &'static str;

    fn try_from(written: WrittenExample) -> Result<Self, Self::Error> {
        let WrittenExample {
            heading,
            line,
            json,
            broken,
        } = written;
        let body = WrittenBody { line, json, broken }.try_into()?;
        Ok(Self { heading, body })
    }
}

impl VendorPage {
    /// The distinct paths of the addresses, in the order of the page. They identify the operation.
    #[must_use]
    pub fn paths(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let paths = self.addresses.iter().map(|it| path(&it.url));
        paths.filter(|path| seen.insert(*path)).collect()
    }

    /// The expected sections without facts. A page that was cut off lacks some.
    #[must_use]
    pub fn missing_sections(&self) -> Vec<Section> {
        let missing = |section: &Section| self.expects(*section) && !self.has(*section);
        Section::ALL.into_iter().filter(missing).collect()
    }

    /// Whether a section has at least one fact.
    pub(crate) fn has(&self, section: Section) -> bool {
        match section {
            Section::RequestExample => self.request_example.is_some(),
            Section::RequestUrl => !self.addresses.is_empty(),
            Section::RequestHeaderParameters => !self.header_parameters.is_empty(),
            Section::RequestParameters => !self.request_parameters.is_empty(),
            Section::ResponseDescription => !self.response_fields.is_empty(),
            Section::ResponseCode => !self.response_codes.is_empty(),
            Section::ResponseExamples => !self.response_examples.is_empty(),
        }
    }

    /// Whether a page must have a section. The headers are expected only if the curl command sends
    /// a header that is not about media types, or if there is no curl command.
    fn expects(&self, section: Section) -> bool {
        let describes_bodies = |header: &Header| {
            let name = header.name.to_ascii_lowercase();
            name.starts_with("content-") || name == "accept" || name.starts_with("accept-")
        };
        section != Section::RequestHeaderParameters
            || self
                .request_example
                .as_ref()
                .is_none_or(|example| !example.headers.iter().all(describes_bodies))
    }
}

/// The path of an address: without scheme, host, query and fragment.
fn path(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    let path = after.find('/').and_then(|at| after.get(at..));
    let path = path.unwrap_or("/");
    path.split(['?', '#']).next().unwrap_or(path)
}
