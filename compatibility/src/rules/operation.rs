//! The operation: its address, what it is sent and what it answers, but for schemas and outcomes.

use face_search_enroll_contract::yaml::Node;

use super::{
    super::{
        change::{
            Affected::{Callers, People, Readers, Testers},
            Change, Class,
        },
        pair::By,
        spot::Difference,
    },
    Both,
    Judge::{Adds, Breaks, By as Depends, Words},
    Row,
    Rule::{Each, Entries, Value},
    claims, deprecated, row, same, words,
};

pub(super) const ROWS: &[Row] = &[
    row("paths", "paths", Entries(By::KeyOrAlone)),
    row(
        "paths/*",
        "path {0}",
        Each(
            By::Method,
            Adds {
                affected: Callers,
                added: "one more address",
                broken: "calls go to an address that is not there",
            },
        ),
    ),
    row("paths/*/summary", "path {0}: summary", Value(Words)),
    row("paths/*/description", "path {0}: description", Value(Words)),
    row(
        "{operation}",
        "method",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more call",
                broken: "calls are made with another method",
            },
        ),
    ),
    row(
        "{operation}/operationId",
        "operationId",
        Value(Breaks(Callers, "generated functions are named by it")),
    ),
    row(
        "{operation}/summary",
        "summary of the operation",
        Value(Words),
    ),
    row(
        "{operation}/description",
        "description of the operation",
        Value(Words),
    ),
    row(
        "{operation}/externalDocs",
        "documentation of the operation",
        Value(Words),
    ),
    row(
        "{operation}/deprecated",
        "deprecation of the operation",
        Value(Depends(deprecated)),
    ),
    row(
        "{operation}/tags",
        "tags of the operation",
        Value(Depends(tags)),
    ),
    row(
        "{operation}/security",
        "security of the operation",
        Value(Breaks(Callers, "calls are let in by other means")),
    ),
    row(
        "{operation}/requestBody",
        "request body",
        Each(By::Key, Breaks(Callers, "calls are made with another body")),
    ),
    row(
        "{operation}/requestBody/description",
        "request body: description",
        Value(Words),
    ),
    row(
        "{operation}/requestBody/required",
        "request body: required",
        Value(Depends(body_required)),
    ),
    row(
        "{operation}/requestBody/content",
        "request's media types",
        Entries(By::KeyOrAlone),
    ),
    row(
        "{operation}/requestBody/content/*",
        "media type {0} of the request",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more form of the request",
                broken: "requests are sent in another form",
            },
        ),
    ),
    row(
        "{operation}/requestBody/content/*/schema",
        "schema of the request",
        Value(Breaks(Callers, "generated code has another type here")),
    ),
    row(
        "{operation}/requestBody/content/*/examples",
        "request examples",
        Entries(By::Key),
    ),
    row(
        "{operation}/requestBody/content/*/examples/*",
        "request example {1}",
        Value(Depends(request_example)),
    ),
    row("{operation}/responses", "answers", Entries(By::Key)),
    row(
        "{operation}/responses/*",
        "answer under status {0}",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more status is described",
                broken: "generated code no longer expects the status",
            },
        ),
    ),
    row(
        "{operation}/responses/*/description",
        "answer under status {0}: description",
        Value(Words),
    ),
    row(
        "{operation}/responses/*/headers",
        "headers under status {0}",
        Entries(By::Key),
    ),
    row(
        "{operation}/responses/*/headers/*",
        "header {1} of the answer under status {0}",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more header can be read",
                broken: "callers look for a header that is not there",
            },
        ),
    ),
    row(
        "{operation}/responses/*/headers/*/description",
        "header {1} of the answer under status {0}: description",
        Value(Words),
    ),
    row(
        "{operation}/responses/*/content",
        "answer's media types",
        Entries(By::KeyOrAlone),
    ),
    row(
        "{operation}/responses/*/content/*",
        "media type {1} of the answer",
        Each(
            By::Key,
            Adds {
                affected: Callers,
                added: "one more form of the answer",
                broken: "answers come in another form",
            },
        ),
    ),
    row(
        "{operation}/responses/*/content/*/schema",
        "schema of the answer",
        Value(Breaks(Callers, "generated code has another type here")),
    ),
    row(
        "{operation}/responses/*/content/*/examples",
        "examples",
        Entries(By::KeyOrContent),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*",
        "example {2}",
        Each(By::Key, Depends(claims::example)),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*/summary",
        "example {2}: summary",
        Value(Words),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*/description",
        "example {2}: description",
        Value(Words),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*/x-source",
        "example {2}: source",
        Value(Words),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*/x-outcome",
        "example {2}: outcome",
        Value(Breaks(
            Readers,
            "the same answer is read as another outcome",
        )),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*/value/code",
        "example {2}: code",
        Value(Breaks(Testers, "the example answers something else")),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*/value/message",
        "example {2}: message",
        Value(Depends(claims::example_message)),
    ),
    row(
        "{operation}/responses/*/content/*/examples/*/value/*",
        "example {2}: {3}",
        Value(Words),
    ),
];

/// Generators put a call into the class of its first tag.
fn tags(_: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let (was, is) = difference.values();
    let names = |node: Option<&Node>| -> Vec<String> {
        let items = node.map_or(&[][..], Node::items).iter();
        items
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    };
    let (was, is) = (names(was), names(is));
    let change = if was == is {
        same(difference)
    } else if !was.is_empty() && is.starts_with(&was) {
        difference.change(Class::Minor, Callers, "the call stands in one more group")
    } else {
        difference.change(Class::Major, Callers, "generators name classes by it")
    };
    vec![change]
}

fn body_required(_: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let change = match super::flags(difference) {
        (false, true) => difference.change(
            Class::Major,
            Callers,
            "a call without a body was accepted and is refused now",
        ),
        (true, false) => difference.change(
            Class::Minor,
            Callers,
            "a call without a body is accepted too",
        ),
        _ => same(difference),
    };
    vec![change]
}

/// Nobody asks for a request example by its name: one that goes takes words alone with it.
fn request_example(_: &Both<'_>, difference: &Difference<'_>) -> Vec<Change> {
    let change = if difference.was.is_none() {
        difference.change(Class::Minor, People, "one more request to start from")
    } else {
        words(difference)
    };
    vec![change]
}
