//! The response of an operation: one envelope under one status.

use super::{
    body::{self, Body},
    field::{self, Field},
};
use crate::{
    envelope::{CODE, DATA, MESSAGE},
    position::Located,
    reader::Reader,
    sources::Sources,
    yaml::Node,
};

/// The only response that has content.
pub(super) struct Response<'n> {
    /// The media type object of the content.
    pub(super) media: &'n Node,
    pub(super) status: Option<Located<u16>>,
    pub(super) body: Body,
    /// The fields of the data in the envelope.
    pub(super) data: Vec<Field>,
    /// The name of the schema that lists the codes.
    pub(super) code_schema: Located<String>,
}

pub(super) fn read<'n>(
    reader: &mut Reader,
    root: &Node,
    operation: &'n Node,
    sources: &Sources,
) -> Option<Response<'n>> {
    let responses = operation.entries_at(&["responses"]).iter();
    let mut with_content =
        responses.filter_map(|(status, response)| Some((status, response.get("content")?)));
    let (status, content) = reader.require(
        with_content.next(),
        operation.at,
        "the operation has no response with content",
        "write responses: with content under '200'",
    )?;
    for (other, _) in with_content {
        reader.problem(
            other.at,
            format!("a second status, {}, has content", other.text),
            "keep its description only, because the client reads the same envelope under every status",
        );
    }
    let number = status.text.parse().ok();
    let number = reader.require(
        number.filter(|number| (200..300).contains(number)),
        status.at,
        format!(
            "content is under the status {}, which is not one status of success",
            status.text
        ),
        "write it under '200' or another status of success",
    );
    let (media, body) = body::read(reader, root, content, sources)?;
    check_envelope(reader, &body);
    let code_schema = read_code_schema(reader, root, &body)?;
    Some(Response {
        media,
        status: number.map(|number| Located::new(number, status.at)),
        data: read_data(reader, root, &body, sources),
        body,
        code_schema,
    })
}

/// The envelope must have the two fields that classification reads. Only `code` may be required.
fn check_envelope(reader: &mut Reader, body: &Body) {
    let schema = &body.schema;
    for name in [CODE, MESSAGE] {
        reader.require(
            body.field(name),
            schema.at,
            format!("schema {schema} has no property {name}"),
            format!("write properties: {name}: …"),
        );
    }
    for field in &body.fields {
        let verb = match (field.required, *field.name == CODE) {
            (true, false) => "requires",
            (false, true) => "does not require",
            _ => continue,
        };
        reader.problem(
            field.name.at,
            format!("schema {schema} {verb} {}", field.name),
            format!("write required: [{CODE}], so that a client can read an answer in which another field is missing"),
        );
    }
}

/// The schema that the code of the envelope refers to.
fn read_code_schema(reader: &mut Reader, root: &Node, body: &Body) -> Option<Located<String>> {
    let path = ["components", "schemas", &body.schema, "properties", CODE];
    let code = root.at_path(&path)?;
    let name = code.get("$ref").and_then(Node::as_str);
    let name = name.and_then(|name| name.strip_prefix("#/components/schemas/"));
    let name = reader.require(
        name,
        code.at,
        format!("property {CODE} does not refer to a schema that lists codes"),
        "write $ref: '#/components/schemas/NAME' with the schema that has x-extensible-enum",
    );
    name.map(|name| Located::new(name.to_owned(), code.at))
}

/// The fields of the schema that the data of the envelope refers to, or none without a reference.
fn read_data(reader: &mut Reader, root: &Node, body: &Body, sources: &Sources) -> Vec<Field> {
    let path = ["components", "schemas", &body.schema, "properties", DATA];
    let reference = root
        .at_path(&path)
        .and_then(|data| data.get("$ref")?.as_str());
    let name = reference.and_then(|name| name.strip_prefix("#/components/schemas/"));
    let schema = name.and_then(|name| root.at_path(&["components", "schemas", name]));
    schema.map_or_else(Vec::new, |schema| field::read_all(reader, schema, sources))
}
