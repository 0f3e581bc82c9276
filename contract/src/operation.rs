//! The operation: its address, the token that it takes, what it is sent and what it answers.
//!
//! progenitor panics or stops at some documents that are valid OpenAPI; those are refused here,
//! where the place is known.

use std::fmt;

use heck::ToUpperCamelCase;

use crate::{
    codes, names,
    reader::{Located, Reader},
    yaml::{Key, Node},
};

/// The property of the envelope that says what happened.
pub(crate) const CODE: &str = "code";
/// The property of the envelope that refines the code.
pub(crate) const MESSAGE: &str = "message";

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

/// A JSON body: its media type, its schema and its fields.
#[derive(Debug, Clone)]
pub struct Body {
    /// The media type.
    pub media_type: Located<String>,
    /// The name of the schema under `components.schemas`.
    pub schema: Located<String>,
    /// The properties of the schema, in the order of the file.
    pub fields: Vec<Field>,
}

impl Body {
    /// The field of this name on the wire.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.value == name)
    }
}

/// A property of a body.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name on the wire.
    pub name: Located<String>,
    /// Whether the schema requires it.
    pub required: bool,
    /// The smallest length of a text, in characters.
    pub min_length: Option<u64>,
    /// The greatest length of a text, in characters.
    pub max_length: Option<u64>,
    /// Whether a text must have a character that is not white space: `pattern: '\S'`.
    pub not_blank: bool,
}

impl Field {
    /// Checks `text` against the rules of this field. A text is blank if it is white space alone;
    /// its length is counted in characters.
    ///
    /// # Errors
    ///
    /// The first rule that `text` breaks.
    pub fn check(&self, text: &str) -> Result<(), BrokenRule> {
        if self.not_blank && text.trim().is_empty() {
            return Err(BrokenRule::Blank);
        }
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Err(BrokenRule::TooShort { length, least });
        }
        match self.max_length.filter(|most| length > *most) {
            Some(most) => Err(BrokenRule::TooLong { length, most }),
            None => Ok(()),
        }
    }
}

/// The rule of a [`Field`] that a text breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BrokenRule {
    /// The text is empty or white space alone.
    Blank,
    /// The text is too short.
    TooShort {
        /// The characters that it has.
        length: u64,
        /// The characters that it must have at least.
        least: u64,
    },
    /// The text is too long.
    TooLong {
        /// The characters that it has.
        length: u64,
        /// The characters that it may have at most.
        most: u64,
    },
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("is blank"),
            Self::TooShort { length, least } => {
                write!(f, "has {length} characters; pass at least {least}")
            }
            Self::TooLong { length, most } => {
                write!(f, "has {length} characters; pass at most {most}")
            }
        }
    }
}

impl std::error::Error for BrokenRule {}

/// The node of the operation, and as much of it as could be read: what is missing has been
/// reported, and does not keep the rest from being read.
pub(crate) struct Found<'n> {
    pub(crate) operation: Option<Operation>,
    pub(crate) node: &'n Node,
    /// The media type object of the answer, which has the examples.
    pub(crate) answer: Option<&'n Node>,
}

pub(crate) fn read<'n>(reader: &mut Reader, root: &'n Node) -> Option<Found<'n>> {
    let (path, method, node) = find(reader, root)?;
    let id = node.get("operationId");
    if id.is_none() {
        reader.problem(
            node.at,
            "operation without operationId",
            "write operationId: enroll",
        );
    }
    let id = id.and_then(|id| reader.text(id, "operationId"));
    let token_header = read_token(reader, root, node, method);
    let request = read_request(reader, root, node);
    let (answer, status, response) = match read_answer(reader, root, node) {
        Some((answer, status, response)) => (Some(answer), status, Some(response)),
        None => (None, None, None),
    };
    let method = Located::new(method.text.to_ascii_uppercase(), method.at);
    let operation = (|| {
        Some(Operation {
            id: id?,
            method,
            path: path.located(),
            token_header: token_header?,
            request: request?,
            response: response?,
            status: status?,
        })
    })();
    Some(Found {
        operation,
        node,
        answer,
    })
}

