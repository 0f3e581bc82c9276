//! The claims of outcomes: the codes, messages and statuses that identify their answers.

use std::fmt;

use face_search_enroll_contract::{fold, yaml::Node};

use crate::{change::Subject, located::LocatedNode};

/// A claim of an outcome. Messages are folded, because they are compared in this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Claim {
    /// A code with any message.
    Code(String),
    /// A code with exactly this message.
    Message { code: String, text: String },
    /// A code with a message that contains this text.
    Containing { code: String, text: String },
    /// A status of an answer without an envelope.
    Status(u64),
}

/// A text that is unique for each claim.
impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => f.write_str(code),
            Self::Message { code, text } => write!(f, "{code}: {text}"),
            Self::Containing { code, text } => write!(f, "{code}: …{text}…"),
            Self::Status(status) => write!(f, "{status}"),
        }
    }
}

impl Claim {
    /// The claim of an item of `codes`, `messages` or `statuses`.
    pub(crate) fn of(item: &Node) -> Option<Self> {
        if let Some(status) = item.as_u64() {
            return Some(Self::Status(status));
        }
        if let Some(code) = item.as_str() {
            return Some(Self::Code(code.to_owned()));
        }
        let text = |key| item.get(key).and_then(Node::as_str);
        let code = text("code")?.to_owned();
        Some(match (text("message"), text("contains")) {
            (Some(message), _) => Self::Message {
                code,
                text: fold(message),
            },
            (None, Some(part)) => Self::Containing {
                code,
                text: fold(part),
            },
            (None, None) => Self::Code(code),
        })
    }

    /// The claim of a response example: the code and message of its body.
    pub(crate) fn of_example(example: &Node) -> Option<Self> {
        let text = |key| example.at_path(&["value", key]).and_then(Node::as_str);
        Some(Self::Message {
            code: text("code")?.to_owned(),
            text: fold(text("message")?),
        })
    }

    pub(crate) fn subject(&self) -> Subject {
        match self {
            Self::Code(code) => Subject::new("code {0}", [code]),
            Self::Message { code, text } => {
                Subject::new("code {0} with the message {1}", [code, text])
            }
            Self::Containing { code, text } => {
                Subject::new("code {0} with a message that contains {1}", [code, text])
            }
            Self::Status(status) => Subject::new("status {0}", [status.to_string()]),
        }
    }
}

/// A claim with its outcome and its position.
#[derive(Debug, Clone)]
pub(crate) struct Claimed<'n> {
    pub(crate) claim: Claim,
    pub(crate) outcome: String,
    pub(crate) located: LocatedNode<'n>,
}

impl<'n> Claimed<'n> {
    /// `None` if the item does not have the form of a claim.
    fn new(claim: Option<Claim>, outcome: &str, located: LocatedNode<'n>) -> Option<Self> {
        Some(Self {
            claim: claim?,
            outcome: outcome.to_owned(),
            located,
        })
    }

    /// The claims of an entry in a list of outcomes.
    pub(crate) fn of_outcome(outcome: &LocatedNode<'n>) -> Vec<Self> {
        let lists = ["messages", "codes", "statuses"];
        let items = lists.into_iter().filter_map(|key| outcome.get(key));
        let items = items.flat_map(|list| list.children());
        let claims = items.filter_map(|item| Self::new(Claim::of(item.node), &outcome.name, item));
        claims.collect()
    }

    /// The claims of the response examples of an operation.
    pub(crate) fn of_examples(operation: &LocatedNode<'n>) -> Vec<Self> {
        let children =
            |node: Option<LocatedNode<'n>>| node.map_or_else(Vec::new, |node| node.children());
        let responses = children(operation.get("responses")).into_iter();
        let media = responses.flat_map(|response| children(response.get("content")));
        let examples = media.flat_map(|media| children(media.get("examples")));
        let claims = examples.filter_map(|example| {
            let outcome = example.node.get("x-outcome")?.as_str()?;
            Self::new(Claim::of_example(example.node), outcome, example)
        });
        claims.collect()
    }
}
