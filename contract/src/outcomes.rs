//! The outcomes: what answers mean, and by which codes, messages and statuses they are told.

use crate::{
    examples::Example,
    names,
    problem::Position,
    reader::{Fields, Located, Reader},
    sources::Sources,
    yaml::Node,
};

/// What an answer means.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The name, which is the Rust variant too: `AlreadyEnrolled`.
    pub name: Located<String>,
    /// What happened, in a sentence.
    pub summary: String,
    /// What the caller does about it, in a sentence.
    pub action: String,
    /// Whether the face is in the face set after this answer.
    pub enrolled: Enrolled,
    /// Whether the same call may be sent again.
    pub retry: Retry,
    /// Whom the answer is about.
    pub scope: Scope,
    /// What the page's table says the call costs.
    pub charge: Option<Charge>,
    /// Whether it is an outcome of this operation or of the platform.
    pub origin: Origin,
    /// Whether it is the outcome of answers that nothing else matches.
    pub default: bool,
    /// Where it comes from, if not from the page.
    pub source: Option<Located<String>>,
    /// The codes and messages that mean it: those of the operation first, then those of the
    /// platform.
    pub rules: Vec<Rule>,
    /// The HTTP statuses that mean it where no envelope can be read.
    pub statuses: Vec<Located<u16>>,
}

/// Whether the face is in the face set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enrolled {
    /// It is.
    Yes,
    /// It is not, by this call.
    No,
    /// It may be or not.
    Unknown,
}

/// Whether and how the same call may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// The answer would be the same.
    Never,
    /// After a growing delay.
    Backoff,
    /// After the delay that the server names, and all calls slow down.
    Throttled,
    /// Once, with a new token.
    RefreshToken,
}

/// Whom an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This call.
    Call,
    /// Every call of the account, until somebody changes the account or its token.
    Account,
}

/// What a call costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Nothing.
    Free,
    /// It is charged.
    Pay,
}

/// Whose outcome it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The operation's own.
    Operation,
    /// One that any endpoint of the platform may answer with.
    Platform,
}

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

/// Which messages a rule takes. Texts are as written; they are compared [folded](fold).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Exactly this one.
    Exactly(String),
    /// Those that contain this text.
    Containing(String),
    /// Any.
    Any,
}

impl Rule {
    pub(crate) fn is_for_code_alone(&self, code: &str) -> bool {
        self.message == Match::Any && self.code.value == code
    }
}

/// Punctuation that does not count at the end of a message.
pub const FINAL_PUNCTUATION: &[char] = &['.', '!', '?', ',', ';', ':', '…'];

/// The form in which messages are compared: without outer space, final punctuation and case.
#[must_use]
pub fn fold(message: &str) -> String {
    message
        .trim()
        .trim_end_matches(FINAL_PUNCTUATION)
        .trim_end()
        // Character by character, as the client compares: a final sigma is no special case.
        .chars()
        .flat_map(char::to_lowercase)
        .collect()
}

const ENROLLED: [(&str, Enrolled); 3] = [
    ("yes", Enrolled::Yes),
    ("no", Enrolled::No),
    ("unknown", Enrolled::Unknown),
];

const RETRY: [(&str, Retry); 4] = [
    ("never", Retry::Never),
    ("backoff", Retry::Backoff),
    ("throttled", Retry::Throttled),
    ("refresh-token", Retry::RefreshToken),
];

const SCOPE: [(&str, Scope); 1] = [("account", Scope::Account)];

const CHARGE: [(&str, Charge); 2] = [("free", Charge::Free), ("pay", Charge::Pay)];

/// Reads the outcomes of the operation and those of the platform; examples add their pairs.
pub(crate) fn read(
    reader: &mut Reader,
    root: &Node,
    operation: &Node,
    examples: &[Example],
    sources: &Sources,
) -> Vec<Outcome> {
    let own = operation.get("x-outcomes").map_or(&[][..], Node::entries);
    if own.is_empty() {
        reader.problem(
            operation.at,
            "operation without x-outcomes",
            "write x-outcomes: NAME: …",
        );
    }
    let mut outcomes = Vec::new();
    for (name, node) in own {
        outcomes.push(read_outcome(
            reader,
            name.located(),
            node,
            Origin::Operation,
            sources,
        ));
    }
    add_examples(reader, &mut outcomes, own, examples);
    for (name, node) in root
        .get("x-platform-outcomes")
        .map_or(&[][..], Node::entries)
    {
        if own.iter().any(|(own, _)| own.text == name.text) {
            add_to(reader, &mut outcomes, &name.text, node, sources);
        } else {
            outcomes.push(read_outcome(
                reader,
                name.located(),
                node,
                Origin::Platform,
                sources,
            ));
        }
    }
    check_default(reader, root, &outcomes);
    check_reached(reader, &outcomes);
    check_unambiguous(reader, &outcomes);
    let names: Vec<_> = outcomes
        .iter()
        .map(|outcome| (outcome.name.clone(), outcome.name.value.clone()))
        .collect();
    names::check_variants(reader, "outcome", &names);
    outcomes
}

