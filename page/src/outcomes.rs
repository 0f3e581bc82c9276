//! The section with the tables of outcomes: by which codes and messages each is told, and what to
//! do about it.

use face_search_enroll_contract::{Contract, Enrolled, Match, Origin, Outcome, Retry, Rule, Scope};
use maud::{Markup, html};

use crate::sources;

/// The columns of both tables.
const HEADS: [&str; 6] = [
    "Outcome",
    "Code and message",
    "What it means",
    "What to do",
    "Repeat it?",
    "In the face set?",
];

pub(crate) fn section(contract: &Contract) -> Markup {
    let default = contract.outcomes.iter().find(|outcome| outcome.default);
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
            h3 #own-outcomes { "Outcomes of this endpoint" }
            (table(contract, Origin::Operation, "own-outcomes"))
            h3 #platform-outcomes { "Outcomes of the platform" }
            p {
                "Any endpoint of the platform may answer with these. They are not from the \
                 vendor’s page of this endpoint; the last column says where they come from."
            }
            (table(contract, Origin::Platform, "platform-outcomes"))
            h3 #sources { "Sources" }
            p {
                "What is not from the vendor’s page of this endpoint carries the name of its \
                 source. An HTTP status stands for what it means in HTTP."
            }
            (sources::list(&contract.sources))
        }
    }
}

/// The outcomes of one origin, under the heading `title`.
fn table(contract: &Contract, origin: Origin, title: &str) -> Markup {
    let outcomes = contract.outcomes.iter();
    let sourced = origin == Origin::Platform;
    html! {
        .scroll role="region" aria-labelledby=(title) tabindex="0" {
            table.outcomes.sourced[sourced] aria-labelledby=(title) {
                thead {
                    tr {
                        @for head in HEADS { th scope="col" { (head) } }
                        @if sourced { th scope="col" { "Source" } }
                    }
                }
                tbody {
                    @for outcome in outcomes.filter(|outcome| outcome.origin == origin) {
                        tr id={"outcome-" (outcome.name)} {
                            th scope="row" { code { (outcome.name) } }
                            td { (told_by(outcome)) }
                            td { (outcome.summary) }
                            td { (outcome.action) }
                            td { (retry(outcome.retry)) (scope(outcome.scope)) }
                            td { (enrolled(outcome.enrolled)) }
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
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Call => "",
        Scope::Account => "; every call of the account is answered so",
    }
}

fn enrolled(enrolled: Enrolled) -> Markup {
    let (class, text) = match enrolled {
        Enrolled::Yes => ("yes", "yes"),
        Enrolled::No => ("no", "not by this call"),
        Enrolled::Unknown => ("unknown", "not known"),
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
