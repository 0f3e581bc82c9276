//! What answers mean in a contract: the codes, messages and statuses that its outcomes claim,
//! wherever they stand. A claim that stands somewhere else and means the same changes nothing.
//!
//! It reads the tree and not the typed contract: a release must stay readable when the reader of
//! contracts has become stricter.

use std::fmt;

use face_search_enroll_contract::{fold, yaml::Node};

use super::{change::Subject, pattern::is_method, spot::Spot};

/// What an outcome claims. Messages are folded, since they are compared so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Claim {
    /// A code, whatever the message.
    Code(String),
    /// A code with exactly this message.
    Message { code: String, text: String },
    /// A code with a message that contains this text.
    Containing { code: String, text: String },
    /// A status where the body is no envelope.
    Status(u64),
}

/// Names a claim apart from every other.
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
    pub(super) fn of(item: &Node) -> Option<Self> {
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

    /// The claim of a response example: the pair of its body.
    pub(super) fn of_example(example: &Node) -> Option<Self> {
        let text = |key| example.at_path(&["value", key]).and_then(Node::as_str);
        Some(Self::Message {
            code: text("code")?.to_owned(),
            text: fold(text("message")?),
        })
    }

    pub(super) fn subject(&self) -> Subject {
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

/// A claim, whose it is, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Claimed<'n> {
    pub(super) claim: Claim,
    pub(super) outcome: String,
    pub(super) spot: Spot<'n>,
}

/// All claims of a contract.
#[derive(Debug)]
pub(super) struct Meanings<'n> {
    /// In the order in which the client asks them: outcome by outcome, those of the operation
    /// first.
    claims: Vec<Claimed<'n>>,
    /// The outcomes, where they are defined and not only added to.
    definitions: Vec<Spot<'n>>,
    /// The outcome of answers that nothing else matches.
    pub(super) default: Option<Spot<'n>>,
}

impl<'n> Meanings<'n> {
    pub(super) fn of(root: &Spot<'n>) -> Self {
        let operation = root.get("paths").and_then(|paths| {
            let items = paths.children();
            let mut operations = items.iter().flat_map(Spot::children);
            operations.find(|operation| is_method(&operation.name))
        });
        let list = |list: Option<Spot<'n>>| list.map_or_else(Vec::new, |list| list.children());
        let own = operation
            .as_ref()
            .and_then(|operation| operation.get("x-outcomes"));
        let (own, platform) = (list(own), list(root.get("x-platform-outcomes")));
        let examples = operation.as_ref().map_or_else(Vec::new, examples);

        let adds = |entry: &&Spot<'n>| own.iter().any(|outcome| outcome.name == entry.name);
        let (additions, others): (Vec<_>, Vec<_>) = platform.iter().partition(adds);
        let mut claims = Vec::new();
        for outcome in own.iter().chain(others.iter().copied()) {
            claims.extend(claims_of(outcome));
            let named = |example: &&Claimed<'_>| example.outcome == outcome.name;
            claims.extend(examples.iter().filter(named).cloned());
            let more = additions.iter().filter(|more| more.name == outcome.name);
            claims.extend(more.flat_map(|more| claims_of(more)));
        }
        let definitions: Vec<Spot<'n>> = own.iter().chain(others).cloned().collect();
        let default = |outcome: &&Spot<'n>| is_default(outcome.node);
        Self {
            claims,
            default: definitions.iter().find(default).cloned(),
            definitions,
        }
    }

    /// The claim as it stands in this contract.
    pub(super) fn find(&self, claim: &Claim) -> Option<&Claimed<'n>> {
        self.claims.iter().find(|claimed| claimed.claim == *claim)
    }

    /// The claim that stands at this pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<&Claimed<'n>> {
        let mut claims = self.claims.iter();
        claims.find(|claimed| claimed.spot.pointer == pointer)
    }

    /// Where the outcome is defined.
    pub(super) fn definition(&self, outcome: &str) -> Option<&Spot<'n>> {
        let mut definitions = self.definitions.iter();
        definitions.find(|definition| definition.name == outcome)
    }

    /// What an answer means that fits `claim`, by the message alone: exactly, or by the first text
    /// that it contains.
    pub(super) fn by_message(&self, claim: &Claim) -> Option<&str> {
        let found = match claim {
            Claim::Code(_) | Claim::Status(_) => self.find(claim),
            Claim::Message { code, text } => self.find(claim).or_else(|| self.searched(code, text)),
            Claim::Containing { code, text } => self.searched(code, text),
        };
        found.map(|claimed| claimed.outcome.as_str())
    }

    fn searched(&self, code: &str, text: &str) -> Option<&Claimed<'n>> {
        let found = |claimed: &&Claimed<'_>| {
            matches!(&claimed.claim, Claim::Containing { code: other, text: part }
                if code == other && text.contains(part))
        };
        self.claims.iter().find(found)
    }

    /// What an answer means that fits `claim`, in the client's order: by its message, by its code,
    /// or by default. A status without an outcome means nothing.
    pub(super) fn read(&self, claim: &Claim) -> Option<&str> {
        let by_code = || match claim {
            Claim::Message { code, .. } | Claim::Containing { code, .. } => {
                let found = self.find(&Claim::Code(code.clone()));
                found.map(|claimed| claimed.outcome.as_str())
            }
            Claim::Code(_) | Claim::Status(_) => None,
        };
        let default = || match claim {
            Claim::Status(_) => None,
            _ => self.default.as_ref().map(|outcome| outcome.name.as_str()),
        };
        self.by_message(claim).or_else(by_code).or_else(default)
    }

    /// The texts that messages are searched for, in the order of the search.
    pub(super) fn searches(&self) -> Vec<&Claimed<'n>> {
        let containing = |claimed: &&Claimed<'_>| matches!(claimed.claim, Claim::Containing { .. });
        self.claims.iter().filter(containing).collect()
    }
}

pub(super) fn is_default(outcome: &Node) -> bool {
    outcome.get("default").and_then(Node::as_bool) == Some(true)
}

/// The claims that an entry of a list of outcomes makes.
pub(super) fn claims_of<'n>(outcome: &Spot<'n>) -> Vec<Claimed<'n>> {
    let lists = ["messages", "codes", "statuses"];
    let items = lists.into_iter().filter_map(|key| outcome.get(key));
    let items = items.flat_map(|list| list.children());
    let claims = items.filter_map(|spot| {
        Some(Claimed {
            claim: Claim::of(spot.node)?,
            outcome: outcome.name.clone(),
            spot,
        })
    });
    claims.collect()
}

fn examples<'n>(operation: &Spot<'n>) -> Vec<Claimed<'n>> {
    let responses = operation.get("responses");
    let responses = responses.map_or_else(Vec::new, |responses| responses.children());
    let contents = responses
        .iter()
        .filter_map(|response| response.get("content"));
    let media = contents.flat_map(|content| content.children());
    let examples = media.filter_map(|media| media.get("examples"));
    let examples = examples.flat_map(|examples| examples.children());
    let claims = examples.filter_map(|spot| {
        Some(Claimed {
            claim: Claim::of_example(spot.node)?,
            outcome: spot.node.get("x-outcome")?.as_str()?.to_owned(),
            spot,
        })
    });
    claims.collect()
}
