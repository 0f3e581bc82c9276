//! What the vendor's page states, as types. A fact carries the line of the page that it came
//! from, counted from 1 in the rendering that was read.
//!
//! Facts only: names, addresses, codes, wire messages and bodies. The page's prose is left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::body::{Broken, JsonText, PrintedBody, WrittenBody};
use crate::section::Section;
use crate::slip::Slip;

/// The facts of one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VendorPage {
    /// The page's title.
    pub title: Option<Sourced>,
    /// The curl that shows a request.
    pub request_example: Option<RequestExample>,
    /// Every address that the endpoint is served at, in the page's order.
    pub addresses: Vec<Address>,
    /// What the page says in notes.
    pub notes: Vec<Note>,
    /// The headers that a request carries.
    pub header_parameters: Vec<Parameter>,
    /// The members of the request's body.
    pub request_parameters: Vec<Parameter>,
    /// How a signature is made, by an example.
    pub signature_example: Option<SignatureExample>,
    /// The members of an answer.
    pub response_fields: Vec<ResponseField>,
    /// Every row of the table of codes.
    pub response_codes: Vec<ResponseCode>,
    /// Every example body, in the page's order.
    pub response_examples: Vec<ResponseExample>,
    /// Rows of tables that could not be read.
    pub unread: Vec<Unread>,
}

/// A value and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    /// The value.
    pub value: String,
    /// The line of the page.
    pub line: u32,
}

/// The curl that shows a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestExample {
    /// The line that `curl` stands in.
    pub line: u32,
    /// The method, where the curl names one.
    pub method: Option<Sourced>,
    /// The address.
    pub address: Option<Sourced>,
    /// The headers, in their order.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Option<PrintedBody>,
    /// Why it does not run as printed.
    pub slips: Vec<Slip>,
}

/// A header of the request example.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The header's name.
    pub name: String,
    /// Its value; for a token the page's placeholder.
    pub value: String,
    /// The line of the page.
    pub line: u32,
}

/// An address with what the page says to send there.
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

/// A note of the page: advice in prose, of which the words alone count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// A digest of its words: another one where any of them is another.
    pub digest: String,
    /// The line of the page.
    pub line: u32,
}

/// A parameter of the request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The parameter's name.
    pub name: String,
    /// Its type, in the page's word.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// Whether the page says that it may be left out.
    #[serde(default)]
    pub optional: bool,
    /// The number that is taken where it is left out.
    pub default: Option<u64>,
    /// The least value.
    pub minimum: Option<u64>,
    /// The greatest value.
    pub maximum: Option<u64>,
    /// How many digits it has.
    pub digits: Option<u32>,
    /// The line of the page.
    pub line: u32,
}

/// An example of how a signature is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignatureExample {
    /// What goes into it, in the page's order.
    pub inputs: Vec<SignatureInput>,
    /// What the inputs make when they are put together, as the page prints it.
    pub combined: Option<Sourced>,
    /// The signature that the page prints.
    pub result: Option<Sourced>,
}

/// An input of a signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureInput {
    /// The input's name.
    pub name: String,
    /// Its value in the example.
    pub value: String,
    /// The line of the page.
    pub line: u32,
}

impl SignatureExample {
    /// The inputs' values in their order, with nothing in between.
    #[must_use]
    pub fn combination(&self) -> String {
        self.inputs.iter().map(|it| it.value.as_str()).collect()
    }

    /// Whether the page's own combination is that of its inputs; none where it prints none.
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
    /// The member's name.
    pub name: String,
    /// Another name that the text may be read as, where nothing keeps names and descriptions apart.
    pub other_reading: Option<String>,
    /// The greatest length, where the page gives one.
    pub max_length: Option<u32>,
    /// Whether the page calls it deprecated.
    pub deprecated: bool,
    /// The value that the page says it always has.
    pub constant: Option<String>,
    /// The names of its own members, where it is an object.
    pub members: Vec<Member>,
    /// The line of the page.
    pub line: u32,
}

/// A member of an object in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The member's name.
    pub name: String,
    /// The line of the page.
    pub line: u32,
}

/// A row of the table of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseCode {
    /// The code; for a row without one the code of the row above.
    pub code: String,
    /// Whether such an answer is paid for.
    pub charge: Option<PrintedCharge>,
    /// The message, as it goes over the wire.
    pub message: String,
    /// The line of the page.
    pub line: u32,
}

/// Whether an answer is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrintedCharge {
    /// Not paid for.
    Free,
    /// Paid for.
    Pay,
}

/// A response example. Several may stand under one heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "WrittenExample")]
pub struct ResponseExample {
    /// The heading over it; empty where there is none.
    pub heading: String,
    /// The body.
    #[serde(flatten)]
    pub body: PrintedBody,
}

/// A row of a table that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// The section that the row stands in.
    pub section: Section,
    /// The line of the page.
    pub line: u32,
}

impl PrintedCharge {
    /// The page's word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pay => "pay",
        }
    }
}

/// An example as the file of facts holds it.
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
    /// The distinct paths of the addresses, in the page's order: which operation the page is about.
    #[must_use]
    pub fn paths(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let paths = self.addresses.iter().map(|it| path(&it.url));
        paths.filter(|path| seen.insert(*path)).collect()
    }

    /// The expected sections that no fact was found in, absent or empty: what a page that was
    /// cut off lacks.
    #[must_use]
    pub fn missing_sections(&self) -> Vec<Section> {
        let missing = |section: &Section| self.expects(*section) && !self.has(*section);
        Section::ALL.into_iter().filter(missing).collect()
    }

    /// Whether any fact was found in a section.
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

    /// Whether a page has to have a section: that of headers only where the curl sends one that
    /// says more than what the bodies are. Without a curl nothing tells, so it is expected.
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

/// An address without its scheme and host, query and fragment.
fn path(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    let path = after.find('/').and_then(|at| after.get(at..));
    let path = path.unwrap_or("/");
    path.split(['?', '#']).next().unwrap_or(path)
}