fn read_outcome(
    reader: &mut Reader,
    name: Located<String>,
    node: &Node,
    origin: Origin,
    sources: &Sources,
) -> Outcome {
    let mut fields = Fields::of(reader, node, "an outcome");
    let summary = fields.required_text(reader, "summary");
    let action = fields.required_text(reader, "action");
    let enrolled = fields
        .required(reader, "enrolled")
        .and_then(|node| reader.word(node, "enrolled", &ENROLLED));
    let retry = fields
        .required(reader, "retry")
        .and_then(|node| reader.word(node, "retry", &RETRY));
    let scope = fields
        .optional("scope")
        .and_then(|node| reader.word(node, "scope", &SCOPE));
    let charge = fields
        .optional("charge")
        .and_then(|node| reader.word(node, "charge", &CHARGE));
    let default = fields.optional("default").and_then(Node::as_bool);
    let (rules, statuses) = read_rules(reader, &mut fields, sources);
    let source = read_source(reader, &mut fields, &name, origin, sources);
    fields.finish(reader);
    // What stands in for a value that cannot be read is never seen: its problem refuses the
    // contract. The rest of the outcome is kept, so that nothing else is blamed for missing it.
    Outcome {
        name,
        summary: summary.map(|summary| summary.value).unwrap_or_default(),
        action: action.map(|action| action.value).unwrap_or_default(),
        enrolled: enrolled.unwrap_or(Enrolled::Unknown),
        retry: retry.unwrap_or(Retry::Never),
        scope: scope.unwrap_or(Scope::Call),
        charge,
        origin,
        default: default.unwrap_or(false),
        source,
        rules,
        statuses,
    }
}

/// The source, without which an outcome of the platform would pass for a fact of the page.
fn read_source(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    name: &Located<String>,
    origin: Origin,
    sources: &Sources,
) -> Option<Located<String>> {
    let source = sources.read_optional(reader, fields);
    if source.is_none() && origin == Origin::Platform {
        reader.problem(
            name.at,
            format!("platform outcome {name} without a source"),
            "write source: with a name from info.x-sources",
        );
    }
    source
}

fn read_rules(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    sources: &Sources,
) -> (Vec<Rule>, Vec<Located<u16>>) {
    let codes = fields.optional("codes").map_or(&[][..], Node::items);
    let messages = fields.optional("messages").map_or(&[][..], Node::items);
    let statuses = fields.optional("statuses").map_or(&[][..], Node::items);
    let mut rules = Vec::new();
    for node in messages {
        rules.extend(read_message(reader, node, sources));
    }
    for node in codes {
        rules.extend(read_code(reader, node, sources));
    }
    let statuses = statuses
        .iter()
        .filter_map(|node| read_status(reader, node))
        .collect();
    (rules, statuses)
}

/// A code by itself: its text, or a mapping where it has a source of its own.
fn read_code(reader: &mut Reader, node: &Node, sources: &Sources) -> Option<Rule> {
    let (code, source) = if node.entries().is_empty() {
        (reader.text(node, "code"), None)
    } else {
        let mut fields = Fields::of(reader, node, "a code");
        let code = fields.required_text(reader, "code");
        let source = sources.read_optional(reader, &mut fields);
        fields.finish(reader);
        (code, source)
    };
    Some(Rule {
        code: code?,
        message: Match::Any,
        source,
    })
}

fn read_message(reader: &mut Reader, node: &Node, sources: &Sources) -> Option<Rule> {
    let mut fields = Fields::of(reader, node, "a message");
    let code = fields.required_text(reader, "code");
    let exactly = fields.optional_text(reader, "message");
    let containing = fields.optional_text(reader, "contains");
    let source = sources.read_optional(reader, &mut fields);
    fields.finish(reader);
    let message = match (exactly, containing) {
        (Some(text), None) => Match::Exactly(text.value),
        (None, Some(text)) => Match::Containing(text.value),
        _ => {
            reader.problem(
                node.at,
                "a message that says neither or both of message and contains",
                "write { code: CODE, message: TEXT } or { code: CODE, contains: TEXT }",
            );
            return None;
        }
    };
    Some(Rule {
        code: code?,
        message,
        source,
    })
}