/// The one operation of the document.
fn find<'n>(reader: &mut Reader, root: &'n Node) -> Option<(&'n Key, &'n Key, &'n Node)> {
    let paths = root.get("paths").map_or(&[][..], Node::entries);
    let mut operations = paths.iter().flat_map(|(path, item)| {
        item.entries()
            .iter()
            .filter(|(method, _)| METHODS.contains(&method.text.as_str()))
            .map(move |(method, operation)| (path, method, operation))
    });
    let first = operations.next();
    if first.is_none() {
        reader.problem(
            root.at,
            "no operation",
            "write one path with one method under paths",
        );
    }
    for (_, method, _) in operations {
        reader.problem(
            method.at,
            "a second operation, which this contract has no room for",
            "write it in a contract of its own",
        );
    }
    first
}

/// The header of the `apiKey` scheme that the operation asks for.
fn read_token(
    reader: &mut Reader,
    root: &Node,
    operation: &Node,
    method: &Key,
) -> Option<Located<String>> {
    let wanted: Vec<&Key> = operation
        .get("security")
        .or_else(|| root.get("security"))
        .map_or(&[][..], Node::items)
        .iter()
        .flat_map(Node::entries)
        .map(|(name, _)| name)
        .collect();
    let [name] = wanted.as_slice() else {
        reader.problem(
            method.at,
            format!("operation that asks for {} security schemes", wanted.len()),
            "write security: with the one apiKey scheme that carries the access token",
        );
        return None;
    };
    let scheme = root.at_path(&["components", "securitySchemes", &name.text]);
    let header = scheme
        .filter(|scheme| scheme.get("type").and_then(Node::as_str) == Some("apiKey"))
        .filter(|scheme| scheme.get("in").and_then(Node::as_str) == Some("header"))
        .and_then(|scheme| scheme.get("name"))
        .filter(|header| {
            header
                .as_str()
                .is_some_and(|name| name.parse::<http::HeaderName>().is_ok())
        });
    let Some(header) = header else {
        reader.problem(
            name.at,
            format!(
                "security scheme {} that is no apiKey in a header",
                name.text
            ),
            format!(
                "write components.securitySchemes.{}: {{ type: apiKey, in: header, name: … }}",
                name.text
            ),
        );
        return None;
    };
    reader.text(header, "header name")
}

fn read_request(reader: &mut Reader, root: &Node, operation: &Node) -> Option<Body> {
    let Some(content) = operation.at_path(&["requestBody", "content"]) else {
        reader.problem(
            operation.at,
            "operation without a request body",
            "write requestBody: with content of one media type",
        );
        return None;
    };
    read_body(reader, root, content).map(|(_, body)| body)
}

/// The answer: the one status that has content.
fn read_answer<'n>(
    reader: &mut Reader,
    root: &Node,
    operation: &'n Node,
) -> Option<(&'n Node, Option<Located<u16>>, Body)> {
    let responses = operation.get("responses").map_or(&[][..], Node::entries);
    let mut with_content = responses
        .iter()
        .filter_map(|(status, response)| Some((status, response.get("content")?)));
    let Some((status, content)) = with_content.next() else {
        reader.problem(
            operation.at,
            "operation without an answer",
            "write responses: with content under '200'",
        );
        return None;
    };
    for (other, _) in with_content {
        reader.problem(
            other.at,
            format!("content under a second status, {}", other.text),
            "write a description alone: generators read one envelope, whatever the status",
        );
    }
    let number = status
        .text
        .parse::<u16>()
        .ok()
        .filter(|n| (200..300).contains(n));
    if number.is_none() {
        reader.problem(
            status.at,
            format!("content under the status {}", status.text),
            "write it under a single status of success such as '200'",
        );
    }
    let (media, body) = read_body(reader, root, content)?;
    check_envelope(reader, root, &body);
    Some((
        media,
        number.map(|number| Located::new(number, status.at)),
        body,
    ))
}

