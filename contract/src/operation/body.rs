//! The body of a request or an answer: JSON that follows a named schema.

use super::field::{self, Field};
use crate::{position::Located, reader::Reader, sources::Sources, yaml::Node};

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
    /// The field with this JSON name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| *field.name == name)
    }
}

/// The only media type object of `content`, and the body that it describes.
pub(super) fn read<'n>(
    reader: &mut Reader,
    root: &Node,
    content: &'n Node,
    sources: &Sources,
) -> Option<(&'n Node, Body)> {
    let [(media_type, media)] = content.entries() else {
        reader.problem(
            content.at,
            format!("content has {} media types", content.entries().len()),
            "write one: application/json",
        );
        return None;
    };
    if media_type.text != "application/json" {
        reader.problem(
            media_type.at,
            format!(
                "the client does not support the media type {}",
                media_type.text
            ),
            "write application/json",
        );
    }
    let reference = media.at_path(&["schema", "$ref"]);
    let named = reference
        .and_then(Node::as_str)
        .and_then(|reference| reference.strip_prefix("#/components/schemas/"))
        .and_then(|name| Some((name, root.at_path(&["components", "schemas", name])?)));
    let (name, schema) = reader.require(
        named,
        reference.unwrap_or(media).at,
        "the schema of the content is not one of components.schemas",
        "write schema: { $ref: '#/components/schemas/NAME' } with the name of a schema that exists",
    )?;
    let body = Body {
        media_type: media_type.located(),
        schema: Located::new(name.to_owned(), schema.at),
        fields: field::read_all(reader, schema, sources),
    };
    Some((media, body))
}
