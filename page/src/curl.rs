//! The section with each call: the fields of its request, a command line, and an answer to it.

use face_search_enroll_contract::{Condition, Contract, Example, Operation, Outcome, Server};
use maud::{Markup, html};

use crate::{fields, sources};

pub(crate) fn section(contract: &Contract) -> Markup {
    html! {
        section #call.prose aria-labelledby="call-title" {
            h2 #call-title { "Call it" }
            @for operation in &contract.operations {
                @let title = format!("call-{}", operation.id);
                h3 id=(title) { code { (operation.id) } }
                (servers(contract, operation))
                (fields::table(&operation.request, &title))
                p { "With " code { "curl" } ", in a shell:" }
                pre tabindex="0" role="region" aria-label={"Command of " (operation.id)} {
                    code { (command(contract, operation)) }
                }
                @if let Some((example, outcome)) = success(operation) {
                    p { "An answer to it, of the outcome " code { (outcome.name) } ":" }
                    pre tabindex="0" role="region" aria-label={"Answer of " (operation.id)} {
                        code { (format_args!("{:#}", *example.body)) }
                    }
                }
            }
        }
    }
}

/// The servers besides those of the regions.
fn servers(contract: &Contract, operation: &Operation) -> Markup {
    let of_region = |server: &&Server| {
        let mut regions = contract.regions.iter();
        !regions.any(|region| region.url.value == server.url.value)
    };
    let others: Vec<_> = operation.servers.iter().filter(of_region).collect();
    html! {
        @if !others.is_empty() {
            p {
                "It is served by the servers of the regions, and by "
                @for (index, server) in others.iter().enumerate() {
                    @if index > 0 { ", " }
                    code { (server.url) }
                    (sources::note(server.source.as_ref().map(|source| source.as_str())))
                }
                "."
            }
        }
    }
}

/// The call by `curl`, for a POSIX shell.
fn command(contract: &Contract, operation: &Operation) -> String {
    let server = contract.regions.first().map(|region| {
        let address = single_quoted(&region.url);
        let name = &region.name;
        format!("# The server of {name}; put that of your region here.\nSERVER={address}\n")
    });
    let data = operation.request_examples.first().map(|example| {
        let body = single_quoted(&example.body.to_string());
        format!(" \\\n  --data {body}")
    });
    let (token, header) = match &operation.token_header {
        Some(header) => (
            "ACCESS_TOKEN='the token of your account'\n",
            format!(
                " \\\n  --header \"{}: $ACCESS_TOKEN\"",
                in_double_quotes(header)
            ),
        ),
        None => ("", String::new()),
    };
    format!(
        r#"{server}{token}
curl --request {method} \
  "$SERVER{path}" \
  --header {content_type}{header}{data}"#,
        server = server.unwrap_or_default(),
        method = operation.method,
        path = in_double_quotes(&operation.path),
        content_type = single_quoted(&format!("Content-Type: {}", operation.request.media_type)),
        data = data.unwrap_or_default(),
    )
}

/// The first answer of the contract's examples that tells of success, and its outcome.
fn success(operation: &Operation) -> Option<(&Example, &Outcome)> {
    operation.examples.iter().find_map(|example| {
        let mut outcomes = operation.outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.name.value == example.outcome.value)?;
        (outcome.when == Some(Condition::Done)).then_some((example, outcome))
    })
}

/// A word of which a POSIX shell changes nothing.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Text that a POSIX shell takes as it is between double quotes.
fn in_double_quotes(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '"' | '$' | '`') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_word_cannot_be_left() {
        assert_eq!(single_quoted("a'; rm $x '"), r"'a'\''; rm $x '\'''");
        assert_eq!(in_double_quotes(r#"a"$(b)`c\"#), r#"a\"\$(b)\`c\\"#);
    }
}