/// The one media type of `content`, and its schema.
fn read_body<'n>(reader: &mut Reader, root: &Node, content: &'n Node) -> Option<(&'n Node, Body)> {
    let [(media_type, media)] = content.entries() else {
        reader.problem(
            content.at,
            format!("content of {} media types", content.entries().len()),
            "write one: application/json",
        );
        return None;
    };
    if media_type.text != "application/json" {
        reader.problem(
            media_type.at,
            format!(
                "media type {}, which the client does not speak",
                media_type.text
            ),
            "write application/json",
        );
    }
    let reference = media.at_path(&["schema", "$ref"]);
    let name = reference
        .and_then(Node::as_str)
        .and_then(|reference| reference.strip_prefix("#/components/schemas/"));
    let schema = name.and_then(|name| root.at_path(&["components", "schemas", name]));
    let (Some(name), Some(schema)) = (name, schema) else {
        reader.problem(
            reference.map_or(media.at, |reference| reference.at),
            "content whose schema is not one of components.schemas",
            "write schema: { $ref: '#/components/schemas/NAME' } with a name that is there",
        );
        return None;
    };
    Some((
        media,
        Body {
            media_type: media_type.located(),
            schema: Located::new(name.to_owned(), schema.at),
            fields: read_fields(reader, schema),
        },
    ))
}

fn read_fields(reader: &mut Reader, schema: &Node) -> Vec<Field> {
    let required: Vec<&str> = schema
        .get("required")
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let properties = schema.get("properties").map_or(&[][..], Node::entries);
    let names: Vec<_> = properties
        .iter()
        .map(|(name, _)| (name.located(), name.text.to_upper_camel_case()))
        .collect();
    names::check_variants(reader, "property", &names);
    properties
        .iter()
        .map(|(name, property)| Field {
            name: name.located(),
            required: required.contains(&name.text.as_str()),
            min_length: property.get("minLength").and_then(Node::as_u64),
            max_length: property.get("maxLength").and_then(Node::as_u64),
            not_blank: read_pattern(reader, property),
        })
        .collect()
}

/// `\S` is the one pattern that is turned into a check; any other would be a rule nobody keeps.
fn read_pattern(reader: &mut Reader, property: &Node) -> bool {
    let Some(pattern) = property.get("pattern") else {
        return false;
    };
    let known = pattern.as_str() == Some(r"\S");
    if !known {
        reader.problem(
            pattern.at,
            "a pattern that the client does not check",
            r"write '\S' for text that is not blank, or leave it out",
        );
    }
    known
}

/// The envelope must have the two fields that classification reads, and require `code` alone.
fn check_envelope(reader: &mut Reader, root: &Node, body: &Body) {
    let missing = [CODE, MESSAGE]
        .into_iter()
        .filter(|name| !body.fields.iter().any(|field| field.name.value == *name));
    for name in missing {
        reader.problem(
            body.schema.at,
            format!("schema {} without the property {name}", body.schema),
            format!("write properties: {name}: …"),
        );
    }
    for field in &body.fields {
        if field.required != (field.name.value == CODE) {
            let verb = if field.required {
                "requires"
            } else {
                "does not require"
            };
            reader.problem(
                field.name.at,
                format!("schema {} {verb} {}", body.schema, field.name),
                format!(
                    "write required: [{CODE}], so that an answer is not lost for one odd field"
                ),
            );
        }
    }
    let code = root.at_path(&[
        "components",
        "schemas",
        &body.schema.value,
        "properties",
        CODE,
    ]);
    let refers = |code: &&Node| code.get("$ref").and_then(Node::as_str) == Some(codes::REFERENCE);
    if let Some(code) = code.filter(|code| !refers(code)) {
        reader.problem(
            code.at,
            format!("property {CODE} that does not refer to the schema of codes"),
            format!("write $ref: '{}'", codes::REFERENCE),
        );
    }
}
