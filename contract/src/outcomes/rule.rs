//! The codes, messages and statuses by which an outcome is told.

use super::message::{Match, fold};
use crate::{mapping::Mapping, position::Located, reader::Reader, sources::Sources, yaml::Node};

/// A code, perhaps with a message, that means an outcome.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The code on the wire.
    pub code: Located<String>,
    /// Which messages it takes.
    pub message: Match,
    /// Where it comes from, if not from where its outcome does.
    pub source: Option<Located<String>>,
}

impl Rule {
    pub(crate) fn is_for_code_alone(&self, code: &str) -> bool {
        self.message == Match::Any && *self.code == code
    }

    /// What it takes, as problems say it: two rules that take the same say the same.
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

/// A code by itself: its text, or a mapping where it has a source of its own.
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
        "a message that says neither or both of message and contains",
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
        "a status that is no HTTP status of failure",
        "write 300 to 599",
    );
    status.map(|status| Located::new(status, node.at))
}
