//! The section with the tables of outcomes, one for each operation and one for the platform: the codes
//! and messages of each outcome, and what to do about it.

use face_search_enroll_contract::{
    Contract, Effect, Effected, Match, Operation, Origin, Outcome, Retry, Rule, Scope,
};
use maud::{Markup, html};

use crate::{markdown, sources, texts};

pub(crate) fn section(contract: &Contract) -> Markup {
    let operations = &contract.operations;
    let default = operations.first().and_then(Operation::default_outcome);
    html! {
        section #outcomes.prose aria-labelledby="outcomes-title" {
            h2 #outcomes-title { "Outcomes" }
            p {
                "The code and the message of a response together determine its outcome. The tables \
                 show both exactly as servers send them. When you compare messages, ignore case, \
                 surrounding white space and final punctuation. If no row has the message, the code \
                 alone decides. A code that no row has means "
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
                "Any operation of the platform may return these outcomes. They do not come from the \
                 vendor’s page of an operation; each row names its source."
            }
            @let effects = with_effects(operations);
            (table(&platform(operations), &effects, None, "platform-outcomes"))
            h3 #sources { "Sources" }
            p {
                "Facts come from the vendor’s page of the operation: "
                @for (index, (operation, address)) in pages(contract).enumerate() {
                    @if index > 0 { ", " }
                    a href=(address) { "page of " (operation.id) }
                }
                ". A fact from somewhere else has the name of its source next to it. HTTP statuses \
                 have their meaning in HTTP."
            }
            (sources::list(&contract.sources))
        }
    }
}

/// The operations with the address of the vendor's page of each.
fn pages(contract: &Contract) -> impl Iterator<Item = (&Operation, &str)> {
    contract.operations.iter().filter_map(|operation| {
        let address = texts::of_operation(contract, operation, &["externalDocs", "url"])?;
        markdown::is_safe(address).then_some((operation, address))
    })
}

fn outcomes(operation: &Operation, origin: Origin) -> Vec<&Outcome> {
    let outcomes = operation.outcomes.iter();
    outcomes
        .filter(|outcome| outcome.origin == origin)
        .collect()
}

/// The effects of operations, each name once, with the operation whose outcomes report it.
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

/// A table of outcomes under the heading `title`, with a column for each effect. They are the outcomes of
/// an operation, or those of the platform, each of which has a source.
fn table(
    outcomes: &[&Outcome],
    effects: &[(&Operation, &Effect)],
    operation: Option<&str>,
    title: &str,
) -> Markup {
    let sourced = operation.is_none();
    let prefix = operation.map_or_else(String::new, |operation| format!("{operation}-"));
    html! {
        .table {
            table.outcomes.sourced[sourced] aria-labelledby=(title) {
                thead {
                    tr {
                        th scope="col" { "Outcome" }
                        th scope="col" { "Code and message" }
                        th scope="col" { "What happened" }
                        th scope="col" { "What to do" }
                        th scope="col" { "Retry?" }
                        @for (_, effect) in effects { th scope="col" { (effect.name) } }
                        @if sourced { th scope="col" { "Source" } }
                    }
                }
                tbody {
                    @for outcome in outcomes {
                        tr id={"outcome-" (prefix) (outcome.name)} {
                            th scope="row" { code { (outcome.name) } }
                            td data-label="Code and message" { (matched_by(outcome)) }
                            td data-label="What happened" {
                                (outcome.summary)
                                // The table of the platform has a column for it.
                                @if !sourced { (sources::note(source(outcome))) }
                            }
                            td data-label="What to do" { (outcome.action) }
                            td data-label="Retry?" { (retry(outcome.retry)) (scope(outcome.scope)) }
                            @for (operation, effect) in effects {
                                td data-label=(effect.name) { (effected(operation, outcome, effect)) }
                            }
                            @if sourced {
                                td data-label="Source" { @if let Some(name) = source(outcome) { (sources::link(name)) } }
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
        Retry::Throttled => {
            "yes, after the delay that the server asks for, and with fewer calls at a time"
        }
        Retry::RefreshToken => "once, with a new token",
        Retry::ByStatus => "depends on the HTTP status",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Call => "",
        Scope::Account => "; every call of the account gets this response",
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
fn matched_by(outcome: &Outcome) -> Markup {
    let statuses: Vec<_> = outcome.statuses.iter().map(ToString::to_string).collect();
    html! {
        ul.codes {
            @for code in codes(&outcome.rules) {
                li { code { (code) } (messages(outcome, code)) }
            }
            @if outcome.default { li { "any other code" } }
            @if !statuses.is_empty() {
                li { "HTTP status " (statuses.join(", ")) ", if the response has no code" }
            }
        }
    }
}

/// The codes, in the order of their first rule.
fn codes(rules: &[Rule]) -> Vec<&str> {
    let mut codes = Vec::new();
    for rule in rules {
        if !codes.contains(&rule.code.as_str()) {
            codes.push(&rule.code);
        }
    }
    codes
}

/// The messages that mean the outcome together with `code`.
fn messages(outcome: &Outcome, code: &str) -> Markup {
    let rules = outcome.rules.iter().filter(|rule| *rule.code == code);
    // The rule for any message comes after the rules for known messages.
    let (any, known): (Vec<_>, Vec<_>) = rules.partition(|rule| rule.message == Match::Any);
    let only_any = known.is_empty();
    html! {
        ul {
            @for rule in known.into_iter().chain(any) {
                li {
                    @match &rule.message {
                        Match::Exactly(text) => samp { (text) },
                        Match::Containing(text) => { "a message that contains " samp { (text) } },
                        Match::Any if only_any => "any message",
                        Match::Any => "any other message",
                    }
                    // The source of the outcome is not repeated.
                    @let own = rule.source.as_ref().map(|source| source.as_str());
                    (sources::note(own.filter(|_| own != source(outcome))))
                }
            }
        }
    }
}
