//! One outcome: what an answer means, and what a caller does about it.

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
    /// The name, which is also the Rust variant: `AlreadyEnrolled`.
    pub name: Located<String>,
    /// What happened, in one sentence.
    pub summary: String,
    /// What the caller can do about it, in one sentence.
    pub action: String,
    /// Whether the effect of the operation is in place after this answer; `None` if the operation
    /// has no effect.
    pub effect: Option<Effected>,
    /// The condition under which a server answers so, if the contract states one.
    pub when: Option<Condition>,
    /// Whether the same call may be sent again.
    pub retry: Retry,
    /// Whether the answer concerns one call or the whole account.
    pub scope: Scope,
    /// Whether the call is charged, according to the table on the page.
    pub charge: Option<Charge>,
    /// Whether it belongs to this operation or to the platform.
    pub origin: Origin,
    /// Whether it is the outcome of answers that match no other outcome.
    pub default: bool,
    /// The source of the outcome, if it is not on the page.
    pub source: Option<Located<String>>,
    /// The codes and messages that mean this outcome: first those of the operation, then those of
    /// the platform.
    pub rules: Vec<Rule>,
    /// The HTTP statuses that mean this outcome if the answer has no readable envelope.
    pub statuses: Vec<Located<u16>>,
}

/// The condition under which a server answers with an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The request succeeded.
    Done,
    /// An earlier request already did it.
    DoneBefore,
    /// A required field is missing or empty.
    MissingParameter,
    /// A field breaks a rule of its schema.
    InvalidParameter,
    /// The token is missing, unknown or expired, or the access key is unknown.
    Unauthorized,
    /// The signature does not match the access key and the time.
    WrongSignature,
    /// The time of the request is too far from the time of the server.
    WrongTime,
}

/// Whether and how the same call may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Never: the answer would be the same.
    Never,
    /// After a growing delay.
    Backoff,
    /// After the delay that the server asks for. All calls slow down.
    Throttled,
    /// Once, with a new token.
    RefreshToken,
    /// As for the outcome that lists the HTTP status of the answer; never if no outcome lists it.
    ByStatus,
}

/// Whom an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This call.
    Call,
    /// Every call of the account, until the account or its token changes.
    Account,
}

/// What a call costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// The call is free.
    Free,
    /// The call is charged.
    Pay,
}

/// Where an outcome is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An outcome of the operation.
    Operation,
    /// An outcome that any endpoint of the platform may answer with.
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
    // Nobody sees the default for an unreadable value, because its problem rejects the contract.
    // The outcome is kept anyway: without it, further problems would be reported that do not
    // exist.
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
    /// The codes that can mean this outcome, each once. Most of them can also mean other outcomes,
    /// depending on the message.
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

    /// Adds the rules and statuses of the platform's outcome with the same name. All other values
    /// of this outcome stay.
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

/// The source. An outcome of the platform must have one, or it would look like a fact of the page.
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
            format!("the platform outcome {name} has no source"),
            "write source: with a name from info.x-sources",
        );
    }
    source
}
