//! Makes a copy of the contract that is strict about requests and lenient about answers.
//!
//! The contract describes what the vendor promises. A client that insists on it could not read an
//! answer with one odd field, and a successful enrolment would look like a failure. In the copy,
//! every field of an answer except the code may be missing, null, of another type or too long.

use std::error::Error;

use face_search_enroll_contract::{Contract, Operation, envelope};
use serde_json::{Map, Value, json};

/// A schema of the copy and the Rust type that replaces it.
pub(super) struct Replacement {
    pub(super) schema: String,
    pub(super) rust: String,
}

/// The copy, and the replacements of its schemas.
pub(super) struct RelaxedContract {
    pub(super) document: openapiv3::OpenAPI,
    pub(super) replacements: Vec<Replacement>,
}

pub(super) fn relax(contract: &Contract) -> Result<RelaxedContract, Box<dyn Error>> {
    let mut document = contract.tree.to_json();
    for operation in &contract.operations {
        drop_bodiless_answers(&mut document, operation);
    }
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
        .ok_or("could not generate the client: the contract has no components.schemas; add the schemas of its operations")?;
    let mut replacements = Vec::new();
    let mut relaxed = Vec::new();
    for operation in &contract.operations {
        drop_rules(schemas, &operation.request.schema, &mut replacements);
        let schema = &operation.response.schema;
        relax_schema(schemas, schema, &mut replacements, &mut relaxed);
    }
    for Replacement { schema, .. } in &replacements {
        schemas
            .entry(schema.as_str())
            .or_insert_with(|| json!({ "type": "string" }));
    }
    Ok(RelaxedContract {
        document: serde_json::from_value(document)?,
        replacements,
    })
}

/// Removes responses without a body. The generated client would drop the body of a response that is
/// described without one. It returns an undescribed response unread, and that may have an envelope.
fn drop_bodiless_answers(document: &mut Value, operation: &Operation) {
    let responses = document
        .get_mut("paths")
        .and_then(|paths| paths.get_mut(&operation.path.value))
        .and_then(|item| item.get_mut(operation.method.to_lowercase()))
        .and_then(|operation| operation.get_mut("responses"))
        .and_then(Value::as_object_mut);
    if let Some(responses) = responses {
        responses.retain(|_, response| response.get("content").is_some());
    }
}

/// Removes rules of a request that the layer checks itself. A pattern would need a regex engine,
/// and each bound would need a type. A secret gets a type that does not show its value.
fn drop_rules(schemas: &mut Map<String, Value>, schema: &str, replacements: &mut Vec<Replacement>) {
    for (_, property) in properties(schemas, schema) {
        let is_integer = property.get("type") == Some(&Value::from("integer"));
        if is_secret(property) {
            *property = hidden(property, replacements);
        } else if let Some(property) = property.as_object_mut() {
            property.shift_remove("pattern");
            if is_integer {
                for bound in ["minimum", "maximum", "default"] {
                    property.shift_remove(bound);
                }
            }
        }
    }
}

/// Whether the value of `property` must not be shown.
fn is_secret(property: &Value) -> bool {
    property.get("format") == Some(&Value::from("password"))
}

/// The property with a type that does not show its value.
fn hidden(property: &Value, replacements: &mut Vec<Replacement>) -> Value {
    replace(
        property,
        "HiddenText",
        "::face_search_enroll_runtime::Hidden",
        replacements,
    )
}

/// Makes all fields of `schema` lenient except the required ones, and does the same for the schemas
/// that it refers to. Each schema is done only once, because operations may share it.
fn relax_schema(
    schemas: &mut Map<String, Value>,
    schema: &str,
    replacements: &mut Vec<Replacement>,
    relaxed: &mut Vec<String>,
) {
    if relaxed.iter().any(|known| known == schema) {
        return;
    }
    relaxed.push(schema.to_owned());
    let required: Vec<Value> = schemas
        .get(schema)
        .and_then(|schema| schema.get("required"))
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let mut nested = Vec::new();
    for (name, property) in properties(schemas, schema) {
        if is_secret(property) || !required.contains(&Value::from(name.as_str())) {
            nested.extend(relax_property(property, replacements));
        } else if name == envelope::CODE
            && let Some(codes) = referred_schema(property)
        {
            *property = replace(property, &codes, "crate::Code", replacements);
        }
    }
    if let Some(schema) = schemas.get_mut(schema).and_then(Value::as_object_mut) {
        // Ignore unknown members instead of collecting them.
        schema.shift_remove("additionalProperties");
        // The lenient type of the field handles null.
        schema.shift_remove("nullable");
    }
    for schema in nested {
        relax_schema(schemas, &schema, replacements, relaxed);
    }
}

/// Makes `property` refer to a lenient type, and returns the schema that it referred to.
fn relax_property(property: &mut Value, replacements: &mut Vec<Replacement>) -> Option<String> {
    if is_secret(property) {
        *property = hidden(property, replacements);
        return None;
    }
    let referred = referred_schema(property);
    let is_text = property.get("type") == Some(&Value::from("string"));
    let (schema, rust) = match &referred {
        Some(schema) => (
            format!("Lenient{schema}"),
            format!("::face_search_enroll_runtime::lenient::Lenient<self::{schema}>"),
        ),
        None if is_text => (
            "LenientText".to_owned(),
            "::face_search_enroll_runtime::lenient::Lenient<::std::string::String>".to_owned(),
        ),
        None => (
            "LenientValue".to_owned(),
            "::face_search_enroll_runtime::lenient::Lenient<::serde_json::Value>".to_owned(),
        ),
    };
    *property = replace(property, &schema, &rust, replacements);
    referred
}

/// The schema that `property` refers to.
fn referred_schema(property: &Value) -> Option<String> {
    let reference = property.get("$ref")?.as_str()?;
    reference.rsplit('/').next().map(str::to_owned)
}

/// A property with the Rust type `rust`, by way of `schema`, and the description of `property`.
fn replace(
    property: &Value,
    schema: &str,
    rust: &str,
    replacements: &mut Vec<Replacement>,
) -> Value {
    if !replacements.iter().any(|known| known.schema == schema) {
        replacements.push(Replacement {
            schema: schema.to_owned(),
            rust: rust.to_owned(),
        });
    }
    let reference = json!({ "$ref": format!("#/components/schemas/{schema}") });
    match property.get("description") {
        // A description next to a reference is ignored. With `allOf` it is kept.
        Some(description) => json!({ "description": description, "allOf": [reference] }),
        None => reference,
    }
}

/// The properties of `schema`.
fn properties<'s>(
    schemas: &'s mut Map<String, Value>,
    schema: &str,
) -> impl Iterator<Item = (&'s String, &'s mut Value)> {
    schemas
        .get_mut(schema)
        .and_then(|schema| schema.get_mut("properties"))
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
}
