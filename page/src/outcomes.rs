//! The section with the tables of outcomes, one for each operation and one for the platform: by which
//! codes and messages each is told, and what to do about it.

use face_search_enroll_contract::{
    Contract, Effect, Effected, Match, Operation, Origin, Outcome, Retry, Rule, Scope,
};
use maud::{Markup, html};

use crate::sources;

pub(crate) fn section(contract: &Contract) -> Markup {
    let operations = &contract.operations;
    let default = operations.first().and_then(Operation::default_outcome);
    html! {
        section #outcomes.prose aria-labelledby="outcomes-title" {
            h2 #outcomes-title { "Outcomes" }
            p {
                "The code and the message of an answer say together which outcome it has. Both \
                 stand here as they come over the wire. Messages are compared without regard to \
                 case, space around them and punctuation at their end. A message that no row has \
                 leaves it to the code alone; a code that no row has means "
                code { @if let Some(outcome) = default { (outcome.name) } } "."
            }
            @for operation in operations {
                @let title = format!("outcomes-of-{}", operation.id);
                h3 id=(title) { "Outcomes of " code { (operation.id) } }
                @let own = outcomes(operation, Origin::Operation);
                @let effects = with_effects(std::slice::from_ref(operation));
                (table(&own, &effects, Some(&operation.id), &title))
            }
            h3 #platform-outcomes { "Outcomes of the platform" }
            p {
                "Any operation of the platform may answer with these. They are not from the \
                 vendor’s page of an operation; the last column says where they come from."
            }
            @let effects = with_effects(operations);
            (table(&platform(operations), &effects, None, "platform-outcomes"))
            h3 #sources { "Sources" }
            p {
                "What is not from the vendor’s page of the operation carries the name of its \
                 source. An HTTP status stands for what it means in HTTP."
            }
            (sources::list(&contract.sources))
        }
    }
}

fn outcomes(operation: &Operation, origin: Origin) -> Vec<&Outcome> {
    let outcomes = operation.outcomes.iter();
    outcomes
        .filter(|outcome| outcome.origin == origin)
        .collect()
}

/// The effects of operations, each name once, with the operation whose outcomes tell of it.
fn with_effects(operations: &[Operation]) -> Vec<(&Operation, &Effect)> {
    let mut all: Vec<(&Operation, &Effect)> = Vec::new();
    for operation in operations {
        let effect = operation.effect.as_ref();
        let is_known =
            |effect: &&Effect| !all.iter().any(|(_, it)| it.name.value == effect.name.value);
        if let Some(effect) = effect.filter(is_known) {
            all.push((operation, effect));
        }
    }
    all
}

/// The outcomes of the platform, each once.
fn platform(operations: &[Operation]) -> Vec<&Outcome> {
    let mut all: Vec<&Outcome> = Vec::new();
    for operation in operations {
        for outcome in outcomes(operation, Origin::Platform) {
            if !all
                .iter()
                .any(|known| known.name.value == outcome.name.value)
            {
                all.push(outcome);
            }
        }
    }
    all
}

/// A table of outcomes under the heading `title`, with a column for each of the effects: those of an
/// operation, or those of the platform, which have a source each.
fn table(
    outcomes: &[&Outcome],
    effects: &[(&Operation, &Effect)],
    operation: Option<&str>,
    title: &str,
) -> Markup {
    let sourced = operation.is_none();
    let prefix = operation.map_or_else(String::new, |operation| format!("{operation}-"));
    html! {
        .scroll role="region" aria-labelledby=(title) tabindex="0" {
            table.outcomes.sourced[sourced] aria-labelledby=(title) {
                thead {
                    tr {
                        th scope="col" { "Outcome" }
                        th scope="col" { "Code and message" }
                        th scope="col" { "What it means" }
                        th scope="col" { "What to do" }
                        th scope="col" { "Repeat it?" }
                        @for (_, effect) in effects { th scope="col" { (effect.name) } }
                        @if sourced { th scope="col" { "Source" } }
                    }
                }
                tbody {
                    @for outcome in outcomes {
                        tr id={"outcome-" (prefix) (outcome.name)} {
                            th scope="row" { code { (outcome.name) } }
                            td { (told_by(outcome)) }
                            td {
                                (outcome.summary)
                                // In the table of the platform it has a column.
                                @if !sourced { (sources::note(source(outcome))) }
                            }
                            td { (outcome.action) }
                            td { (retry(outcome.retry)) (scope(outcome.scope)) }
                            @for (operation, effect) in effects {
                                td { (effected(operation, outcome, effect)) }
                            }
                            @if sourced {
                                td { @if let Some(name) = source(outcome) { (sources::link(name)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "no",
        Retry::Backoff => "yes, after a growing delay",
        Retry::Throttled => "yes, after the delay that the server asks for, and with fewer calls",
        Retry::RefreshToken => "once, with a new token",
        Retry::ByStatus => "as the HTTP status says",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Call => "",
        Scope::Account => "; every call of the account is answered so",
    }
}

/// What the contract says of the effect of `operation` after the outcome.
fn effected(operation: &Operation, outcome: &Outcome, effect: &Effect) -> Markup {
    let mut outcomes = operation.outcomes.iter();
    let of_operation =
        outcomes.find(|it| it.origin == outcome.origin && it.name.value == outcome.name.value);
    let (class, text) = match of_operation.and_then(|it| it.effect) {
        Some(Effected::Yes) => ("yes", &effect.yes),
        Some(Effected::No) => ("no", &effect.no),
        Some(Effected::Unknown) => ("unknown", &effect.unknown),
        None => return html! {},
    };
    html! { span.state.(class) { (text) } }
}

fn source(outcome: &Outcome) -> Option<&str> {
    outcome.source.as_ref().map(|source| source.as_str())
}

/// The codes, each with its messages, then the statuses.
fn told_by(outcome: &Outcome) -> Markup {
    let statuses: Vec<_> = outcome.statuses.iter().map(ToString::to_string).collect();
    html! {
        ul.codes {
            @for code in codes(&outcome.rules) {
                li { code { (code) } (messages(outcome, code)) }
            }
            @if outcome.default { li { "any other code" } }
            @if !statuses.is_empty() {
                li { "HTTP status " (statuses.join(", ")) ", where no code can be read" }
            }
        }
    }
}

/// The codes in the order in which they first come up.
fn codes(rules: &[Rule]) -> Vec<&str> {
    let mut codes = Vec::new();
    for rule in rules {
        if !codes.contains(&rule.code.as_str()) {
            codes.push(&rule.code);
        }
    }
    codes
}

/// The messages that mean the outcome if they come with `code`.
fn messages(outcome: &Outcome, code: &str) -> Markup {
    let rules = outcome.rules.iter().filter(|rule| *rule.code == code);
    // What holds for any message comes after those that are known.
    let (any, known): (Vec<_>, Vec<_>) = rules.partition(|rule| rule.message == Match::Any);
    let only_any = known.is_empty();
    html! {
        ul {
            @for rule in known.into_iter().chain(any) {
                li {
                    @match &rule.message {
                        Match::Exactly(text) => samp { (text) },
                        Match::Containing(text) => { "a message with " samp { (text) } " in it" },
                        Match::Any if only_any => "any message",
                        Match::Any => "any other message",
                    }
                    // A source that is its outcome's is not named again.
                    @let own = rule.source.as_ref().map(|source| source.as_str());
                    (sources::note(own.filter(|_| own != source(outcome))))
                }
            }
        }
    }
}
