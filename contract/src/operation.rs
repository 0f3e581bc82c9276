//! The operation: its address, the token that it takes, what it is sent and what it answers.
//!
//! progenitor panics or stops at some documents that are valid OpenAPI; those are refused here,
//! where the place is known.

mod body;
mod field;
mod response;
mod token_header;

pub use body::Body;
pub use field::{BrokenRule, Field};

use crate::{
    position::Located,
    reader::Reader,
    yaml::{Key, Node},
};

/// The methods of a path item in OpenAPI 3.0.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The one operation of the contract.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`.
    pub id: Located<String>,
    /// The method, upper case: `POST`.
    pub method: Located<String>,
    /// The path, with its first slash.
    pub path: Located<String>,
    /// The name of the request header that carries the access token.
    pub token_header: Located<String>,
    /// The body of a request.
    pub request: Body,
    /// The body of an answer.
    pub response: Body,
    /// The HTTP status under which the document describes the answer.
    pub status: Located<u16>,
}

/// The node of the operation, and as much of it as could be read: what is missing has been
/// reported, and does not keep the rest from being read.
pub(crate) struct Found<'n> {
    pub(crate) operation: Option<Operation>,
    pub(crate) node: &'n Node,
    /// The media type object of the answer, which has the examples.
    pub(crate) response_media: Option<&'n Node>,
}

pub(crate) fn read<'n>(reader: &mut Reader, root: &'n Node) -> Option<Found<'n>> {
    let (path, method, node) = find(reader, root)?;
    let id = reader.require(
        node.get("operationId"),
        node.at,
        "operation without operationId",
        "write operationId: enroll",
    );
    let id = id.and_then(|id| reader.text(id, "operationId"));
    let token_header = token_header::read(reader, root, node, method);
    let request = read_request(reader, root, node);
    let response = response::read(reader, root, node);
    let response_media = response.as_ref().map(|response| response.media);
    let operation = || {
        let response = response?;
        Some(Operation {
            id: id?,
            method: Located::new(method.text.to_ascii_uppercase(), method.at),
            path: path.located(),
            token_header: token_header?,
            request: request?,
            response: response.body,
            status: response.status?,
        })
    };
    Some(Found {
        operation: operation(),
        node,
        response_media,
    })
}

/// The one operation of the document.
fn find<'n>(reader: &mut Reader, root: &'n Node) -> Option<(&'n Key, &'n Key, &'n Node)> {
    let paths = root.entries_at(&["paths"]).iter();
    let mut operations = paths.flat_map(|(path, item)| {
        item.entries()
            .iter()
            .filter(|(method, _)| METHODS.contains(&method.text.as_str()))
            .map(move |(method, operation)| (path, method, operation))
    });
    let first = reader.require(
        operations.next(),
        root.at,
        "no operation",
        "write one path with one method under paths",
    );
    for (_, method, _) in operations {
        reader.problem(
            method.at,
            "a second operation, which this contract has no room for",
            "write it in a contract of its own",
        );
    }
    first
}

fn read_request(reader: &mut Reader, root: &Node, operation: &Node) -> Option<Body> {
    let content = reader.require(
        operation.at_path(&["requestBody", "content"]),
        operation.at,
        "operation without a request body",
        "write requestBody: with content of one media type",
    )?;
    body::read(reader, root, content).map(|(_, body)| body)
}
