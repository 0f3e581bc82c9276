//! One outcome: what an answer means, and what to make of it.

use super::rule::{self, Rule};
use crate::{
    effect::{EffectKeys, Effected},
    mapping::Mapping,
    position::Located,
    reader::Reader,
    sources::Sources,
    yaml::{Key, Node},
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
    /// Whether the effect of the operation is there after this answer; none where it has no effect.
    pub effect: Option<Effected>,
    /// When a server answers so, if the contract says that.
    pub when: Option<Condition>,
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

/// What a request or a server must be like for an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The request is done.
    Done,
    /// It was done before, by an earlier request.
    DoneBefore,
    /// A required field is missing or empty.
    MissingParameter,
    /// A field breaks a rule of its schema.
    InvalidParameter,
    /// The token is missing, unknown or expired, or the access key is unknown.
    Unauthorized,
    /// The signature is not that of the access key and the time.
    WrongSignature,
    /// The time of the request is too far from that of the server.
    WrongTime,
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
    /// As the outcome says that has the HTTP status of the answer; never where none has it.
    ByStatus,
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

const CONDITION: [(&str, Condition); 7] = [
    ("done", Condition::Done),
    ("done-before", Condition::DoneBefore),
    ("missing-parameter", Condition::MissingParameter),
    ("invalid-parameter", Condition::InvalidParameter),
    ("unauthorized", Condition::Unauthorized),
    ("wrong-signature", Condition::WrongSignature),
    ("wrong-time", Condition::WrongTime),
];

const RETRY: [(&str, Retry); 5] = [
    ("never", Retry::Never),
    ("backoff", Retry::Backoff),
    ("throttled", Retry::Throttled),
    ("refresh-token", Retry::RefreshToken),
    ("by-status", Retry::ByStatus),
];

const SCOPE: [(&str, Scope); 1] = [("account", Scope::Account)];

const CHARGE: [(&str, Charge); 2] = [("free", Charge::Free), ("pay", Charge::Pay)];

pub(super) fn read(
    reader: &mut Reader,
    name: &Key,
    node: &Node,
    origin: Origin,
    effects: EffectKeys<'_>,
    sources: &Sources,
) -> Outcome {
    let name = name.located();
    let mut mapping = Mapping::of(reader, node, "an outcome");
    let summary = mapping.required_text(reader, "summary");
    let action = mapping.required_text(reader, "action");
    let effect = effects.read(reader, &mut mapping);
    let when = mapping.optional_word(reader, "when", &CONDITION);
    let retry = mapping.required_word(reader, "retry", &RETRY);
    let scope = mapping.optional_word(reader, "scope", &SCOPE);
    let charge = mapping.optional_word(reader, "charge", &CHARGE);
    let default = mapping.optional("default").and_then(Node::as_bool);
    let (rules, statuses) = rule::read_all(reader, &mut mapping, sources);
    let source = read_source(reader, &mut mapping, &name, origin, sources);
    mapping.finish(reader);
    // What stands in for a value that cannot be read is never seen: its problem refuses the
    // contract. The rest of the outcome is kept, so that nothing else is blamed for missing it.
    Outcome {
        name,
        summary: summary.map(|summary| summary.value).unwrap_or_default(),
        action: action.map(|action| action.value).unwrap_or_default(),
        effect,
        when,
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

impl Outcome {
    /// The codes that may mean it, each once. Most may mean other outcomes too: the message tells.
    #[must_use]
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for rule in &self.rules {
            if !codes.contains(&rule.code.as_str()) {
                codes.push(&rule.code);
            }
        }
        codes
    }

    /// Adds the rules and statuses of the platform's outcome of this name. The operation's own words
    /// stand.
    pub(super) fn add_platform(&mut self, platform: Self) {
        self.when = self.when.or(platform.when);
        self.rules
            .extend(platform.rules.into_iter().map(|rule| Rule {
                source: rule.source.or_else(|| platform.source.clone()),
                ..rule
            }));
        self.statuses.extend(platform.statuses);
    }
}

/// The source, without which an outcome of the platform would pass for a fact of the page.
fn read_source(
    reader: &mut Reader,
    mapping: &mut Mapping<'_>,
    name: &Located<String>,
    origin: Origin,
    sources: &Sources,
) -> Option<Located<String>> {
    let source = sources.read_optional(reader, mapping);
    if source.is_none() && origin == Origin::Platform {
        reader.problem(
            name.at,
            format!("platform outcome {name} without a source"),
            "write source: with a name from info.x-sources",
        );
    }
    source
}
