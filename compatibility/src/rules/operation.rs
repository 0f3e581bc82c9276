//! The rules for an operation: its address, request and response, without schemas and outcomes.

use face_search_enroll_contract::yaml::Node;

use super::{
    claims,
    deprecation::deprecated,
    rule::{
        Judge::{Added, Always, Changes, Depends},
        Row,
        Rule::Each,
        adds, breaks, each, entries, row, value, words,
    },
};
use crate::{
    change::Affected::{Callers, People, Readers, Testers},
    comparison::Comparison,
    difference::Difference,
    effect::{Effect, SAME, WORDS, major, minor, patch},
    matching::MatchBy::{Fields, Key, KeyInAnyCase, KeyOrAlone, KeyOrContent, Method},
};

const SERVER: &[&[&str]] = &[&["url"]];

#[rustfmt::skip] // A table is read across.
pub(crate) const ROWS: &[Row] = &[
    entries("paths", "paths", KeyOrAlone),
    row("paths/*", "path {0}", Each(Method, adds(Callers,
        "there is an additional address", "calls use an address that no longer exists"))),
    words("paths/*/summary", "path {0}: summary"),
    words("paths/*/description", "path {0}: description"),

    each("{operation}", "method", adds(Callers,
        "there is an additional operation", "calls use another method")),
    breaks("{operation}/operationId", "operationId",
        Callers, "the names of generated functions change"),
    words("{operation}/summary", "summary of the operation"),
    words("{operation}/description", "description of the operation"),
    words("{operation}/externalDocs", "documentation of the operation"),
    value("{operation}/deprecated", "deprecation of the operation", Depends(deprecated)),
    value("{operation}/tags", "tags of the operation", Depends(tags)),
    words("{operation}/x-title", "title of the operation's page"),
    words("{operation}/x-notes", "notes of the operation's page"),
    entries("{operation}/servers", "servers of the operation", Fields(SERVER)),
    each("{operation}/servers/*", "server {0} of the operation", adds(Callers,
        "there is an additional address", "calls use an address that no longer exists")),
    words("{operation}/servers/*/description", "server {0} of the operation: description"),
    words("{operation}/servers/*/x-source", "server {0} of the operation: source"),
    each("{operation}/x-effect", "effect of the operation", Added(
        patch("outcomes state the same as before"),
        major(Readers, "outcomes no longer state whether the call took effect"))),
    breaks("{operation}/x-effect/name", "effect of the operation: name",
        Readers, "outcomes state it under another key"),
    breaks("{operation}/x-effect/of", "effect of the operation: field",
        Testers, "a sandbox recognises repeated requests by another field"),
    words("{operation}/x-effect/*", "effect of the operation: {0}"),
    breaks("{operation}/security", "security of the operation",
        Callers, "calls are authorized in another way"),

    each("{operation}/requestBody", "request body",
        Always(major(Callers, "calls need another body"))),
    words("{operation}/requestBody/description", "request body: description"),
    value("{operation}/requestBody/required", "request body: required", Depends(body_required)),
    entries("{operation}/requestBody/content", "request's media types", KeyOrAlone),
    each("{operation}/requestBody/content/*", "media type {0} of the request", adds(Callers,
        "requests have an additional media type", "requests have another media type")),
    breaks("{operation}/requestBody/content/*/schema", "schema of the request",
        Callers, "the type in generated code changes"),
    entries("{operation}/requestBody/content/*/examples", "request examples", Key),
    // Nobody requests a request example by its name, so removing one only changes the wording.
    value("{operation}/requestBody/content/*/examples/*", "request example {1}",
        Added(minor(People, "there is an additional example of a request"), WORDS)),

    entries("{operation}/responses", "answers", Key),
    each("{operation}/responses/*", "answer under status {0}", adds(Callers,
        "an additional status is described", "generated code no longer expects this status")),
    words("{operation}/responses/*/description", "answer under status {0}: description"),
    entries("{operation}/responses/*/headers", "headers under status {0}", KeyInAnyCase),
    each("{operation}/responses/*/headers/*", "header {1} of the answer under status {0}",
        adds(Callers,
            "callers can read an additional header", "callers read a header that no longer exists")),
    words("{operation}/responses/*/headers/*/description",
        "header {1} of the answer under status {0}: description"),
    entries("{operation}/responses/*/content", "answer's media types", KeyOrAlone),
    each("{operation}/responses/*/content/*", "media type {1} of the answer", adds(Callers,
        "answers have an additional media type", "answers have another media type")),
    breaks("{operation}/responses/*/content/*/schema", "schema of the answer",
        Callers, "the type in generated code changes"),

    entries("{operation}/responses/*/content/*/examples", "examples", KeyOrContent),
    each("{operation}/responses/*/content/*/examples/*", "example {2}", Changes(claims::example)),
    words("{operation}/responses/*/content/*/examples/*/summary", "example {2}: summary"),
    words("{operation}/responses/*/content/*/examples/*/description", "example {2}: description"),
    words("{operation}/responses/*/content/*/examples/*/x-source", "example {2}: source"),
    breaks("{operation}/responses/*/content/*/examples/*/x-outcome", "example {2}: outcome",
        Readers, "the same answer has another outcome"),
    breaks("{operation}/responses/*/content/*/examples/*/value/code", "example {2}: code",
        Testers, "the example has another code"),
    value("{operation}/responses/*/content/*/examples/*/value/message", "example {2}: message",
        Changes(claims::example_message)),
    words("{operation}/responses/*/content/*/examples/*/value/*", "example {2}: {3}"),
];

/// Generators use the first tag as the class of a call.
fn tags(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let [was, is] = difference.values().map(|node| -> Vec<&str> {
        let items = node.map_or(&[][..], Node::items).iter();
        items.filter_map(Node::as_str).collect()
    });
    if was == is {
        SAME
    } else if !was.is_empty() && is.starts_with(&was) {
        minor(Callers, "the call is in an additional group")
    } else {
        major(Callers, "the names of generated classes change")
    }
}

fn body_required(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let refused = "a call without a body was accepted before and is rejected now";
    let accepted = "a call without a body is also accepted";
    match difference.flags() {
        [false, true] => major(Callers, refused),
        [true, false] => minor(Callers, accepted),
        _ => SAME,
    }
}
