//! The sections that a page of the vendor has.

use std::fmt;

/// A section that every page of the vendor is expected to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The curl.
    RequestExample,
    /// The addresses.
    RequestUrl,
    /// The headers.
    RequestHeaderParameters,
    /// The members of the request's body.
    RequestParameters,
    /// The members of an answer.
    ResponseDescription,
    /// The table of codes.
    ResponseCode,
    /// The example bodies.
    ResponseExamples,
}

impl Section {
    /// All of them, in the page's order.
    pub const ALL: [Self; 7] = [
        Self::RequestExample,
        Self::RequestUrl,
        Self::RequestHeaderParameters,
        Self::RequestParameters,
        Self::ResponseDescription,
        Self::ResponseCode,
        Self::ResponseExamples,
    ];

    /// The heading that the vendor prints over it.
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
