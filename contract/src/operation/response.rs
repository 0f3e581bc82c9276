//! What the operation answers: one envelope under one status.

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

/// The one response that has content.
pub(super) struct Response<'n> {
    /// Its media type object.
    pub(super) media: &'n Node,
    pub(super) status: Option<Located<u16>>,
    pub(super) body: Body,
    /// The fields of its data.
    pub(super) data: Vec<Field>,
    /// The name of the schema of codes.
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
        "operation without an answer",
        "write responses: with content under '200'",
    )?;
    for (other, _) in with_content {
        reader.problem(
            other.at,
            format!("content under a second status, {}", other.text),
            "write a description alone: generators read one envelope, whatever the status",
        );
    }
    let number = status.text.parse().ok();
    let number = reader.require(
        number.filter(|number| (200..300).contains(number)),
        status.at,
        format!("content under the status {}", status.text),
        "write it under a single status of success such as '200'",
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

/// The envelope must have the two fields that classification reads, and require `code` alone.
fn check_envelope(reader: &mut Reader, body: &Body) {
    let schema = &body.schema;
    for name in [CODE, MESSAGE] {
        reader.require(
            body.field(name),
            schema.at,
            format!("schema {schema} without the property {name}"),
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
            format!("write required: [{CODE}], so that an answer is not lost for one odd field"),
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
        format!("property {CODE} that does not refer to a schema of codes"),
        "write $ref: '#/components/schemas/NAME' with the schema that has x-extensible-enum",
    );
    name.map(|name| Located::new(name.to_owned(), code.at))
}

/// The fields of the schema that the data of the envelope refers to; none if it refers to none.
fn read_data(reader: &mut Reader, root: &Node, body: &Body, sources: &Sources) -> Vec<Field> {
    let path = ["components", "schemas", &body.schema, "properties", DATA];
    let reference = root
        .at_path(&path)
        .and_then(|data| data.get("$ref")?.as_str());
    let name = reference.and_then(|name| name.strip_prefix("#/components/schemas/"));
    let schema = name.and_then(|name| root.at_path(&["components", "schemas", name]));
    schema.map_or_else(Vec::new, |schema| field::read_all(reader, schema, sources))
}