fn read_status(reader: &mut Reader, node: &Node) -> Option<Located<u16>> {
    let status = node
        .as_u64()
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| (300..600).contains(status));
    if status.is_none() {
        reader.problem(
            node.at,
            "a status that is no HTTP status of failure",
            "write 300 to 599",
        );
    }
    status.map(|status| Located::new(status, node.at))
}

/// What the platform adds to an outcome of the operation.
fn add_to(
    reader: &mut Reader,
    outcomes: &mut [Outcome],
    name: &str,
    node: &Node,
    sources: &Sources,
) {
    let mut fields = Fields::of(reader, node, "what the platform adds to an outcome");
    let (mut rules, statuses) = read_rules(reader, &mut fields, sources);
    let name = Located::new(name.to_owned(), node.at);
    let source = read_source(reader, &mut fields, &name, Origin::Platform, sources);
    fields.finish(reader);
    for rule in &mut rules {
        rule.source = rule.source.take().or_else(|| source.clone());
    }
    let mut outcomes = outcomes.iter_mut();
    if let Some(outcome) = outcomes.find(|outcome| outcome.name.value == name.value) {
        outcome.rules.extend(rules);
        outcome.statuses.extend(statuses);
    }
}

/// The pair of every example is a rule of the outcome that it names.
fn add_examples(
    reader: &mut Reader,
    outcomes: &mut [Outcome],
    declared: &[(crate::yaml::Key, Node)],
    examples: &[Example],
) {
    for example in examples {
        if let Some(outcome) = outcomes
            .iter_mut()
            .find(|outcome| outcome.name.value == example.outcome.value)
        {
            outcome.rules.push(Rule {
                code: example.code.clone(),
                message: Match::Exactly(example.message.value.clone()),
                source: example.source.clone(),
            });
        } else if !declared
            .iter()
            .any(|(name, _)| name.text == example.outcome.value)
        {
            let known: Vec<_> = declared
                .iter()
                .map(|(name, _)| name.text.as_str())
                .collect();
            reader.problem(
                example.outcome.at,
                format!(
                    "example {} names the unknown outcome {}",
                    example.name, example.outcome
                ),
                format!("write one of: {}", known.join(", ")),
            );
        }
    }
}

fn check_default(reader: &mut Reader, root: &Node, outcomes: &[Outcome]) {
    let mut defaults = outcomes.iter().filter(|outcome| outcome.default);
    if defaults.next().is_none() {
        reader.problem(
            root.entry("x-platform-outcomes")
                .map_or(root.at, |(key, _)| key.at),
            "no outcome for answers that nothing else matches",
            "write default: true on one outcome",
        );
    }
    for second in defaults {
        reader.problem(
            second.name.at,
            "a second default outcome",
            "write default: true once",
        );
    }
}

fn check_reached(reader: &mut Reader, outcomes: &[Outcome]) {
    for outcome in outcomes {
        if outcome.rules.is_empty() && !outcome.default {
            reader.problem(
                outcome.name.at,
                format!(
                    "outcome {} that neither an example nor a code reaches",
                    outcome.name
                ),
                "write codes: or messages:, or x-outcome: on an example",
            );
        }
    }
}

/// One answer, one outcome: whatever two outcomes claim is a problem of the second.
fn check_unambiguous(reader: &mut Reader, outcomes: &[Outcome]) {
    let mut claims: Vec<(String, &Outcome, Position)> = Vec::new();
    for outcome in outcomes {
        let rules = outcome
            .rules
            .iter()
            .map(|rule| (rule.describe(), rule.code.at));
        let statuses = outcome
            .statuses
            .iter()
            .map(|status| (format!("status {status}"), status.at));
        for (claim, at) in rules.chain(statuses) {
            let taken = claims
                .iter()
                .find(|(other, by, _)| *other == claim && by.name.value != outcome.name.value);
            if let Some((_, by, first)) = taken {
                reader.problem(
                    at,
                    format!(
                        "{claim} means {} here and {} at {first}",
                        outcome.name, by.name
                    ),
                    "write it under one outcome",
                );
            }
            claims.push((claim, outcome, at));
        }
    }
}

impl Rule {
    fn describe(&self) -> String {
        match &self.message {
            Match::Exactly(text) => format!("code {} with the message {:?}", self.code, fold(text)),
            Match::Containing(text) => {
                format!(
                    "code {} with a message that contains {:?}",
                    self.code,
                    fold(text)
                )
            }
            Match::Any => format!("code {}", self.code),
        }
    }
}
