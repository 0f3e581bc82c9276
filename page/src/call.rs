//! The section with each call: the fields of its request, sample programs, and a response.

use face_search_enroll_contract::{Condition, Contract, Example, Operation, Outcome, Server};
use maud::{Markup, html};

use crate::{fields, samples, sources};

pub(crate) fn section(contract: &Contract) -> Markup {
    html! {
        section #call.prose aria-labelledby="call-title" {
            h2 #call-title { "Make a call" }
            @for operation in &contract.operations {
                @let title = format!("call-{}", operation.id);
                h3 id=(title) { code { (operation.id) } }
                (servers(contract, operation))
                p {
                    @if let Some(header) = &operation.token_header {
                        "Send your access token in the header " code { (header) } ", and these fields as "
                    } @else {
                        "It takes no access token. Send these fields as "
                    }
                    code { (operation.request.media_type) } ":"
                }
                (fields::table(&operation.request, &title))
                (samples::tabs(contract, operation))
                @if let Some((example, outcome)) = success(operation) {
                    p { "A response with the outcome " code { (outcome.name) } ":" }
                    pre tabindex="0" role="region" aria-label={"Response of " (operation.id)} {
                        code { (format_args!("{:#}", *example.body)) }
                    }
                }
            }
        }
    }
}

/// The servers that are not those of a region.
fn servers(contract: &Contract, operation: &Operation) -> Markup {
    let of_region = |server: &&Server| {
        let mut regions = contract.regions.iter();
        !regions.any(|region| region.url.value == server.url.value)
    };
    let others: Vec<_> = operation.servers.iter().filter(of_region).collect();
    html! {
        @if !others.is_empty() {
            p {
                "Besides the servers of the regions, these servers have this operation: "
                @for (index, server) in others.iter().enumerate() {
                    @if index > 0 { ", " }
                    code.address { (server.url) }
                    (sources::note(server.source.as_ref().map(|source| source.as_str())))
                }
                "."
            }
        }
    }
}

/// The contract's first example of a success, and its outcome.
fn success(operation: &Operation) -> Option<(&Example, &Outcome)> {
    operation.examples.iter().find_map(|example| {
        let mut outcomes = operation.outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.name.value == example.outcome.value)?;
        (outcome.when == Some(Condition::Done)).then_some((example, outcome))
    })
}
