//! What a page states about the request.

use face_search_enroll_vendor_page::{Parameter, SignatureExample, VendorPage};
use serde_json::Value as Json;

use super::known::Skeleton;
use crate::{
    pieces,
    yaml::{entry, line, quoted, unindented},
};

pub(super) fn body(skeleton: &Skeleton<'_>, out: &mut String) {
    line(out, 4, "requestBody:");
    line(out, 6, "required: true");
    line(out, 6, "content:");
    line(out, 8, &format!("{}:", skeleton.media_type()));
    line(out, 10, "schema:");
    let reference = format!("$ref: '#/components/schemas/{}Request'", skeleton.prefix);
    line(out, 12, &reference);
    if let Some(json) = printed(skeleton.page) {
        line(out, 10, "examples:");
        line(out, 12, "request:");
        for text in entry("value", json) {
            line(out, 14, &text);
        }
    }
}

/// The body of the request example.
fn printed(page: &VendorPage) -> Option<&Json> {
    let body = page.request_example.as_ref()?.body.as_ref()?;
    body.json.as_ref().ok()
}

pub(super) fn schema(skeleton: &Skeleton<'_>, out: &mut String) {
    let page = skeleton.page;
    line(out, 2, &format!("{}Request:", skeleton.prefix));
    line(out, 4, "type: object");
    let parameters = &page.request_parameters;
    let required = parameters.iter().filter(|it| !it.optional);
    let required: Vec<_> = required.map(|it| quoted(&it.name)).collect();
    if !required.is_empty() {
        line(out, 4, &format!("required: [{}]", required.join(", ")));
    }
    if !parameters.is_empty() {
        line(out, 4, "properties:");
    }
    // The example is in the description of the parameter that it shows.
    let signature = page.signature_example.as_ref();
    let from = signature.and_then(|example| example.inputs.first());
    let mut above = parameters.iter();
    let signed = from.and_then(|first| above.rfind(|it| it.line <= first.line));
    for parameter in parameters {
        let sent = printed(page).and_then(|body| body.get(&parameter.name));
        property(parameter, sent, out);
        if let Some(example) = signature
            && signed.is_some_and(|it| std::ptr::eq(it, parameter))
        {
            sign(parameter, example, out);
        }
    }
}

/// The lines for a new parameter.
pub(crate) fn new_property(parameter: &Parameter, page: &VendorPage) -> Vec<String> {
    let sent = printed(page).and_then(|body| body.get(&parameter.name));
    let mut out = String::new();
    property(parameter, sent, &mut out);
    unindented(&out, 6)
}

fn property(parameter: &Parameter, sent: Option<&Json>, out: &mut String) {
    let stated = parameter.type_name.as_deref();
    let (least, greatest) = pieces::limits(parameter);
    let rules = [
        ("default", parameter.default),
        ("minimum", least),
        ("maximum", greatest),
    ];
    let is_number = rules.iter().any(|(_, rule)| rule.is_some());
    let sent = sent.map(pieces::type_of).filter(|kind| *kind != "null");
    let kind = sent.or(is_number.then_some("integer")).or(stated);
    line(out, 6, &format!("{}:", quoted(&parameter.name)));
    if let Some(kind) = kind {
        let otherwise = stated.filter(|stated| *stated != kind);
        let otherwise = otherwise.map(|stated| format!(" # {stated} on the page: an erratum"));
        line(
            out,
            8,
            &format!("type: {kind}{}", otherwise.unwrap_or_default()),
        );
    }
    if kind == Some("integer") {
        line(out, 8, "format: int64");
    }
    for (key, rule) in rules {
        if let Some(rule) = rule {
            line(out, 8, &format!("{key}: {rule}"));
        }
    }
}

fn sign(parameter: &Parameter, example: &SignatureExample, out: &mut String) {
    let names: Vec<_> = example.inputs.iter().map(|it| quoted(&it.name)).collect();
    line(out, 8, "x-signature:");
    line(out, 10, "algorithm: sha256-hex");
    line(out, 10, &format!("over: [{}]", names.join(", ")));
    line(out, 10, "x-example:");
    // In quotes, so that a number stays a string.
    let mut pair = |name: &str, text: &str| {
        line(out, 12, &format!("{}: {}", quoted(name), Json::from(text)));
    };
    for input in &example.inputs {
        pair(&input.name, &input.value);
    }
    if let Some(result) = &example.result {
        pair(&parameter.name, &result.value);
    }
}
