//! What a page states about answers.

use face_search_enroll_contract::envelope::{CODE, MESSAGE};
use face_search_enroll_vendor_page::{ResponseField, VendorPage};
use heck::{ToKebabCase, ToUpperCamelCase};
use serde_json::Value as Json;

use super::known::Skeleton;
use crate::{
    pieces,
    yaml::{entry, line, quoted, unindented},
};

/// A property without a type takes any value.
const UNDOCUMENTED: &str = "description: Listed on the vendor's page, without a type.";

pub(super) fn answer(skeleton: &Skeleton<'_>, out: &mut String) {
    line(out, 4, "responses:");
    line(out, 6, "'200':");
    line(
        out,
        8,
        "description: The envelope, for success and failure alike.",
    );
    line(out, 8, "content:");
    line(out, 10, &format!("{}:", skeleton.media_type()));
    line(out, 12, "schema:");
    let reference = format!("$ref: '#/components/schemas/{}Response'", skeleton.prefix);
    line(out, 14, &reference);
    line(out, 12, "examples:");
    let mut names: Vec<String> = Vec::new();
    for body in bodies(skeleton.page) {
        let text = |key: &str| body.get(key).and_then(Json::as_str).unwrap_or_default();
        let (code, message) = (text(CODE), text(MESSAGE));
        let name = code.to_kebab_case();
        let earlier = names.iter().filter(|it| **it == name).count();
        let numbered = match earlier {
            0 => name.clone(),
            _ => format!("{name}-{}", earlier + 1),
        };
        names.push(name);
        line(out, 14, &format!("{numbered}:"));
        let outcome = skeleton.meanings.outcome_of(code, message);
        line(out, 16, &format!("x-outcome: {outcome}"));
        for text in entry("value", body) {
            line(out, 16, &text);
        }
    }
}

/// The distinct bodies of the examples.
fn bodies(page: &VendorPage) -> Vec<&Json> {
    let mut bodies: Vec<&Json> = Vec::new();
    for example in &page.response_examples {
        if let Ok(body) = &example.body.json
            && !bodies.contains(&body)
        {
            bodies.push(body);
        }
    }
    bodies
}

pub(super) fn schemas(skeleton: &Skeleton<'_>, out: &mut String) {
    let (page, prefix) = (skeleton.page, &skeleton.prefix);
    line(out, 2, &format!("{prefix}Response:"));
    line(out, 4, "type: object");
    line(out, 4, &format!("required: [{CODE}]"));
    line(out, 4, "additionalProperties: true");
    line(out, 4, "properties:");
    let bodies = bodies(page);
    for field in &page.response_fields {
        property(field, prefix, &bodies, out);
    }
    for field in page.response_fields.iter().filter(|it| is_object(it)) {
        members(field, prefix, &bodies, out);
    }
    line(out, 2, &format!("{prefix}Code:"));
    line(out, 4, "type: string");
    line(out, 4, "x-extensible-enum:");
    for code in &skeleton.meanings.codes {
        line(out, 6, &format!("- {}", quoted(code)));
    }
}

fn members(field: &ResponseField, prefix: &str, bodies: &[&Json], out: &mut String) {
    line(out, 2, &format!("{}:", member_schema(prefix, field)));
    line(out, 4, "type: object");
    line(out, 4, "nullable: true");
    line(out, 4, "additionalProperties: true");
    line(out, 4, "properties:");
    let objects = bodies.iter().filter_map(|body| body.get(&field.name));
    let objects: Vec<_> = objects.collect();
    for member in &field.members {
        member_property(&member.name, &objects, out);
    }
}

fn member_property(name: &str, objects: &[&Json], out: &mut String) {
    line(out, 6, &format!("{}:", quoted(name)));
    write_type(&Seen::of(name, objects), out);
}

fn is_object(field: &ResponseField) -> bool {
    !field.members.is_empty()
}

fn member_schema(prefix: &str, field: &ResponseField) -> String {
    format!("{prefix}{}", field.name.to_upper_camel_case())
}

fn property(field: &ResponseField, prefix: &str, bodies: &[&Json], out: &mut String) {
    line(out, 6, &format!("{}:", quoted(&field.name)));
    let referred = match field.name.as_str() {
        CODE => Some(format!("{prefix}Code")),
        _ => is_object(field).then(|| member_schema(prefix, field)),
    };
    if let Some(schema) = referred {
        line(out, 8, &format!("$ref: '#/components/schemas/{schema}'"));
        return;
    }
    let seen = match field.name.as_str() {
        MESSAGE => Seen {
            kind: Some("string"),
            null: false,
        },
        name => Seen::of(name, bodies),
    };
    let is_plain = seen.kind.is_none()
        && field.max_length.is_none()
        && !field.deprecated
        && field.constant.is_none();
    if is_plain {
        line(out, 8, UNDOCUMENTED);
        return;
    }
    write_type(&seen, out);
    if let Some(length) = field.max_length {
        line(out, 8, &format!("maxLength: {length}"));
    }
    if field.deprecated {
        line(out, 8, "deprecated: true");
    }
    if let Some(constant) = &field.constant {
        line(out, 8, &format!("x-always: {}", quoted(constant)));
    }
}

/// The lines for a new field of an answer, and, if it has members, for the schema that it refers to.
pub(crate) fn new_property(
    field: &ResponseField,
    prefix: &str,
    page: &VendorPage,
) -> (Vec<String>, Vec<String>) {
    let bodies = bodies(page);
    let (mut out, mut referred) = (String::new(), String::new());
    property(field, prefix, &bodies, &mut out);
    if is_object(field) {
        members(field, prefix, &bodies, &mut referred);
    }
    (unindented(&out, 6), unindented(&referred, 2))
}

/// The lines for a new member of a field.
pub(crate) fn new_member(field: &str, member: &str, page: &VendorPage) -> Vec<String> {
    let mut out = String::new();
    let bodies = bodies(page);
    let objects: Vec<_> = bodies.iter().filter_map(|body| body.get(field)).collect();
    member_property(member, &objects, &mut out);
    unindented(&out, 6)
}

/// The type that a member has in bodies.
struct Seen {
    kind: Option<&'static str>,
    null: bool,
}

impl Seen {
    fn of(name: &str, bodies: &[&Json]) -> Self {
        let values = bodies.iter().filter_map(|body| body.get(name));
        let mut values: Vec<_> = values.map(pieces::type_of).collect();
        let count = values.len();
        values.retain(|kind| *kind != "null");
        Self {
            null: values.len() < count,
            // If types differ, any type is allowed.
            kind: values
                .first()
                .copied()
                .filter(|first| values.iter().all(|it| it == first)),
        }
    }
}

fn write_type(seen: &Seen, out: &mut String) {
    match seen.kind {
        None => line(out, 8, UNDOCUMENTED),
        Some(kind) => {
            line(out, 8, &format!("type: {kind}"));
            if kind == "integer" {
                line(out, 8, "format: int64");
            }
            if kind == "array" {
                line(out, 8, "items: {}");
            }
            if seen.null {
                line(out, 8, "nullable: true");
            }
        }
    }
}
