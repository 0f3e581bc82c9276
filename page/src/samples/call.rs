//! The call that the samples make, in no language yet, and what all languages need to write it.

use std::fmt::Write;

use face_search_enroll_contract::{Contract, Field, Operation};
use serde_json::{Map, Value};

/// The environment variable that holds the access token.
pub(super) const TOKEN: &str = "ACCESS_TOKEN";

/// A call as the samples make it.
pub(super) struct Call<'c> {
    /// The name of the region that is called.
    pub(super) region: &'c str,
    /// Its base address.
    pub(super) server: &'c str,
    /// Its host.
    pub(super) host: &'c str,
    pub(super) method: &'c str,
    pub(super) path: &'c str,
    pub(super) media_type: &'c str,
    pub(super) token_header: Option<&'c str>,
    /// The fields of the body.
    pub(super) body: Vec<(&'c str, Part<'c>)>,
    /// What the signature is made of, in this order. Empty if the request is not signed.
    pub(super) signed: Vec<Part<'c>>,
}

/// A value that a sample sends or signs.
pub(super) enum Part<'c> {
    Literal(&'c Value),
    /// The value of the environment variable with this name.
    Environment(String),
    /// The time, in milliseconds since 1970 UTC.
    Now,
    Signature,
}

impl<'c> Call<'c> {
    pub(super) fn of(contract: &'c Contract, operation: &'c Operation) -> Self {
        let region = contract.regions.first();
        let request = &operation.request;
        let example = operation.request_examples.first();
        let example = example.and_then(|example| example.body.as_object());
        let entries = example.into_iter().flat_map(Map::iter);
        let body =
            entries.map(|(name, value)| (name.as_str(), part(request.field(name), name, value)));
        let mut signatures = request.fields.iter().filter_map(|it| it.signature.as_ref());
        let signed = signatures
            .next()
            .map_or(&[][..], |signature| &signature.over);
        let signed = signed.iter().map(|name| {
            let value = example.and_then(|example| example.get(name.as_str()));
            // A name that is not in the request is the secret.
            value.map_or_else(
                || Part::Environment(variable(name)),
                |value| part(request.field(name), name, value),
            )
        });
        Self {
            region: region.map_or("", |region| region.name.as_str()),
            server: region.map_or("", |region| region.url.as_str()),
            host: region.map_or("", |region| region.host.as_str()),
            method: &operation.method,
            path: &operation.path,
            media_type: &request.media_type,
            token_header: operation
                .token_header
                .as_ref()
                .map(|header| header.as_str()),
            body: body.collect(),
            signed: signed.collect(),
        }
    }

    /// All values that are sent or signed.
    fn parts(&self) -> impl Iterator<Item = &Part<'c>> {
        let sent = self.body.iter().map(|(_, part)| part);
        sent.chain(&self.signed)
    }

    pub(super) fn needs_time(&self) -> bool {
        self.parts().any(|part| matches!(part, Part::Now))
    }

    pub(super) fn is_signed(&self) -> bool {
        !self.signed.is_empty()
    }

    /// The environment variables that the samples read, each once.
    pub(super) fn environment(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for part in self.parts() {
            if let Part::Environment(name) = part
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names.extend(self.token_header.map(|_| TOKEN));
        names
    }
}

/// How a sample gets the value of a field that the example sends as `value`.
fn part<'c>(field: Option<&Field>, name: &str, value: &'c Value) -> Part<'c> {
    match field {
        Some(field) if field.signature.is_some() => Part::Signature,
        Some(field) if field.clock.is_some() => Part::Now,
        Some(field) if field.secret => Part::Environment(variable(name)),
        _ => Part::Literal(value),
    }
}

/// The environment variable for a field: `accessKey` is in `ACCESS_KEY`.
fn variable(field: &str) -> String {
    let mut name = String::new();
    for c in field.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        });
    }
    name
}

/// A string literal. JavaScript, Python, Go and Java read the escapes of JSON.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The parts of a signature, each as an expression, with an operator between them.
pub(super) fn concatenated(
    signed: &[Part<'_>],
    expression: impl Fn(&Part<'_>) -> String,
) -> String {
    signed
        .iter()
        .map(expression)
        .collect::<Vec<_>>()
        .join(" + ")
}

/// A literal as the text that is signed.
pub(super) fn signed_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Lines, each with `indent` before it and `end` after it.
pub(super) fn lines(lines: impl IntoIterator<Item = String>, indent: &str, end: &str) -> String {
    lines.into_iter().fold(String::new(), |mut text, line| {
        // Writing to a string does not fail.
        _ = writeln!(text, "{indent}{line}{end}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_named_after_its_field() {
        assert_eq!(variable("accessKey"), "ACCESS_KEY");
        assert_eq!(variable("a-b"), "A_B");
    }
}
