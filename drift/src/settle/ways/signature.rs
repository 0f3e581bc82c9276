//! The worked example of a signature.

use serde_json::{Value as Json, json};

use super::{candidate::Candidate, known::Known};
use crate::yaml::{inline, quoted};

/// The worked example of the page, in its order.
pub(super) fn ways(known: Known<'_>) -> Vec<Candidate> {
    let mut fields = known.operation.request.fields.iter();
    let signed = fields.find_map(|field| Some((field, field.signature.as_ref()?)));
    let (Some(example), Some((field, signature))) = (&known.page.signature_example, signed) else {
        return Vec::new();
    };
    let schema = known.request_schema().key("properties").key(&field.name);
    let place = schema.key("x-signature");
    let text = |name: &str| {
        let mut texts = signature.example.iter();
        texts.find(|(it, _)| **it == *name).map(|(_, text)| text)
    };
    let mut edits = Vec::new();
    let over: Vec<_> = signature.over.iter().map(|it| it.as_str()).collect();
    let order: Vec<_> = example.inputs.iter().map(|it| it.name.as_str()).collect();
    if over != order {
        edits.push(place.key("over").set(inline(&json!(order))));
    }
    let inputs = example
        .inputs
        .iter()
        .map(|it| (it.name.as_str(), &it.value));
    let result = example.result.iter();
    let result = result.map(|it| (field.name.as_str(), &it.value));
    for (name, value) in inputs.chain(result) {
        // In quotes: each is a text, a number among them.
        let new = Json::from(value.as_str()).to_string();
        match text(name) {
            Some(own) if own == value => {}
            Some(_) => edits.push(place.key("x-example").key(name).set(new)),
            None => edits.push(
                place
                    .key("x-example")
                    .insert(vec![format!("{}: {new}", quoted(name))]),
            ),
        }
    }
    vec![Candidate::new("use the page's example", edits)]
}
