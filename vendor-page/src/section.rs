//! The sections of a page of the vendor.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A section that every page of the vendor should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Section {
    /// The curl command.
    RequestExample,
    /// The addresses.
    RequestUrl,
    /// The headers.
    RequestHeaderParameters,
    /// The members of the body of the request.
    RequestParameters,
    /// The members of an answer.
    ResponseDescription,
    /// The table of codes.
    ResponseCode,
    /// The example bodies.
    ResponseExamples,
}

impl Section {
    /// All sections in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::RequestExample,
        Self::RequestUrl,
        Self::RequestHeaderParameters,
        Self::RequestParameters,
        Self::ResponseDescription,
        Self::ResponseCode,
        Self::ResponseExamples,
    ];

    /// The heading of the section on the page.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::RequestExample => "Request Example",
            Self::RequestUrl => "Request Url",
            Self::RequestHeaderParameters => "Request Header Parameters",
            Self::RequestParameters => "Request Parameters",
            Self::ResponseDescription => "Response Description",
            Self::ResponseCode => "Response Code",
            Self::ResponseExamples => "Response Examples",
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.heading())
    }
}

impl From<Section> for &'static str {
    fn from(section: Section) -> Self {
        section.heading()
    }
}

impl TryFrom<String> for Section {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let section = Self::ALL.into_iter().find(|it| it.heading() == text);
        section.ok_or_else(|| format!("unknown section `{text}`"))
    }
}
