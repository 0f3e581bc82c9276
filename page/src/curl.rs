//! The section with the call as a command line, and an answer to it.

use face_search_enroll_contract::{Contract, Enrolled, Example, Outcome};
use maud::{Markup, html};

pub(crate) fn section(contract: &Contract) -> Markup {
    html! {
        section #call.prose aria-labelledby="call-title" {
            h2 #call-title { "Call it" }
            p { "With " code { "curl" } ", in a shell:" }
            pre tabindex="0" role="region" aria-label="Command" { code { (command(contract)) } }
            @if let Some((example, outcome)) = success(contract) {
                p { "An answer to it, of the outcome " code { (outcome.name) } ":" }
                pre tabindex="0" role="region" aria-label="Answer" {
                    code { (format_args!("{:#}", *example.body)) }
                }
            }
        }
    }
}

/// The call by `curl`, for a POSIX shell.
fn command(contract: &Contract) -> String {
    let operation = &contract.operation;
    let server = contract.regions.first().map(|region| {
        let address = single_quoted(&region.url);
        let name = &region.name;
        format!("# The server of {name}; put that of your region here.\nSERVER={address}\n")
    });
    let data = contract.request_examples.first().map(|example| {
        let body = single_quoted(&example.body.to_string());
        format!(" \\\n  --data {body}")
    });
    format!(
        r#"{server}ACCESS_TOKEN='the token of your account'

curl --request {method} \
  "$SERVER{path}" \
  --header {content_type} \
  --header "{token_header}: $ACCESS_TOKEN"{data}"#,
        server = server.unwrap_or_default(),
        method = operation.method,
        path = in_double_quotes(&operation.path),
        content_type = single_quoted(&format!("Content-Type: {}", operation.request.media_type)),
        token_header = in_double_quotes(&operation.token_header),
        data = data.unwrap_or_default(),
    )
}

/// The first answer of the contract's examples that tells of success, and its outcome.
fn success(contract: &Contract) -> Option<(&Example, &Outcome)> {
    contract.examples.iter().find_map(|example| {
        let mut outcomes = contract.outcomes.iter();
        let outcome = outcomes.find(|outcome| outcome.name.value == example.outcome.value)?;
        (outcome.enrolled == Enrolled::Yes).then_some((example, outcome))
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
