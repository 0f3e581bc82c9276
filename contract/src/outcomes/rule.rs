//! The codes, messages and statuses that identify an outcome.

use super::message::{Match, fold};
use crate::{mapping::Mapping, position::Located, reader::Reader, sources::Sources, yaml::Node};

/// A code, optionally with a message, that means an outcome.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The code as it is sent.
    pub code: Located<String>,
    /// The messages that the rule matches.
    pub message: Match,
    /// The source of the rule, if it is not the source of its outcome.
    pub source: Option<Located<String>>,
}

impl Rule {
    pub(crate) fn is_for_code_alone(&self, code: &str) -> bool {
        self.message == Match::Any && *self.code == code
    }

    /// What the rule matches, for problems. Two rules that match the same answers have the same
    /// description.
    pub(super) fn describe(&self) -> String {
        let code = &self.code;
        match &self.message {
            Match::Exactly(text) => format!("code {code} with the message {:?}", fold(text)),
            Match::Containing(text) => {
                format!("code {code} with a message that contains {:?}", fold(text))
            }
            Match::Any => format!("code {code}"),
        }
    }
}

/// Reads `messages`, `codes` and `statuses`.
pub(super) fn read_all(
    reader: &mut Reader,
    outcome: &mut Mapping<'_>,
    sources: &Sources,
) -> (Vec<Rule>, Vec<Located<u16>>) {
    let codes = outcome.items("codes");
    let messages = outcome.items("messages");
    let statuses = outcome.items("statuses");
    let mut rules = Vec::new();
    for node in messages {
        rules.extend(read_message(reader, node, sources));
    }
    for node in codes {
        rules.extend(read_code(reader, node, sources));
    }
    let statuses = statuses.iter();
    let statuses = statuses.filter_map(|node| read_status(reader, node));
    (rules, statuses.collect())
}

/// A code without a message: a string, or a mapping if the code has its own source.
fn read_code(reader: &mut Reader, node: &Node, sources: &Sources) -> Option<Rule> {
    let (code, source) = if node.entries().is_empty() {
        (reader.text(node, "code"), None)
    } else {
        let mut mapping = Mapping::of(reader, node, "a code");
        let code = mapping.required_text(reader, "code");
        let source = sources.read_optional(reader, &mut mapping);
        mapping.finish(reader);
        (code, source)
    };
    Some(Rule {
        code: code?,
        message: Match::Any,
        source,
    })
}

fn read_message(reader: &mut Reader, node: &Node, sources: &Sources) -> Option<Rule> {
    let mut mapping = Mapping::of(reader, node, "a message");
    let code = mapping.required_text(reader, "code");
    let exactly = mapping.optional_text(reader, "message");
    let containing = mapping.optional_text(reader, "contains");
    let source = sources.read_optional(reader, &mut mapping);
    mapping.finish(reader);
    let message = match (exactly, containing) {
        (Some(text), None) => Some(Match::Exactly(text.value)),
        (None, Some(text)) => Some(Match::Containing(text.value)),
        _ => None,
    };
    let message = reader.require(
        message,
        node.at,
        "a message has neither or both of message and contains",
        "write { code: CODE, message: TEXT } or { code: CODE, contains: TEXT }",
    )?;
    Some(Rule {
        code: code?,
        message,
        source,
    })
}

fn read_status(reader: &mut Reader, node: &Node) -> Option<Located<u16>> {
    let status = node.as_u64().and_then(|status| u16::try_from(status).ok());
    let status = reader.require(
        status.filter(|status| (300..600).contains(status)),
        node.at,
        "the status is not an HTTP status of failure",
        "write a number from 300 to 599",
    );
    status.map(|status| Located::new(status, node.at))
}
