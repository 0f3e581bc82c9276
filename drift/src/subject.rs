//! What a finding is about.

use serde_json::Value as Json;

/// The thing that a finding is about. Findings about the same thing are reported as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A statement of the page that no contract can express. An erratum settles it.
    Page,
    /// The contract itself, or an unreadable part of the page. A person has to look at it.
    Look,
    /// A missing part of the page. Whatever the page lacks may only be cut off.
    Cut,
    /// An operation that the contract does not have.
    Operation,
    Title,
    /// The method that the page states.
    Method(String),
    /// The path that the page states.
    Path(String),
    /// A server, by its host.
    Server(String),
    /// A header of the request.
    Header(String),
    RequestExample,
    /// A member of the request's body.
    Parameter(String),
    /// The rules of such a member.
    ParameterRules(String),
    Signature,
    /// A note of the page, by its place among them.
    Note(usize),
    /// A member of the answer.
    Field(String),
    /// The rules of such a member.
    FieldRules(String),
    /// A member of a member.
    Member(String, String),
    Code(String),
    /// A code with a message, in the table or in an example.
    Answer {
        code: String,
        message: String,
    },
    /// An example that is not valid JSON, by the code in its heading.
    Broken(String),
    /// What the answers of an outcome cost, by the page.
    Charge(String, String),
    /// An erratum that no longer applies.
    Erratum(Json),
}

impl Subject {
    /// Whether it is a part of the other. The contract may state what the page does not state about a part.
    pub(crate) fn comes_with(&self, other: &Self) -> bool {
        match (self, other) {
            // Everything about a new operation is a part of it.
            (_, Self::Operation) => true,
            (Self::ParameterRules(name), Self::Parameter(of)) => name == of,
            (Self::Answer { .. }, Self::Answer { .. }) => self == other,
            _ => false,
        }
    }

    pub(crate) fn answer(code: &str, message: &str) -> Self {
        Self::Answer {
            code: code.to_owned(),
            message: message.to_owned(),
        }
    }
}
