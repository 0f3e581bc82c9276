//! The examples of requests and answers.

use crate::{
    envelope::{CODE, MESSAGE},
    position::Located,
    reader::Reader,
    sources::Sources,
    yaml::{Key, Node},
};

/// An example of a response: a body, and the outcome that its code and message mean.
#[derive(Debug, Clone)]
pub struct Example {
    /// The name. A client can ask a sandbox for an example by its name.
    pub name: Located<String>,
    /// The outcome that the example shows.
    pub outcome: Located<String>,
    /// The `code` of the body.
    pub code: Located<String>,
    /// The `message` of the body.
    pub message: Located<String>,
    /// The body. Its keys are in the order of the file.
    pub body: Located<serde_json::Value>,
    /// The source of the example, if it is not on the vendor's page.
    pub source: Option<Located<String>>,
}

/// An example of a request.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// The name.
    pub name: Located<String>,
    /// The body.
    pub body: Located<serde_json::Value>,
}

/// Reads the response examples of a media type object.
pub(crate) fn read(reader: &mut Reader, media: &Node, sources: &Sources) -> Vec<Example> {
    let entries = media.entries_at(&["examples"]);
    if entries.is_empty() {
        reader.problem(
            media.at,
            "the answer has no examples",
            "write examples: with one example for each pair of code and message",
        );
    }
    entries
        .iter()
        .filter_map(|(name, node)| read_example(reader, name, node, sources))
        .collect()
}

/// Reads the request examples of the operation.
pub(crate) fn read_requests(reader: &mut Reader, operation: &Node) -> Vec<RequestExample> {
    operation
        .entries_at(&["requestBody", "content"])
        .iter()
        .flat_map(|(_, media)| media.entries_at(&["examples"]))
        .filter_map(|(name, node)| {
            let value = read_value(reader, name, node)?;
            Some(RequestExample {
                name: name.located(),
                body: Located::new(value.to_json(), value.at),
            })
        })
        .collect()
}

fn read_example(
    reader: &mut Reader,
    name: &Key,
    node: &Node,
    sources: &Sources,
) -> Option<Example> {
    let source = node
        .get("x-source")
        .and_then(|source| reader.text(source, "x-source"));
    if let Some(source) = &source {
        sources.check(reader, source);
    }
    let outcome = reader.require(
        node.get("x-outcome"),
        name.at,
        format!("example {} has no x-outcome", name.text),
        "write x-outcome: with the name of the outcome that it shows",
    );
    let outcome = outcome.and_then(|outcome| reader.text(outcome, "x-outcome"));
    let value = read_value(reader, name, node)?;
    let code = read_member(reader, name, value, CODE);
    let message = read_member(reader, name, value, MESSAGE);
    Some(Example {
        name: name.located(),
        outcome: outcome?,
        code: code?,
        message: message?,
        body: Located::new(value.to_json(), value.at),
        source,
    })
}

fn read_value<'n>(reader: &mut Reader, name: &Key, node: &'n Node) -> Option<&'n Node> {
    reader.require(
        node.get("value"),
        name.at,
        format!("example {} has no value", name.text),
        "write value: with the body",
    )
}

fn read_member(
    reader: &mut Reader,
    name: &Key,
    value: &Node,
    member: &str,
) -> Option<Located<String>> {
    let found = reader.require(
        value.get(member),
        name.at,
        format!("the value of example {} has no {member}", name.text),
        format!("write {member}: …"),
    )?;
    reader.text(found, member)
}
