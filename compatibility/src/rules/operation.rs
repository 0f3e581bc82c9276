//! The operation: its address, what it is sent and what it answers, but for schemas and outcomes.

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
        "one more address", "calls go to an address that is not there"))),
    words("paths/*/summary", "path {0}: summary"),
    words("paths/*/description", "path {0}: description"),

    each("{operation}", "method", adds(Callers,
        "one more call", "calls are made with another method")),
    breaks("{operation}/operationId", "operationId",
        Callers, "generated functions are named by it"),
    words("{operation}/summary", "summary of the operation"),
    words("{operation}/description", "description of the operation"),
    words("{operation}/externalDocs", "documentation of the operation"),
    value("{operation}/deprecated", "deprecation of the operation", Depends(deprecated)),
    value("{operation}/tags", "tags of the operation", Depends(tags)),
    words("{operation}/x-title", "title of the operation's page"),
    words("{operation}/x-notes", "notes of the operation's page"),
    entries("{operation}/servers", "servers of the operation", Fields(SERVER)),
    each("{operation}/servers/*", "server {0} of the operation", adds(Callers,
        "one more address", "calls go to an address that is not there")),
    words("{operation}/servers/*/description", "server {0} of the operation: description"),
    words("{operation}/servers/*/x-source", "server {0} of the operation: source"),
    each("{operation}/x-effect", "effect of the operation", Added(
        patch("outcomes say the same as before"),
        major(Readers, "outcomes do not say any more whether the call took effect"))),
    breaks("{operation}/x-effect/name", "effect of the operation: name",
        Readers, "outcomes say it under another key"),
    breaks("{operation}/x-effect/of", "effect of the operation: field",
        Testers, "a sandbox tells repeated requests by another field"),
    words("{operation}/x-effect/*", "effect of the operation: {0}"),
    breaks("{operation}/security", "security of the operation",
        Callers, "calls are let in by other means"),

    each("{operation}/requestBody", "request body",
        Always(major(Callers, "calls are made with another body"))),
    words("{operation}/requestBody/description", "request body: description"),
    value("{operation}/requestBody/required", "request body: required", Depends(body_required)),
    entries("{operation}/requestBody/content", "request's media types", KeyOrAlone),
    each("{operation}/requestBody/content/*", "media type {0} of the request", adds(Callers,
        "one more form of the request", "requests are sent in another form")),
    breaks("{operation}/requestBody/content/*/schema", "schema of the request",
        Callers, "generated code has another type here"),
    entries("{operation}/requestBody/content/*/examples", "request examples", Key),
    // Nobody asks for a request example by its name: one that goes takes words alone with it.
    value("{operation}/requestBody/content/*/examples/*", "request example {1}",
        Added(minor(People, "one more request to start from"), WORDS)),

    entries("{operation}/responses", "answers", Key),
    each("{operation}/responses/*", "answer under status {0}", adds(Callers,
        "one more status is described", "generated code no longer expects the status")),
    words("{operation}/responses/*/description", "answer under status {0}: description"),
    entries("{operation}/responses/*/headers", "headers under status {0}", KeyInAnyCase),
    each("{operation}/responses/*/headers/*", "header {1} of the answer under status {0}",
        adds(Callers,
            "one more header can be read", "callers look for a header that is not there")),
    words("{operation}/responses/*/headers/*/description",
        "header {1} of the answer under status {0}: description"),
    entries("{operation}/responses/*/content", "answer's media types", KeyOrAlone),
    each("{operation}/responses/*/content/*", "media type {1} of the answer", adds(Callers,
        "one more form of the answer", "answers come in another form")),
    breaks("{operation}/responses/*/content/*/schema", "schema of the answer",
        Callers, "generated code has another type here"),

    entries("{operation}/responses/*/content/*/examples", "examples", KeyOrContent),
    each("{operation}/responses/*/content/*/examples/*", "example {2}", Changes(claims::example)),
    words("{operation}/responses/*/content/*/examples/*/summary", "example {2}: summary"),
    words("{operation}/responses/*/content/*/examples/*/description", "example {2}: description"),
    words("{operation}/responses/*/content/*/examples/*/x-source", "example {2}: source"),
    breaks("{operation}/responses/*/content/*/examples/*/x-outcome", "example {2}: outcome",
        Readers, "the same answer is read as another outcome"),
    breaks("{operation}/responses/*/content/*/examples/*/value/code", "example {2}: code",
        Testers, "the example answers something else"),
    value("{operation}/responses/*/content/*/examples/*/value/message", "example {2}: message",
        Changes(claims::example_message)),
    words("{operation}/responses/*/content/*/examples/*/value/*", "example {2}: {3}"),
];

/// Generators put a call into the class of its first tag.
fn tags(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let [was, is] = difference.values().map(|node| -> Vec<&str> {
        let items = node.map_or(&[][..], Node::items).iter();
        items.filter_map(Node::as_str).collect()
    });
    if was == is {
        SAME
    } else if !was.is_empty() && is.starts_with(&was) {
        minor(Callers, "the call stands in one more group")
    } else {
        major(Callers, "generators name classes by it")
    }
}

fn body_required(_: &Comparison<'_>, difference: &Difference<'_>) -> Effect {
    let refused = "a call without a body was accepted and is refused now";
    let accepted = "a call without a body is accepted too";
    match difference.flags() {
        [false, true] => major(Callers, refused),
        [true, false] => minor(Callers, accepted),
        _ => SAME,
    }
}
