//! What a finding is about.

use serde_json::Value as Json;

/// The thing that a finding is about. Findings about one thing are told as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// What the page says and no contract can hold; an erratum settles it.
    Page,
    /// The contract itself, or a page that cannot be read: something to look at.
    Look,
    /// A part of the page that is missing: nothing that the page lacks can be believed.
    Cut,
    /// An operation that the contract lacks.
    Operation,
    Title,
    /// The method, as the page says it.
    Method(String),
    /// The path, as the page says it.
    Path(String),
    /// A server, by its host.
    Server(String),
    /// A header of the request.
    Header(String),
    RequestExample,
    /// A member of the request's body.
    Parameter(String),
    /// What is stated of such a member.
    ParameterRules(String),
    Signature,
    /// A note of the page, by its place among them.
    Note(usize),
    /// A member of the answer.
    Field(String),
    /// What is stated of such a member.
    FieldRules(String),
    /// A member of a member.
    Member(String, String),
    Code(String),
    /// A code with a message, in the table or in an example.
    Answer {
        code: String,
        message: String,
    },
    /// An example that is no JSON, by the code of its heading.
    Broken(String),
    /// What the answers of an outcome cost, as the page says it.
    Charge(String, String),
    /// An entry of the errata that settles nothing.
    Erratum(Json),
}

impl Subject {
    /// Whether it is a part of the other, which comes with it: what the page does not say of such a part,
    /// the contract may say.
    pub(super) fn comes_with(&self, other: &Self) -> bool {
        match (self, other) {
            // All that is said of a new operation comes with it.
            (_, Self::Operation) => true,
            (Self::ParameterRules(name), Self::Parameter(of)) => name == of,
            (Self::Answer { .. }, Self::Answer { .. }) => self == other,
            _ => false,
        }
    }

    pub(super) fn answer(code: &str, message: &str) -> Self {
        Self::Answer {
            code: code.to_owned(),
            message: message.to_owned(),
        }
    }
}
