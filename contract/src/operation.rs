//! An operation: its address, its token, its request and its response.
//!
//! progenitor panics or fails on some documents that are valid OpenAPI. This module rejects them
//! first, because it can report the position.

mod body;
mod field;
mod response;
mod signature;
mod token_header;

pub use body::Body;
pub use field::{BrokenRule, Field, Kind};
pub use signature::{Clock, Signature};

use crate::{
    answers::{self, Answer},
    codes,
    effect::{self, Effect, EffectKeys},
    examples::{self, Example, RequestExample},
    identifiers,
    notes::{self, Note},
    outcomes::{self, Outcome, Precision},
    position::Located,
    reader::Reader,
    regions::Region,
    servers::{self, Server},
    sources::Sources,
    yaml::{Key, Node},
};

/// The HTTP methods that a path item may have in OpenAPI 3.0.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation of the contract.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`.
    pub id: Located<String>,
    /// The title of the operation's page.
    pub title: Located<String>,
    /// The HTTP method in upper case: `POST`.
    pub method: Located<String>,
    /// The path. It starts with a slash.
    pub path: Located<String>,
    /// The servers of the operation.
    pub servers: Vec<Server>,
    /// The name of the request header that carries the access token; `None` if the operation takes
    /// no token.
    pub token_header: Option<Located<String>>,
    /// The notes on its page, and where the document covers them.
    pub notes: Vec<Note>,
    /// What the operation changes, if anything.
    pub effect: Option<Effect>,
    /// The body of a request.
    pub request: Body,
    /// The body of an answer, which is the envelope.
    pub response: Body,
    /// The fields of the `data` of an answer.
    pub data: Vec<Field>,
    /// The HTTP status under which the document describes the response.
    pub status: Located<u16>,
    /// The codes that the operation's page lists.
    pub codes: Vec<Located<String>>,
    /// The outcomes: first its own, then those of the platform.
    pub outcomes: Vec<Outcome>,
    /// The request examples.
    pub request_examples: Vec<RequestExample>,
    /// The response examples.
    pub examples: Vec<Example>,
}

impl Operation {
    /// The answers that a server may send. First come the examples in the order of the file. Then,
    /// for each outcome without an example, there is one answer for each of its messages, or for
    /// each of its codes that has no known message.
    #[must_use]
    pub fn answers(&self) -> Vec<Answer> {
        answers::of(&self.examples, &self.outcomes, self.status.value)
    }

    /// The outcome of an answer with this code and message, and which part of the answer decided
    /// it. A contract that [`Contract::parse`](crate::Contract::parse) accepts has an outcome for
    /// every answer.
    #[must_use]
    pub fn classify(&self, code: &str, message: &str) -> Option<(&Outcome, Precision)> {
        outcomes::classify(&self.outcomes, code, message)
    }

    /// The outcome of answers that match no other outcome. A contract that
    /// [`Contract::parse`](crate::Contract::parse) accepts has one.
    #[must_use]
    pub fn default_outcome(&self) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.default)
    }
}

/// Reads every operation. An incomplete operation is reported, and the others are still read.
pub(crate) fn read_all(
    reader: &mut Reader,
    root: &Node,
    regions: &[Region],
    sources: &Sources,
) -> Vec<Operation> {
    let found: Vec<_> = find_all(root).collect();
    if found.is_empty() {
        reader.problem(
            root.at,
            "the document has no operation",
            "write a path with a method under paths",
        );
    }
    let effects = effect::names(found.iter().map(|(_, _, node)| *node));
    let operations: Vec<_> = found
        .iter()
        .filter_map(|(path, method, node)| {
            let id = read_id(reader, method, node);
            let title = node
                .get("x-title")
                .or_else(|| root.at_path(&["info", "title"]));
            let title = title.and_then(|title| reader.text(title, "title"));
            let servers = servers::read(reader, node, regions, sources);
            let token_header = token_header::read(reader, root, node, method);
            let parts = read_body_parts(reader, root, node, &effects, sources)?;
            Some(Operation {
                id: id?,
                title: title?,
                method: Located::new(method.text.to_ascii_uppercase(), method.at),
                path: path.located(),
                servers,
                token_header,
                notes: notes::read(reader, root, node),
                effect: parts.effect,
                request: parts.request?,
                response: parts.response.body,
                data: parts.response.data,
                status: parts.response.status?,
                codes: parts.codes,
                outcomes: parts.outcomes,
                request_examples: examples::read_requests(reader, node),
                examples: parts.examples,
            })
        })
        .collect();
    let ids = operations.iter().map(|operation| &operation.id);
    identifiers::check_variants(reader, "operation", ids, identifiers::variant_of);
    operations
}

/// The operations of the document as path, method and node.
pub(crate) fn find_all(root: &Node) -> impl Iterator<Item = (&Key, &Key, &Node)> {
    let paths = root.entries_at(&["paths"]).iter();
    paths.flat_map(|(path, item)| {
        item.entries()
            .iter()
            .filter(|(method, _)| METHODS.contains(&method.text.as_str()))
            .map(move |(method, operation)| (path, method, operation))
    })
}

fn read_id(reader: &mut Reader, method: &Key, node: &Node) -> Option<Located<String>> {
    let id = reader.require(
        node.get("operationId"),
        method.at,
        "the operation has no operationId",
        "write operationId: with a name in camelCase",
    );
    reader.text(id?, "operationId")
}

/// The parts of an operation that depend on its bodies.
struct BodyParts<'n> {
    effect: Option<Effect>,
    request: Option<Body>,
    response: response::Response<'n>,
    codes: Vec<Located<String>>,
    outcomes: Vec<Outcome>,
    examples: Vec<Example>,
}

fn read_body_parts<'n>(
    reader: &mut Reader,
    root: &'n Node,
    node: &'n Node,
    effects: &[String],
    sources: &Sources,
) -> Option<BodyParts<'n>> {
    let effect = effect::read(reader, node);
    let request = read_request(reader, root, node, sources);
    check_effect(reader, effect.as_ref(), request.as_ref());
    let response = response::read(reader, root, node, sources);
    let examples = response.as_ref().map(|response| response.media);
    let examples = examples.map(|media| examples::read(reader, media, sources));
    let examples = examples.unwrap_or_default();
    let keys = EffectKeys {
        own: effect.as_ref().map(|effect| effect.name.as_str()),
        all: effects,
    };
    let outcomes = outcomes::read(reader, root, node, &examples, keys, sources);
    let response = response?;
    let codes = codes::read(reader, root, &response.code_schema, &outcomes);
    Some(BodyParts {
        effect,
        request,
        response,
        codes,
        outcomes,
        examples,
    })
}

/// Checks that the field of an effect is required, so that every request has it.
fn check_effect(reader: &mut Reader, effect: Option<&Effect>, request: Option<&Body>) {
    let (Some(effect), Some(request)) = (effect, request) else {
        return;
    };
    let field = request.field(&effect.of).filter(|field| field.required);
    reader.require(
        field,
        effect.of.at,
        format!(
            "the effect is of the field {}, which is not required in a request",
            effect.of
        ),
        format!("write the name of a required field of {}", request.schema),
    );
}

fn read_request(
    reader: &mut Reader,
    root: &Node,
    operation: &Node,
    sources: &Sources,
) -> Option<Body> {
    let content = reader.require(
        operation.at_path(&["requestBody", "content"]),
        operation.at,
        "the operation has no request body",
        "write requestBody: with content of one media type",
    )?;
    body::read(reader, root, content, sources).map(|(_, body)| body)
}
