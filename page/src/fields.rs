//! The table of the fields of a request, with the rules that their values keep.

use face_search_enroll_contract::{Body, Field, Kind};
use maud::{Markup, html};

use crate::sources;

/// The fields of a request, under the heading `title`.
pub(crate) fn table(request: &Body, title: &str) -> Markup {
    html! {
        .scroll role="region" aria-labelledby=(title) tabindex="0" {
            table.fields aria-labelledby=(title) {
                thead {
                    tr {
                        th scope="col" { "Field" }
                        th scope="col" { "Type" }
                        th scope="col" { "Rules" }
                    }
                }
                tbody {
                    @for field in &request.fields {
                        tr {
                            th scope="row" { code { (field.name) } }
                            td { (kind(field.kind)) @if !field.required { ", optional" } }
                            td { (rules(field)) }
                        }
                    }
                }
            }
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Other => "any",
    }
}

fn rules(field: &Field) -> Markup {
    let bounds = |unit: &str, least: Option<String>, most: Option<String>| match (least, most) {
        (Some(least), Some(most)) if least == most => Some(format!("{least}{unit}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most}{unit}")),
        (Some(least), None) => Some(format!("at least {least}{unit}")),
        (None, Some(most)) => Some(format!("at most {most}{unit}")),
        (None, None) => None,
    };
    let text = |number: Option<u64>| number.map(|number| number.to_string());
    let number = |number: Option<i64>| number.map(|number| number.to_string());
    let rules = [
        field.not_blank.then(|| "not blank".to_owned()),
        bounds(
            " characters",
            text(field.min_length),
            text(field.max_length),
        ),
        bounds("", number(field.minimum), number(field.maximum)),
        field
            .default
            .map(|default| format!("{default} if it is left out")),
        field.lifetime.then(|| "in seconds".to_owned()),
        field.secret.then(|| "keep it out of logs".to_owned()),
    ];
    html! {
        ul {
            @for rule in rules.into_iter().flatten() { li { (rule) } }
            @if let Some(clock) = &field.clock {
                li {
                    "a time in milliseconds since 1970 UTC"
                    @if let Some(seconds) = &clock.tolerance {
                        ", at most " (seconds) " s before or after that of the server"
                        (sources::note(clock.source.as_ref().map(|source| source.as_str())))
                    }
                }
            }
            @if let Some(signature) = &field.signature {
                li {
                    "the SHA-256, as hexadecimal digits in lower case, of "
                    @for (index, name) in signature.over.iter().enumerate() {
                        @if index > 0 { ", " }
                        code { (name) }
                    }
                    ", one after the other with nothing between them; for example, of "
                    @for (index, (name, value)) in signature.example.iter().enumerate() {
                        @if index > 0 { ", " }
                        code { (name) } " " samp { (value) }
                    }
                }
            }
        }
    }
}
