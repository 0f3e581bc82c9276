//! What the vendor's page states, as types. A fact carries the line of the page that it came
//! from, counted from 1 in the rendering that was read.
//!
//! Facts only: names, addresses, codes, wire messages and bodies. The page's prose is left out.

use std::fmt;

use serde_json::Value;

use crate::section::Section;

/// The facts of one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VendorPage {
    /// The page's title.
    pub title: Option<Sourced<String>>,
    /// The curl that shows a request.
    pub request_example: Option<RequestExample>,
    /// Every address that the endpoint is served at, in the page's order.
    pub addresses: Vec<Address>,
    /// The headers that a request carries.
    pub header_parameters: Vec<Parameter>,
    /// The members of the request's body.
    pub request_parameters: Vec<Parameter>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// The line of the page.
    pub line: u32,
}

/// The curl that shows a request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RequestExample {
    /// The line that `curl` stands in.
    pub line: u32,
    /// The method, where the curl names one.
    pub method: Option<Sourced<String>>,
    /// The address.
    pub address: Option<Sourced<String>>,
    /// The headers, in their order.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Option<Body>,
    /// Why it does not run as printed.
    pub slips: Vec<Slip>,
}

/// A header of the request example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The header's name.
    pub name: String,
    /// Its value; for a token the page's placeholder.
    pub value: String,
    /// The line of the page.
    pub line: u32,
}

/// A slip that keeps the curl from running as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What is wrong.
    pub kind: SlipKind,
    /// The line of the page.
    pub line: u32,
}

/// The slips that a curl may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipKind {
    /// No space stands between the address and the backslash that continues the line. A space
    /// after that backslash belongs to this slip: whether a saved page keeps it is chance.
    AddressRunsIntoBackslash,
    /// A space follows the backslash, so the shell ends the command there. Noted only where
    /// other lines show that the rendering did not add such spaces by itself.
    SpaceAfterBackslash,
    /// The command goes on in the next line and no backslash says so.
    LineNotContinued,
}

/// An address with what the page says to send there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

/// A parameter of the request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameter {
    /// The parameter's name.
    pub name: String,
    /// Its type, in the page's word.
    pub type_name: Option<String>,
    /// The line of the page.
    pub line: u32,
}

/// A member of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseField {
    /// The member's name.
    pub name: String,
    /// The greatest length, where the page gives one.
    pub max_length: Option<u32>,
    /// Whether the page calls it deprecated.
    pub deprecated: bool,
    /// The value that the page says it always has.
    pub constant: Option<String>,
    /// The names of its own members, where it is an object.
    pub members: Vec<Sourced<String>>,
    /// The line of the page.
    pub line: u32,
}

/// A row of the table of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseCode {
    /// The code; for a row without one the code of the row above.
    pub code: String,
    /// Whether such an answer is paid for.
    pub charge: Option<Charge>,
    /// The message, as it goes over the wire.
    pub message: String,
    /// The line of the page.
    pub line: u32,
}

/// Whether an answer is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Not paid for.
    Free,
    /// Paid for.
    Pay,
}

/// A response example. Several may stand under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseExample {
    /// The heading over it; empty where there is none.
    pub heading: String,
    /// The body.
    pub body: Body,
}

/// A JSON body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The line that it begins in.
    pub line: u32,
    /// The body, its keys in the page's order, or why it cannot be read.
    pub json: Result<Value, Broken>,
}

/// Why a body cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Broken {
    /// The reason.
    pub reason: String,
    /// The line where reading stopped.
    pub line: u32,
}

/// A row of a table that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The section that the row stands in.
    pub section: Section,
    /// The line of the page.
    pub line: u32,
}

impl Charge {
    /// The page's word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pay => "pay",
        }
    }
}

impl fmt::Display for Charge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl SlipKind {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::AddressRunsIntoBackslash,
        Self::SpaceAfterBackslash,
        Self::LineNotContinued,
    ];

    /// Its name in files and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AddressRunsIntoBackslash => "address-runs-into-backslash",
            Self::SpaceAfterBackslash => "space-after-backslash",
            Self::LineNotContinued => "line-not-continued",
        }
    }
}

impl fmt::Display for SlipKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl VendorPage {
    /// The expected sections that no fact was found in, absent or empty: what a page that was
    /// cut off lacks.
    #[must_use]
    pub fn missing_sections(&self) -> Vec<Section> {
        let missing = |section: &Section| match section {
            Section::RequestExample => self.request_example.is_none(),
            Section::RequestUrl => self.addresses.is_empty(),
            Section::RequestHeaderParameters => self.header_parameters.is_empty(),
            Section::RequestParameters => self.request_parameters.is_empty(),
            Section::ResponseDescription => self.response_fields.is_empty(),
            Section::ResponseCode => self.response_codes.is_empty(),
            Section::ResponseExamples => self.response_examples.is_empty(),
        };
        Section::ALL.into_iter().filter(missing).collect()
    }
}
