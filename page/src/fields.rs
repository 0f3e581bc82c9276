//! The table of the fields of a request, with the rules for their values.

use std::fmt::Display;

use face_search_enroll_contract::{Body, Field, Kind};
use maud::{Markup, html};

use crate::sources;

/// The fields of a request, under the heading `title`.
pub(crate) fn table(request: &Body, title: &str) -> Markup {
    html! {
        .table {
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
                            td data-label="Type" { (kind(field.kind)) @if !field.required { ", optional" } }
                            td data-label="Rules" { (rules(field)) }
                        }
                    }
                }
            }
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Other => "any",
    }
}

fn rules(field: &Field) -> Markup {
    let length = bounds(field.min_length, field.max_length);
    let rules = [
        field.not_blank.then(|| "not blank".to_owned()),
        length.map(|length| format!("length: {length}")),
        bounds(field.minimum, field.maximum),
        field.default.map(|default| format!("default: {default}")),
        field.lifetime.then(|| "in seconds".to_owned()),
        field.secret.then(|| "secret: do not log it".to_owned()),
    ];
    html! {
        ul {
            @for rule in rules.into_iter().flatten() { li { (rule) } }
            @if let Some(clock) = &field.clock {
                li {
                    "a time in milliseconds since 1970 UTC"
                    @if let Some(seconds) = &clock.tolerance {
                        ", at most " (seconds) " seconds before or after the server’s time"
                        (sources::note(clock.source.as_ref().map(|source| source.as_str())))
                    }
                }
            }
            @if let Some(signature) = &field.signature {
                li {
                    "the SHA-256 of "
                    @for (index, name) in signature.over.iter().enumerate() {
                        @if index > 0 { ", " }
                        code { (name) }
                    }
                    ", concatenated without separators, in lower-case hexadecimal digits. Example: "
                    @for (index, (name, value)) in signature.example.iter().enumerate() {
                        @if index > 0 { ", " }
                        code { (name) } " " samp { (value) }
                    }
                }
            }
        }
    }
}

/// The smallest and the greatest value that are allowed.
fn bounds<T: PartialEq + Display>(least: Option<T>, most: Option<T>) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) if least == most => Some(least.to_string()),
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    }
}
